import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresInLanes } from '../../../main/engine/columns/open-pools.ts';
import type { AccountInput, MarketInput } from '../../../main/engine/input.ts';
import { viewMarket } from '../../../main/engine/market/market-view.ts';
import { bookM } from '../../bench/book-m/book.ts';
import { accountM, centsText, marketM } from '../../bench/book-m/facts.ts';
import { shelfM } from '../../bench/book-m/packs.ts';
import { SAME_BOOKS } from '../same-books.ts';
import { saidByEngine } from './strategy/lane.ts';

const BOOK = bookM({ kind: 'mixed', positions: 2_500, accounts: 120 });
const SHELF = shelfM(BOOK.universe);
const MARKET = marketM(BOOK);
const ACCOUNTS = Array.from({ length: BOOK.accounts }, (_, at) => accountM(BOOK, at)).filter(({ pools }) => (pools[0]?.positions.length ?? 0) <= 40);
const RUNS = Math.ceil(SAME_BOOKS.numRuns / 40);

const edits = fc.record({
  accounts: fc.uniqueArray(fc.nat(ACCOUNTS.length - 1), { minLength: 20, maxLength: 20 }),
  quantities: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: -40, max: 60 })), { maxLength: 12 }),
  marks: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 30_000 })), { maxLength: 12 }),
});

/** Some accounts of a book, with quantities and marks changed at random; twenty of them a run. */
function edited({ accounts, quantities, marks }: { accounts: number[]; quantities: [number, number, number][]; marks: [number, number][] }): { chosen: AccountInput[]; market: MarketInput } {
  const chosen = accounts.map((at) => structuredClone(ACCOUNTS[at] as AccountInput));
  for (const [account, position, quantity] of quantities) {
    const positions = chosen[account % chosen.length]?.pools[0]?.positions ?? [];
    const one = positions[position % Math.max(1, positions.length)];
    if (one && quantity !== 0) one.quantity = String(quantity);
  }
  const changed = new Map(MARKET.marks);
  for (const [which, cents] of marks) {
    const [id, mark] = [...MARKET.marks][which % MARKET.marks.size] as [string, NonNullable<ReturnType<typeof MARKET.marks.get>>];
    changed.set(id, { ...mark, value: centsText(cents) });
  }
  return { chosen, market: { ...MARKET, marks: changed } };
}

test('columns say of mixed accounts after random edits what the explaining engine says, to the last unit, or leave them to it', () => {
  let fast = 0;
  fc.assert(
    fc.property(edits, (change) => {
      const { chosen, market } = edited(change);
      const said = figuresInLanes(chosen.map((account) => ({ account, pool: account.pools[0] as AccountInput['pools'][number] })), viewMarket(market), SHELF);
      chosen.forEach((account, at) => {
        if (!said[at]) return;
        fast += 1;
        expect(said[at], account.id).toEqual(saidByEngine(account, market, SHELF));
      });
    }),
    { numRuns: RUNS, seed: SAME_BOOKS.seed },
  );
  expect(fast).toBeGreaterThan(RUNS * 15);
});
