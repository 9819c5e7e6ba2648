import * as fc from 'fast-check';
import { Decimal } from '../../../shared/money.ts';
import { decimalBetween } from '../random-book.ts';
import { choice, SOURCE, tiers, type Contract, type Venue } from './venue.ts';

const rate = (low: number, high: number) => decimalBetween(low * 10_000, high * 10_000, 0).map((steps) => (Number(steps) / 10_000).toString());

const growing = fc
  .record({ bounds: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }), first: fc.integer({ min: 1, max: 60 }), steps: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 4, maxLength: 4 }), apply: fc.constantFrom('amount', 'step', 'slices') })
  .map(({ bounds, first, steps, apply }) => {
    let maintenance = first;
    const rows = [...bounds.toSorted((a, b) => a - b), null].map((bound, index): [string | null, string] => {
      if (index > 0) maintenance += steps[index - 1] ?? 0;
      return [bound === null ? null : String(bound * 500), (maintenance / 1_000).toString()];
    });
    return tiers(rows, { apply });
  });

const linearRates = fc.oneof(
  growing,
  fc.record({ kind: fc.constant('linear'), initial: rate(0.05, 0.3), maintenance: rate(0.005, 0.05), perUnit: rate(0, 0.002) }),
  fc.record({ kind: fc.constant('root'), initial: rate(0.05, 0.3), maintenance: rate(0.005, 0.05), factor: rate(0, 0.01), share: fc.constant('0.8') }),
  fc.record({ kind: fc.constant('skew'), minimum: rate(0.01, 0.1), factor: rate(0, 2), maintenanceShare: rate(0.2, 1), perPosition: fc.constantFrom('0', '10') }),
  fc.record({ kind: fc.constant('openInterest'), initial: rate(0.02, 0.3), maintenanceShare: rate(0.2, 1), lower: fc.constant('1000'), upper: fc.constantFrom('1000', '9000') }),
  fc.record({ kind: fc.constant('riskFactors'), long: rate(0.01, 0.2), short: rate(0.01, 0.3), slippage: rate(0, 0.05) }),
);

const settlements = fc.constantFrom<('linear' | 'inverse')[]>('linear', 'linear', 'inverse');

function contract(settlement: 'linear' | 'inverse'): fc.Arbitrary<Contract> {
  return fc
    .record({ mark: decimalBetween(20, 400, 2), rate: settlement === 'inverse' ? growing : linearRates, fee: fc.constantFrom('0', '0.0005'), openInterest: fc.constantFrom('0', '1700', '20000'), funding: decimalBetween(-1, 1, 0), wide: fc.boolean() })
    .map(({ mark, rate: rates, fee, openInterest, funding, wide }) => ({
      mark,
      rate: rates,
      closingFee: fee,
      terms: settlement === 'inverse' ? { settlement, underlying: 'XYZ', multiplier: '10' } : { underlying: 'ABC' },
      stats: { openInterest, skewScale: '1000', ...(funding === '0' ? {} : { fundingRate: funding === '1' ? '0.001' : '-0.002', fundingElapsed: '0.5' }) },
      ...(wide ? { bounds: { low: new Decimal(mark).minus(1).toFixed(), high: new Decimal(mark).plus(1).toFixed() } } : {}),
    }));
}

/** Contracts of one settlement, rows long and short of them, and money that makes some healthy and some not. */
export function randomVenue(): fc.Arbitrary<Venue> {
  return settlements.chain((settlement) =>
    fc
      .record({
        contracts: fc.tuple(contract(settlement), contract(settlement)),
        rows: fc.array(fc.record({ instrument: fc.constantFrom('ONE', 'TWO'), quantity: decimalBetween(-60, 60, 1).filter((quantity) => quantity !== '0'), entryPrice: decimalBetween(20, 400, 1) }), { minLength: 1, maxLength: 5 }),
        cash: decimalBetween(0, settlement === 'inverse' ? 60 : 20_000, 2),
        netting: fc.constantFrom('oneWay', 'hedge', 'greaterSide'),
        price: fc.constantFrom('mark', 'worse'),
        reward: fc.boolean(),
      })
      .map(({ contracts: [one, two], rows, cash, netting, price, reward }) => ({
        contracts: { ONE: one, TWO: two },
        rows,
        cash,
        currency: settlement === 'inverse' ? 'XYZ' : 'USD',
        section: { netting: choice(netting), maintenancePrice: choice(price), initialPrice: choice(price), ...(reward ? { liquidationReward: { rate: '0.01', most: settlement === 'inverse' ? '1' : '40', ...SOURCE } } : {}) },
      })),
  );
}
