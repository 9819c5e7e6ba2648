import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountState } from '../../../shared/domain/margin-state.ts';
import { accountStateOf, explainFigure, marginAccount } from '../../../main/engine/margin.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { wrongNodes } from '../explain-checker.ts';
import { oracleRequirement, type OracleBook, type OracleLeg } from './oracle.ts';
import { packOfSpanBook, randomSpanBook } from './random-span.ts';
import { read, same } from './fraction.ts';
import { SEED } from '../same-books.ts';

const RUNS = Number(process.env['PLIMSOLL_SCAN_RUNS'] ?? 400);
console.log(`scan oracle: ${RUNS} random portfolios, seed ${SEED}`);

function marginOf(pack: CalcPackInput) {
  const parsed = readCalcPack(pack);
  const prepared = parsed.ok ? preparePack(parsed.value) : parsed;
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.fault));
  const [account] = prepared.value.accounts;
  if (!account) throw new Error('no account');
  return marginAccount(account, prepared.value.market, prepared.value.shelf);
}

test('a SPAN pool is asked what a slow and obvious scan asks, to the last digit', () => {
  fc.assert(
    fc.property(randomSpanBook, (book) => {
      const { figures, unpriced } = marginOf(packOfSpanBook(book));
      expect(unpriced).toEqual([]);
      const asked = figures.maintenance.amount.toFixed();
      const expected = oracleRequirement(book);
      expect(same(read(asked), expected) ? 'equal' : `${asked}, and the oracle ${expected.over}/${expected.under}`).toBe('equal');
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('rows in any order, and split into parts, are asked the same', () => {
  fc.assert(
    fc.property(randomSpanBook, fc.integer({ min: 1, max: 9 }), (book, part) => {
      // What the book itself is asked is what the oracle says, which the test above holds.
      const asked = marginOf(packOfSpanBook(book, partsOf(book, part))).figures.maintenance.amount.toFixed();
      expect(same(read(asked), oracleRequirement(book)) ? 'equal' : asked).toBe('equal');
    }),
    { numRuns: Math.max(1_000, Math.ceil(RUNS / 4)), seed: SEED + 1 },
  );
});

test('every node of the tree is its operation on its children, whatever the order of the rows; the state is valid', () => {
  fc.assert(
    fc.property(randomSpanBook, fc.integer({ min: 1, max: 9 }), (book, part) => {
      const margin = marginOf(packOfSpanBook(book));
      expect(marginOf(packOfSpanBook(book, partsOf(book, part))).figures.maintenance.amount.toFixed()).toBe(margin.figures.maintenance.amount.toFixed());
      expect(wrongNodes(explainFigure(margin, 'maintenance'))).toEqual([]);
      expect(accountState.safeParse(accountStateOf(margin)).error).toBeUndefined();
    }),
    { numRuns: Math.ceil(RUNS / 8), seed: SEED },
  );
});

/** The rows backwards, each in three parts, two of which cancel. */
function partsOf({ legs }: OracleBook, part: number): OracleLeg[] {
  return legs.toReversed().flatMap((leg) => [{ ...leg, quantity: String(part) }, leg, { ...leg, quantity: String(-part) }]);
}
