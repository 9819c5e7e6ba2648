import { expect, test } from 'vitest';
import { keyBindings, PLACE_NAMES } from '../../../renderer/keys/key-map.ts';
import { keyName, type KeyPress } from '../../../renderer/keys/key-name.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test('no key asks for two things in one place, and a key that works everywhere works alone', () => {
  const clashes = keyBindings.flatMap((binding, index) =>
    keyBindings.slice(index + 1).flatMap((other) => {
      const meet = binding.place === other.place || binding.place === 'anywhere' || other.place === 'anywhere';
      return meet ? binding.keys.filter((key) => other.keys.includes(key)).map((key) => `${key}: ${binding.command} and ${other.command}`) : [];
    }),
  );
  expect(clashes).toEqual([]);
});

test('every command is named once, says what it does and belongs to a place', () => {
  const names = keyBindings.map((binding) => binding.command);
  expect(new Set(names).size).toBe(names.length);
  expect(keyBindings.filter((binding) => binding.label === '' || !(binding.place in PLACE_NAMES))).toEqual([]);
});

test('keys that work while typing carry a modifier, or they would eat letters', () => {
  expect(keyBindings.filter((binding) => binding.whileTyping && binding.keys.some((key) => !/^(?:Ctrl|Alt)\+/.test(key)))).toEqual([]);
});

test('key presses are spelled as the map spells them', () => {
  expect(keyName(press('k', { ctrlKey: true }))).toBe('Ctrl+K');
  expect(keyName(press('k', { metaKey: true }))).toBe('Ctrl+K');
  expect(keyName(press('x'))).toBe('X');
  expect(keyName(press('?', { shiftKey: true }))).toBe('?');
  expect(keyName(press('[', {}))).toBe('[');
  expect(keyName(press('¡', { altKey: true, code: 'Digit1' }))).toBe('Alt+1');
  expect(keyName(press('Z', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+Shift+Z');
  expect(keyName(press('ArrowDown'))).toBe('Down');
  expect(keyName(press('F9'))).toBe('F9');
  expect(keyName(press('X', { shiftKey: true }))).toBe('Shift+X');
});
