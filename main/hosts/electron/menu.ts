import type { MenuItemConstructorOptions, WebContents } from 'electron';
import { links, type LinkName } from './links.ts';
import type { WindowState } from './window-state.ts';

/** What the menu can set going. */
export interface MenuActions {
  openBook(): void;
  newBook(): void;
  /** Presses a key of the page's own key map. */
  press(key: PageKey): void;
  setTheme(theme: WindowState['theme']): void;
  openLink(name: LinkName): void;
}

/**
 * Entries whose work is done by the page. The page owns these keys (renderer/keys/key-map.ts; a test holds the two
 * equal): the menu only shows them, and a click presses the key in the page, so that there is one way to do a thing.
 */
export const pageKeys = {
  import: { label: 'Import …', key: 'Ctrl+O' },
  palette: { label: 'Find a Command or an Account …', key: 'Ctrl+K' },
  queue: { label: 'Call Queue', key: 'Alt+1' },
  accounts: { label: 'Accounts', key: 'Alt+2' },
  account: { label: 'Account', key: 'Alt+3' },
  imports: { label: 'Import', key: 'Alt+4' },
  exclusions: { label: 'Exclusions', key: 'Alt+5' },
  rerank: { label: 'Re-rank Now', key: 'F9' },
  keys: { label: 'Keys', key: '?' },
} as const;
export type PageKey = keyof typeof pageKeys;

const separator: MenuItemConstructorOptions = { type: 'separator' };
const themes: readonly { theme: WindowState['theme']; label: string }[] = [
  { theme: 'system', label: 'Follow the System' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** The application menu. `developing` adds the developer tools, which the packaged window cannot open at all. */
export function menuTemplate({ mac, developing, theme, actions }: { mac: boolean; developing: boolean; theme: WindowState['theme']; actions: MenuActions }): MenuItemConstructorOptions[] {
  const ofPage = (name: PageKey): MenuItemConstructorOptions => ({
    label: pageKeys[name].label,
    // Electron has no word for keys that print themselves with Shift.
    ...(pageKeys[name].key === '?' ? {} : { accelerator: pageKeys[name].key.replace('Ctrl', 'CmdOrCtrl') }),
    registerAccelerator: false,
    click: () => actions.press(name),
  });

  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        ofPage('import'),
        separator,
        { label: 'Open Book …', accelerator: 'CmdOrCtrl+Shift+O', click: () => actions.openBook() },
        { label: 'New Book …', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newBook() },
        separator,
        { role: mac ? 'close' : 'quit' },
      ],
    },
    // The page sees Ctrl+Z, Ctrl+C and the like first; these act on text fields.
    { role: 'editMenu' },
    { label: '&Go', submenu: [ofPage('queue'), ofPage('accounts'), ofPage('account'), ofPage('imports'), ofPage('exclusions'), separator, ofPage('palette')] },
    {
      label: '&View',
      submenu: [
        { label: 'Theme', submenu: themes.map((each) => ({ label: each.label, type: 'radio', checked: each.theme === theme, click: () => actions.setTheme(each.theme) })) },
        ofPage('rerank'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(developing ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        ofPage('keys'),
        separator,
        ...(Object.keys(links) as LinkName[]).map((name) => ({ label: name, click: () => actions.openLink(name) })),
        ...(mac ? [] : [separator, { role: 'about' } as const]),
      ],
    },
  ];
}

/** Presses a key of the page's key map in the page. Such a press goes to the page only, never back to the menu. */
export function pressKey(contents: Pick<WebContents, 'sendInputEvent'>, name: PageKey): void {
  const parts = pageKeys[name].key.split('+');
  const keyCode = parts.pop() ?? '';
  const modifiers = parts.map((part) => (part === 'Ctrl' ? 'control' : 'alt'));
  contents.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
  contents.sendInputEvent({ type: 'keyUp', keyCode, modifiers });
}
