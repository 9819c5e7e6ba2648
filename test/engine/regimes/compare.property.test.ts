import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRegimes } from '../../../main/engine/regimes/compare.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { accountOf, marketOf } from '../build.ts';
import { randomDesk } from '../random-book.ts';

// Every run computes an account three times, once of them with priced options.
const RUNS = Number(process.env['PLIMSOLL_SCAN_RUNS'] ?? 1_000) / 8;
const seed = 20_261_121;
console.log(`regimes side by side: ${RUNS} random books, seed ${seed}`);

const REGIMES = [
  { name: 'now', title: '', packs: null },
  { name: 'house-ibkr', title: '', packs: ['house-ibkr'] },
  { name: 'portfolio', title: '', packs: ['us-portfolio-margin'] },
];

test('under each regime net liquidation value less what the underlyings take is excess, and no order of rows changes anything', () => {
  let several = 0;
  fc.assert(
    fc.property(randomDesk(), (desk) => {
      const compared = compareRegimes(accountOf(desk), REGIMES, marketOf(desk), shippedPacks());
      const figure = (name: string): readonly (string | null)[] => compared.figures.find((row) => row.figure === name)?.amounts ?? [];
      if (compared.regimes.length > 2) several += 1;
      compared.regimes.forEach((_, at) => {
        const taken = compared.groups.reduce((total, { amounts }) => total.plus(amounts[at] ?? '0'), new Decimal(0));
        expect(toDecimalText(new Decimal(figure('netLiq')[at] ?? '0').minus(taken))).toBe(figure('excess')[at]);
      });
      const turned = { ...desk, positions: desk.positions.toReversed() };
      expect(compareRegimes(accountOf(turned), REGIMES, marketOf(turned), shippedPacks())).toEqual(compared);
    }),
    { numRuns: RUNS, seed },
  );
  expect(several).toBeGreaterThan(RUNS / 2);
});
