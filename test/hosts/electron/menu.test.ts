import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { links } from '../../../main/hosts/electron/links.ts';
import { menuTemplate, pageKeys, pressKey, type MenuActions, type PageKey } from '../../../main/hosts/electron/menu.ts';
import { keyBindings } from '../../../renderer/keys/key-map.ts';
import { askedFor, forgetAsked, StandInContents } from './electron-stand-in.ts';

const done: string[] = [];
const actions: MenuActions = {
  openBook: () => void done.push('open'),
  newBook: () => void done.push('new'),
  press: (key) => void done.push(`press ${key}`),
  setTheme: (theme) => void done.push(`theme ${theme}`),
  openLink: (name) => void done.push(`link ${name}`),
};
beforeEach(() => {
  done.length = 0;
  forgetAsked();
});

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...itemsOf(Array.isArray(item.submenu) ? item.submenu : [])]);
}
const menu = (developing = false, mac = false) => itemsOf(menuTemplate({ mac, developing, theme: 'dark', actions }));
const item = (label: string) => menu().find((each) => each.label === label);
const click = (label: string) => item(label)?.click?.(undefined as never, undefined, undefined as never);

test.each(Object.entries(pageKeys))('the page answers to the key that the menu shows for %s', (_name, { key }) => {
  expect(keyBindings.flatMap((binding) => binding.keys)).toContain(key);
});

test('accelerators of the menu itself are not keys of the page', () => {
  const own = menu().flatMap(({ accelerator, registerAccelerator }) => (accelerator && registerAccelerator !== false ? [accelerator.replace('CmdOrCtrl', 'Ctrl')] : []));
  expect(own).toEqual(['Ctrl+Shift+O', 'Ctrl+Shift+N']);
  expect(keyBindings.flatMap((binding) => binding.keys).filter((key) => own.includes(key))).toEqual([]);
});

test('a page entry only shows its key: the page keeps it', () => {
  expect(item('Import …')).toMatchObject({ accelerator: 'CmdOrCtrl+O', registerAccelerator: false });
  click('Import …');
  expect(done).toEqual(['press import']);
});

test('pressing a key sends it to the page, down and up', () => {
  pressKey(new StandInContents(), 'accounts');
  pressKey(new StandInContents(), 'import');
  expect(askedFor('contents.sendInputEvent').map((each) => each.with[0])).toEqual([
    { type: 'keyDown', keyCode: '2', modifiers: ['alt'] },
    { type: 'keyUp', keyCode: '2', modifiers: ['alt'] },
    { type: 'keyDown', keyCode: 'O', modifiers: ['control'] },
    { type: 'keyUp', keyCode: 'O', modifiers: ['control'] },
  ]);
});

test('every key of the page in the menu has an entry', () => {
  const labels = menu().map((each) => each.label);
  for (const name of Object.keys(pageKeys) as PageKey[]) expect(labels).toContain(pageKeys[name].label);
});

test('the book entries and themes do what they say', () => {
  for (const label of ['Open Book …', 'New Book …', 'Light', 'Dark', 'Follow the System']) click(label);
  expect(done).toEqual(['open', 'new', 'theme light', 'theme dark', 'theme system']);
  expect(item('Dark')).toMatchObject({ type: 'radio', checked: true });
  expect(item('Light')).toMatchObject({ type: 'radio', checked: false });
});

test('Help opens exactly the fixed links, by name', () => {
  for (const name of Object.keys(links)) click(name);
  expect(done).toEqual(Object.keys(links).map((name) => `link ${name}`));
});

test('every link is https, on a public host, without credentials or port', () => {
  for (const address of Object.values(links)) {
    const { protocol, username, password, port, host } = new URL(address);
    expect([protocol, username, password, port]).toEqual(['https:', '', '', '']);
    expect(host).toMatch(/\.(?:org|gov)$/);
  }
});

test('editing and zooming are the system entries', () => {
  const roles = menu().map((each) => each.role);
  for (const role of ['editMenu', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen', 'quit', 'about']) expect(roles).toContain(role);
});

test('developer tools and reloading are not in the packaged menu', () => {
  const roles = menu().map((each) => each.role);
  for (const role of ['toggleDevTools', 'reload', 'forceReload', 'viewMenu', 'toggleSpellChecker']) expect(roles).not.toContain(role);
  expect(menu(true).map((each) => each.role)).toContain('toggleDevTools');
});

test('a Mac has its application menu, and closes windows from File', () => {
  const roles = menu(false, true).map((each) => each.role);
  expect(roles[0]).toBe('appMenu');
  expect(roles).toContain('close');
  expect(roles).not.toContain('about'); // it is in the application menu there
});
