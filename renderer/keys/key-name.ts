/** The parts of a keyboard event that name a key. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/**
 * A key press as the key map spells it: `Ctrl+Shift+C`, `Alt+1`, `/`, `X`. Command on a Mac is Ctrl. Digits with Alt
 * go by their place on the keyboard, because Alt changes what they print on some of them. Signs that need Shift to be
 * typed (`?`) are spelled without it.
 */
export function keyName(press: KeyPress): string {
  const digit = press.altKey ? /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1] : undefined;
  const key = digit ?? press.key;
  const name = key.length === 1 ? key.toUpperCase() : key.replace(/^Arrow/, '');
  const printsItself = key.length === 1 && !/[a-z0-9]/i.test(key);
  const modifiers = [
    press.ctrlKey || press.metaKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && !printsItself ? 'Shift' : '',
  ].filter(Boolean);
  return [...modifiers, name].join('+');
}
