import { afterEach, expect, test } from 'vitest';
import { flatten } from '../../../renderer/explain/flatten.ts';
import { createTreeStore, type TreeStore } from '../../../renderer/explain/tree-store.ts';
import { notices } from '../../../renderer/shell/notices.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

afterEach(() => notices.set([]));

const node = (label: string, amount: string, more: Partial<ExplainNode> = {}): ExplainNode => ({ label, op: 'sum', amount, unit: 'USD', children: [], ...more });

/** A tree of two pools and a lone line, in which each pool's lines come in a part, and those of its first line in another. */
function treeAt(at: readonly number[], price: string): ExplainNode | null {
  const left = (place: number[]): Partial<ExplainNode> => ({ left: { at: place, unverified: false } });
  switch (at.join('.')) {
    case '':
      return node('All', price, { children: [node('One', price, left([0])), node('Two', '7', left([1])), node('Cash', '1')] });
    case '0':
      return node('One', price, { children: [node('AMD', price, left([0, 0])), node('XYZ', '0')] });
    case '0.0':
      return node('AMD', price, { children: [node(`Leg at ${price}`, price), node('Nothing', '0')] });
    case '1':
      return node('Two', '7', { children: [node(`Mark ${price}`, '7'), node('Nothing', '0')] });
    default:
      return null;
  }
}

