import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import type { AccountInput, MarketInput } from '../../../main/engine/input.ts';
import { viewMarket } from '../../../main/engine/market/market-view.ts';
import type { PoolMargin } from '../../../main/engine/margin-model.ts';
import type { PackShelf } from '../../../main/engine/packs/shelf.ts';
import { marginPoolOf } from '../../../main/engine/sweep.ts';
import { faultLine, type Result } from '../../../shared/result.ts';

export const SAID = { cites: 'A test', status: 'house' };
type Pool = CalcPackInput['accounts'][number]['pools'][number];

/** A pool under one model with an overlay on it; `prices` are of the instruments that `INSTRUMENTS` knows. */
export interface Moving {
  model: Pool['model'];
  on: string;
  overlay: Record<string, unknown>;
  pool: Omit<Pool, 'id' | 'model'>;
  prices?: Record<string, string>;
  market?: CalcPackInput['market'];
  more?: Record<string, unknown>;
}

const INSTRUMENTS = {
  XYZ: { kind: 'equity', currency: 'USD', price: '100' },
  ABC: { kind: 'equity', currency: 'USD', price: '50' },
  BTC: { kind: 'perpetual', underlying: 'BTC', currency: 'USD', price: '90000' },
  ETH: { kind: 'perpetual', underlying: 'ETH', currency: 'USD', price: '3000' },
  LOAN: { kind: 'loan', currency: 'USD', price: '1' },
} satisfies NonNullable<CalcPackInput['instruments']>;

/** The engine's inputs of it. */
export function movingInputs({ model, on, overlay, pool, prices = {}, market = {}, more = {} }: Moving): [AccountInput, MarketInput, PackShelf] {
  const { accounts, market: given, shelf } = valueOf(
    preparePack(
      valueOf(
        readCalcPack({
          format: 'plimsoll/calc-pack@1',
          asOf: '2026-11-20T21:00:00Z',
          baseCurrency: 'USD',
          instruments: Object.fromEntries(Object.entries(INSTRUMENTS).map(([name, terms]) => [name, { ...terms, price: prices[name] ?? terms.price }])),
          market,
          rulePacks: { moving: { id: 'moving', version: '1', title: 'Moving', layer: 'account', model, extends: on, effectiveFrom: '2000-01-01', parameters: {}, overlay, ...more } },
          accounts: [{ id: 'A', pools: [{ id: 'p', model, ...pool, packs: ['moving'] }] }],
        }),
      ),
    ),
  );
  if (!accounts[0]) throw new Error('no account');
  return [accounts[0], given, shelf];
}

/** The pool with one price elsewhere: the plain recomputation, nothing of any search. */
export function poolAt([account, market, shelf]: ReturnType<typeof movingInputs>, instrument: string, price: string): PoolMargin {
  const mark = market.marks.get(instrument);
  const [pool] = account.pools;
  if (!pool || !mark) throw new Error('nothing to move');
  return marginPoolOf(account, pool, viewMarket({ ...market, marks: new Map(market.marks).set(instrument, { ...mark, value: price }) }, 45), shelf);
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}
