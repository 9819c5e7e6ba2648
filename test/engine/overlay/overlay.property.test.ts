import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { volatilityFactor } from '../../../main/engine/overlay/factor.ts';
import { overlaySection } from '../../../main/engine/overlay/section.ts';
import { marginAccount } from '../../../main/engine/margin.ts';
import { Decimal } from '../../../shared/money.ts';
import { movingInputs, SAID, type Moving } from './moving.ts';

const RUNS = { numRuns: 1000 };
const daily = fc.integer({ min: -900, max: 900 }).filter((n) => n !== 0).map((n) => String(n / 10_000));
const past = fc.array(daily, { minLength: 1, maxLength: 12 });
const tenths = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map((n) => String(n / 10));
const move = fc.oneof(
  fc.record({ method: fc.constant('ewma'), lambda: tenths(0, 9), multiple: tenths(10, 40), days: fc.constantFrom('1', '3') }),
  fc.record({ method: fc.constant('filteredHistory'), lambda: tenths(0, 10), quantile: tenths(1, 10), days: fc.constantFrom('1', '3') }),
);
const volatility = fc.record({ move, baseMove: fc.constantFrom('0.05', '0.1', '0.15'), least: tenths(1, 12), most: tenths(12, 50), stressWeight: fc.constantFrom(undefined, '0.25', '0.6'), longRunFloor: fc.constantFrom(undefined, true) }).map((terms) => {
  const given = Object.fromEntries(Object.entries({ ...terms, ...SAID }).filter(([, value]) => value !== undefined));
  return overlaySection.parse({ volatility: given }).volatility as NonNullable<ReturnType<typeof overlaySection.parse>['volatility']>;
});

test('a factor is never below the least, the long run or its share of stress, and never above the most', () => {
  const market = { asOf: '2026-11-20T21:00:00Z', businessDate: '2026-11-20', instruments: new Map(), marks: new Map(), fx: [] };
  fc.assert(
    fc.property(volatility, past, past, past, (terms, returns, stressed, longRun) => {
      const factor = (given: typeof terms, history: { returns: string[]; stressed?: string[]; longRun?: string[] }): Decimal => {
        const found = volatilityFactor('XYZ', given, { pack: 'p', cites: 'c', status: 'house' }, { ...market, history: new Map([['XYZ', history]]) });
        if (typeof found === 'string') throw new Error(found);
        return found.amount;
      };
      const { least, most } = terms;
      const found = factor(terms, { returns, stressed, longRun });
      expect(found.gte(least) && found.lte(most)).toBe(true);
      const { stressWeight, ...plain } = terms;
      // What a past alone would make of it, within the same bounds.
      const alone = (past: string[]): Decimal => factor({ ...plain, longRunFloor: false }, { returns: past });
      if (terms.longRunFloor) expect(found.gte(alone(longRun))).toBe(true);
      if (stressWeight !== undefined) expect(found.gte(Decimal.min(alone(returns), alone(stressed)))).toBe(true);
      // A quiet day more never takes the floor away.
      if (terms.longRunFloor) expect(factor(terms, { returns: ['0.0001'], stressed, longRun }).gte(alone(longRun))).toBe(true);
    }),
    RUNS,
  );
});

const quantity = fc.integer({ min: -900, max: 900 }).filter((n) => n !== 0).map(String);
const stocks = fc.tuple(quantity, quantity).map(([XYZ, ABC]) => ({ cash: { USD: '5000' }, positions: [{ instrument: 'XYZ', quantity: XYZ }, { instrument: 'ABC', quantity: ABC }] }));
const contracts = fc.tuple(quantity, quantity).map(([BTC, ETH]) => ({ cash: { USD: '90000' }, positions: [{ instrument: 'BTC', quantity: BTC, entryPrice: '90000' }, { instrument: 'ETH', quantity: ETH, entryPrice: '3000' }] }));
const loans = fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 90_000 })).map(([XYZ, LOAN]) => ({ collateral: [{ instrument: 'XYZ', quantity: String(XYZ) }, { instrument: 'ABC', quantity: '300' }], debt: [{ instrument: 'LOAN', quantity: String(LOAN + 1) }] }));
const pools: fc.Arbitrary<Pick<Moving, 'model' | 'on' | 'pool'>> = fc.oneof(
  stocks.map((pool) => ({ model: 'strategy' as const, on: 'us-reg-t', pool })),
  stocks.map((pool) => ({ model: 'scan' as const, on: 'us-portfolio-margin', pool })),
  stocks.map((pool) => ({ model: 'delta' as const, on: 'house-delta-margin', pool })),
  contracts.map((pool) => ({ model: 'bracket' as const, on: 'hyperliquid', pool })),
  loans.map((pool) => ({ model: 'lending' as const, on: 'securities-based-lending', pool })),
);
const section = fc.record({
  volatility: fc.option(volatility, { nil: undefined }),
  concentration: fc.constantFrom(undefined, { bands: [{ above: '0.4', adds: '0.1' }, { above: '0.7', adds: '0.5' }], ...SAID }),
  liquidity: fc.constantFrom(undefined, { volumeShare: '0.1', days: '1', most: '3', ...SAID }),
  buffer: fc.constantFrom(undefined, { share: '0.25', ...SAID }),
});

test('under every model and every overlay the house asks at least what the exchange asks, and opening at least what keeping asks', () => {
  fc.assert(
    fc.property(pools, section, past, fc.option(fc.record({ initial: quantity, maintenance: quantity }), { nil: undefined }), ({ model, on, pool }, overlay, returns, prior) => {
      const history = Object.fromEntries(['XYZ', 'ABC', 'BTC', 'ETH', 'LOAN'].map((name) => [name, { returns }]));
      const size = (text: string): string => text.replace('-', '');
      const before = prior ? { priorRequirement: { initial: size(prior.initial), maintenance: size(prior.maintenance) } } : {};
      const given = Object.fromEntries(Object.entries(overlay).filter(([, value]) => value !== undefined));
      const [held] = marginAccount(...movingInputs({ model, on, overlay: JSON.parse(JSON.stringify(given)), pool: { ...pool, ...before }, market: { history, stats: { XYZ: { adv20: '700' }, BTC: { adv20: '700' } } } })).pools;
      if (!held) throw new Error('no pool');
      const { initial, maintenance, exchangeInitial, exchangeMaintenance, regTInitial } = held.figures;
      expect(maintenance.amount.gte(exchangeMaintenance.amount)).toBe(true);
      expect(initial.amount.gte(exchangeInitial.amount) && initial.amount.gte(regTInitial.amount)).toBe(true);
      expect(initial.amount.gte(maintenance.amount)).toBe(true);
    }),
    RUNS,
  );
});