interface Asked {
  place: string;
  /** Answers as of this price; without one, as the fault given. */
  answer: (price: string | Result<ExplainNode>) => Promise<void>;
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A desk whose answers come when the test says so. */
function slowDesk(): { store: TreeStore; asked: Asked[]; answerAll: (price: string) => Promise<void> } {
  const asked: Asked[] = [];
  const store = createTreeStore((at) => new Promise((resolve) => {
    asked.push({
      place: at.join('.'),
      answer(price) {
        const part = typeof price === 'string' ? treeAt(at, price) : null;
        resolve(typeof price === 'string' ? (part ? succeed(part) : fail({ code: 'unknown-node', message: 'no such line' })) : price);
        return settled();
      },
    });
  }));
  async function answerAll(price: string): Promise<void> {
    while (asked.length > 0) await asked.shift()?.answer(price);
  }
  return { store, asked, answerAll };
}

/** What a person sees, with `…` at lines that are open and on their way. */
function seen({ fetched }: TreeStore, open: ReadonlySet<string>): string[] {
  const { root, refused } = fetched.get();
  return root === null ? [] : flatten(root, open).map(({ node: { label, left }, open: isOpen }) => label + (isOpen && left ? (refused.has(left.at.join('.')) ? ' refused' : ' …') : ''));
}

const OPEN = new Set(['0', '0.0', '0.0.0', '0.1']);
const WHOLE = (price: string): string[] => ['All', 'One', 'AMD', `Leg at ${price}`, 'Nothing', 'XYZ', 'Two', `Mark ${price}`, 'Nothing', 'Cash'];

async function opened(): Promise<ReturnType<typeof slowDesk>> {
  const desk = slowDesk();
  desk.store.open(OPEN);
  desk.store.follow('first');
  await desk.answerAll('50');
  expect(seen(desk.store, OPEN)).toEqual(WHOLE('50'));
  return desk;
}

test('what a person has opened is fetched together with every new tree, down to parts of parts', async () => {
  const { store, asked, answerAll } = await opened();
  store.follow('a price');
  expect(asked.map(({ place }) => place)).toEqual(['', '0', '1', '0.0']);
  await answerAll('51');
  expect(seen(store, OPEN)).toEqual(WHOLE('51'));
});

test('a part is fetched when its line is opened; until then the line says that it is on its way', async () => {
  const { store, asked, answerAll } = slowDesk();
  const open = new Set(['0']);
  store.open(open);
  store.follow('first');
  await answerAll('50');
  const wider = new Set([...open, '0.1']);
  store.open(wider);
  expect(asked.map(({ place }) => place)).toEqual(['1']);
  expect(seen(store, wider)).toEqual(['All', 'One', 'Two …', 'Cash']);
  await answerAll('50');
  expect(seen(store, wider)).toEqual(['All', 'One', 'Two', 'Mark 50', 'Nothing', 'Cash']);
});

test('a closed line is not fetched with the next tree', async () => {
  const { store, asked } = await opened();
  store.open(new Set(['0', '0.1']));
  store.follow('a price');
  expect(asked.map(({ place }) => place)).toEqual(['', '1']);
});

test('a late part of an old tree is not put into a new one, also where its line says the same', async () => {
  const { store, asked, answerAll } = await opened();
  store.open(new Set(['0']));
  store.follow('closed');
  await answerAll('50');
  store.open(new Set(['0', '0.1']));
  store.follow('a price');
  // "Two" is 7 at either price: nothing but the moment tells its parts apart.
  await asked.shift()?.answer('50');
  expect(asked.map(({ place }) => place)).toEqual(['', '1']);
  expect(seen(store, OPEN)).toEqual(['All', 'One …', 'Two …', 'Cash']);
  await answerAll('51');
  expect(seen(store, new Set(['0', '0.1']))).toEqual(['All', 'One', 'Two', 'Mark 51', 'Nothing', 'Cash']);
});

test('when the book moves while tree and parts are fetched, the tree is shown without them, and all with the next', async () => {
  const { store, asked, answerAll } = await opened();
  store.follow('a price');
  const [tree, ...parts] = asked.splice(0);
  await tree?.answer('51');
  store.follow('another price');
  for (const part of parts) await part.answer('51');
  expect(seen(store, OPEN)).toEqual(['All', 'One …', 'Two …', 'Cash']);
  expect(asked.map(({ place }) => place)).toEqual(['', '0', '1', '0.0']);
  await answerAll('52');
  expect(seen(store, OPEN)).toEqual(WHOLE('52'));
});

test('a part that says another amount than its line has the tree fetched anew', async () => {
  const { store, asked, answerAll } = await opened();
  store.open(new Set(['0']));
  store.follow('closed');
  await answerAll('50');
  store.open(new Set(['0', '0.0']));
  await asked.shift()?.answer('51');
  expect(asked.map(({ place }) => place)).toEqual(['', '0']);
  await answerAll('51');
  expect(seen(store, new Set(['0', '0.0']))).toEqual(['All', 'One', 'AMD', 'XYZ', 'Two', 'Cash']);
  expect(notices.get()).toEqual([]);
});

test('parts that never fit are given up with a word, and asked for again when the person opens something', async () => {
  const { store, asked, answerAll } = slowDesk();
  store.open(new Set(['0', '0.0']));
  store.follow('first');
  let answers = 0;
  for (; asked.length > 0 && answers < 50; answers += 1) {
    const next = asked.shift();
    await next?.answer(next.place === '' ? '50' : '51');
  }
  expect(answers).toBeLessThan(50);
  expect(seen(store, new Set(['0', '0.0']))).toEqual(['All', 'One refused', 'Two', 'Cash']);
  expect(notices.get().map(({ tone }) => tone)).toEqual(['trouble']);
  store.open(new Set(['0']));
  store.open(new Set(['0', '0.0']));
  await answerAll('50');
  expect(seen(store, new Set(['0', '0.0']))).toContain('XYZ');
});

test('a part that the desk refuses is told, and not asked for again by itself', async () => {
  const { store, asked, answerAll } = slowDesk();
  store.open(new Set(['0']));
  store.follow('first');
  await answerAll('50');
  store.open(new Set(['0', '0.1']));
  await asked.shift()?.answer(fail({ code: 'gone', message: 'The desk is gone.' }));
  expect(asked).toEqual([]);
  expect(seen(store, new Set(['0', '0.1']))).toEqual(['All', 'One', 'Two refused', 'Cash']);
  expect(notices.get().map(({ text }) => text)).toEqual(['The desk is gone.']);
});

test('when the tree itself is refused, the last one stays beside the fault', async () => {
  const { store, asked } = await opened();
  store.follow('a price');
  for (const each of asked.splice(0)) await each.answer(fail({ code: 'gone', message: 'The desk is gone.' }));
  expect(store.fetched.get().fault?.code).toBe('gone');
  expect(seen(store, OPEN)).toEqual(WHOLE('50'));
});
