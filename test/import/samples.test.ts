import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planImport } from '../../main/import/plan.ts';
import { readSourceFile } from '../../main/import/read-file.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { Decimal } from '../../shared/money.ts';
import { cashOf, factOf, held, taken, terms } from './read-fixture.ts';

// Public sample files, outside the repository. They are not always there.
const FOLDER = join('..', 'shared', 'samples');
const present = existsSync(FOLDER);
if (!present) console.log('The public sample files are not beside the repository: their tests are skipped.');

const read = (name: string) => taken(readSourceFile({ name, bytes: readFileSync(join(FOLDER, name)) }, { profiles: [] }));

describe.skipIf(!present)('public samples', () => {
  test.each([
    ['ibkr_flex_daily_portfolio.xml', '2025-01-15', 5, 7],
    ['ibkr_flex_bonds.xml', '2025-01-15', 3, 7],
    ['ibkr_flex_options.xml', '2025-01-15', 2, 6],
    ['ibkr_flex_futures.xml', '2025-01-15', 3, 6],
    ['ibkr_flex_cfds.xml', '2025-01-15', 0, 3],
    ['ibkr_flex_short_options_min.xml', '2025-12-31', 3, 7],
    ['ibkr_flex_anon_options_future_2025.xml', '2025-12-31', 11, 97],
  ])('%s of %s: %d positions, %d activities, nothing rejected, and a second import changes nothing', (name, asOf, positions, activities) => {
    const file = read(name);
    expect([file.asOf, file.facts.position.length, file.facts.activity.length, file.rejected]).toEqual([asOf, positions, activities, []]);
    const about = { name, sha256: '', bytes: 0 };
    expect(planImport(file, noFacts(), about).changes.length).toBeGreaterThan(positions);
    expect(planImport(file, file.facts, about).changes).toEqual([]);
  });

  test('the value the file gives each position is quantity × price × multiplier', () => {
    const names = ['ibkr_flex_daily_portfolio.xml', 'ibkr_flex_bonds.xml', 'ibkr_flex_options.xml', 'ibkr_flex_futures.xml', 'ibkr_flex_short_options_min.xml', 'ibkr_flex_anon_options_future_2025.xml'];
    let compared = 0;
    for (const name of names) {
      const file = read(name);
      const stated = [...readFileSync(join(FOLDER, name), 'utf8').matchAll(/<OpenPosition\b[^>]*\bpositionValue="([^"]+)"/g)].map((match) => new Decimal(match[1] ?? '0').toFixed(2));
      const ours = file.facts.position.map(({ instrument, quantity }) => {
        const price = factOf(file, 'mark', { instrument }).value;
        return new Decimal(quantity).times(price).times(terms(file, instrument).multiplier ?? '0').toFixed(2);
      });
      // A cent of rounding is the broker's.
      const close = stated.filter((value) => ours.some((mine) => new Decimal(mine).minus(value).abs().lte('0.01')));
      expect([name, close.length]).toEqual([name, stated.length]);
      compared += stated.length;
    }
    expect(compared).toBe(27);
  });

  test('a portfolio-margin account with a short, a foreign stock, an option and a future', () => {
    const file = read('ibkr_flex_daily_portfolio.xml');
    expect(file.facts.account).toMatchObject([{ account: 'U1234567', name: 'Test Fund LP', regime: 'portfolio' }]);
    expect(held(file, 'U1234567')).toEqual({ 'AAPL margin': '500', 'TSLA short': '-200', 'RY:CAD margin': '1000', 'AAPL 2025-02-21 C 190 margin': '50', 'ESH5 futures': '10' });
    expect(cashOf(file, 'U1234567')).toEqual({ 'USD tradeDate': '150000.5', 'USD accruedDividend': '500', 'USD accruedInterest': '25.5' });
    expect(factOf(file, 'brokerFigure', { name: 'netLiq' }).amount).toBe('425526');
    expect(factOf(file, 'fx', { currency: 'CAD' }).rate).toBe('0.72');
  });

  test('a file of the barest attributes still tells its options and its base currency', () => {
    const file = read('ibkr_flex_anon_options_future_2025.xml');
    expect(file.facts.account).toMatchObject([{ baseCurrency: 'CHF' }]);
    expect(terms(file, 'ASML 2026-01-30 C 1170')).toMatchObject({ multiplier: '100', underlying: 'ASML' });
    expect(terms(file, 'CHUF6 2026-01-09 C 1.29')).toMatchObject({ multiplier: '125000', underlying: 'CHUF6' });
    expect(factOf(file, 'fx', { currency: 'USD' })).toMatchObject({ base: 'CHF', rate: '0.79268' });
  });

  test('bonds are told from their texts', () => {
    const file = read('ibkr_flex_bonds.xml');
    expect(terms(file, 'T 4.5 11/15/33')).toMatchObject({ issuer: 'treasury', coupon: '4.5', maturity: '2033-11-15' });
    expect(terms(file, 'NYC GO 5.0 08/01/34')).toMatchObject({ issuer: 'municipal' });
    expect(terms(file, 'AAPL 3.85 08/04/46')).toMatchObject({ issuer: 'corporate' });
  });
});
