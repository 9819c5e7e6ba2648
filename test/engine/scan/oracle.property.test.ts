import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountState } from '../../../shared/domain/margin-state.ts';
import { accountStateOf, explainFigure, marginAccount } from '../../../main/engine/margin.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { wrongNodes } from '../explain-checker.ts';
import { oracleRequirement } from './oracle.ts';
import { packOfSpanBook, randomSpanBook } from './random-span.ts';
import { read, same } from './fraction.ts';

const RUNS = Number(process.env['PLIMSOLL_SCAN_RUNS'] ?? 400);
const seed = Date.now() % 1_000_000_007;
console.log(`scan oracle: ${RUNS} random portfolios, seed ${seed}`);

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
    { numRuns: RUNS, seed },
  );
});

test('rows in any order, split into parts, ask the same, and every node of the tree is its operation on its children', () => {
  fc.assert(
    fc.property(randomSpanBook, fc.integer({ min: 1, max: 9 }), (book, part) => {
      const margin = marginOf(packOfSpanBook(book));
      const parts = book.legs.toReversed().flatMap((leg) => [{ ...leg, quantity: String(part) }, leg, { ...leg, quantity: String(-part) }]);
      expect(marginOf(packOfSpanBook(book, parts)).figures.maintenance.amount.toFixed()).toBe(margin.figures.maintenance.amount.toFixed());
      expect(wrongNodes(explainFigure(margin, 'maintenance'))).toEqual([]);
      expect(accountState.safeParse(accountStateOf(margin)).error).toBeUndefined();
    }),
    { numRuns: Math.ceil(RUNS / 4), seed },
  );
});
