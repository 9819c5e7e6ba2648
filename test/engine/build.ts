import type { ActivityFact, CashKind, FxFact, MarkFact, SubType } from '../../shared/domain/facts.ts';
import type { MarketStats } from '../../shared/calc-pack/market.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import type { AccountState, PositionState } from '../../shared/domain/margin-state.ts';
import { optionId } from '../../shared/domain/instrument-id.ts';
import { accountStateOf, marginAccount, type AccountMargin } from '../../main/engine/margin.ts';
import { shippedPacks, type PackShelf } from '../../main/engine/packs/shelf.ts';
import type { AccountInput, CashInput, MarketInput, PoolInput, PositionInput } from '../../main/engine/input.ts';

/** The business day of every test, and a Friday two months of listed expiries away from the year's end. */
export const TODAY = '2026-11-20';
export const EXPIRY = '2026-12-18';

/** What a test says about a book; everything left out is the plainest thing that can be. */
export interface Desk {
  instruments: Record<string, Instrument>;
  prices: Record<string, string>;
  positions: readonly (readonly [instrument: string, quantity: string, subType?: SubType])[];
  cash?: string | readonly CashInput[];
  currency?: string;
  packs?: readonly string[];
  fx?: readonly FxFact[];
  shelf?: PackShelf;
  account?: Partial<AccountInput>;
  pool?: Partial<PoolInput>;
  businessDate?: string;
  stats?: Record<string, MarketStats>;
}

export function accountOf({ positions, cash = '0', currency = 'USD', packs = ['us-reg-t'], account = {}, pool = {} }: Desk): AccountInput {
  return {
    id: 'A1',
    baseCurrency: currency,
    regime: 'regT',
    newAccount: false,
    prior: null,
    activity: null,
    pools: [
      {
        id: 'cross',
        mode: 'cross',
        model: 'strategy',
        currency,
        packs,
        cash: typeof cash === 'string' ? [cashRow(cash, 'tradeDate', currency)] : cash,
        positions: positions.map(([instrument, quantity, subType = 'margin']): PositionInput => ({ instrument, quantity, subType, entryPrice: null })),
        excluded: [],
        ...pool,
      },
    ],
    ...account,
  };
}

export function marketOf({ instruments, prices, fx = [], businessDate = TODAY, stats }: Desk): MarketInput {
  return {
    asOf: `${businessDate}T21:00:00Z`,
    businessDate,
    instruments: new Map(Object.entries(instruments)),
    marks: new Map(Object.entries(prices).map(([instrument, value]) => [instrument, markOf(instrument, value)])),
    fx,
    ...(stats ? { stats: new Map(Object.entries(stats)) } : {}),
  };
}

export function marginOf(desk: Desk): AccountMargin {
  return marginAccount(accountOf(desk), marketOf(desk), desk.shelf ?? shippedPacks());
}

export function stateOf(desk: Desk): AccountState {
  return accountStateOf(marginOf(desk));
}

/** The one position of an instrument in the account's first pool. */
export function positionOf(state: AccountState, instrument: string, subType: SubType = 'margin'): PositionState {
  const found = state.pools[0]?.positions.find((position) => position.instrument === instrument && position.subType === subType);
  if (!found) throw new Error(`no position of ${instrument}`);
  return found;
}

export function poolOf(state: AccountState): AccountState['pools'][number] {
  const [pool] = state.pools;
  if (!pool) throw new Error('no pool');
  return pool;
}

export function markOf(instrument: string, value: string): MarkFact {
  return { instrument, value, bid: null, ask: null, kind: 'close', asOf: TODAY, source: 'test.csv' };
}

export function cashRow(amount: string, kind: CashKind = 'tradeDate', currency = 'USD', valueDate: string | null = null): CashInput {
  return { currency, kind, amount, valueDate };
}

export function stock(terms: Partial<Extract<Instrument, { kind: 'equity' }>> = {}): Instrument {
  return { kind: 'equity', currency: 'USD', ...terms };
}

export function fund(terms: Partial<Extract<Instrument, { kind: 'etf' }>> = {}): Instrument {
  return { kind: 'etf', currency: 'USD', ...terms };
}

export function index(level: 'broad' | 'narrow' = 'broad'): Instrument {
  return { kind: 'index', currency: 'USD', class: level };
}

export function bond(terms: Partial<Extract<Instrument, { kind: 'bond' }>>): Instrument {
  return { kind: 'bond', currency: 'USD', issuer: 'corporate', ...terms };
}

type OptionTerms = Extract<Instrument, { kind: 'option' }>;

export function call(underlying: string, strike: string, terms: Partial<OptionTerms> = {}): OptionTerms {
  return { kind: 'option', currency: 'USD', underlying, right: 'call', strike, expiry: EXPIRY, multiplier: '100', ...terms };
}

export function put(underlying: string, strike: string, terms: Partial<OptionTerms> = {}): OptionTerms {
  return call(underlying, strike, { right: 'put', ...terms });
}

/** The id an importer gives the option. */
export function idOf({ underlying, expiry, right, strike, currency }: OptionTerms): string {
  return optionId({ root: underlying, expiry, right, strike, currency });
}

export function rate(currency: string, base: string, value: string): FxFact {
  return { currency, base, rate: value, asOf: TODAY, source: 'test.csv' };
}

export function trade(instrument: string, quantity: string, price: string, id = 'T1'): ActivityFact {
  return { account: 'A1', id, kind: 'trade', instrument, tradeDate: TODAY, settleDate: null, quantity, price, amount: null, currency: 'USD', detail: null };
}

export function moved(kind: 'deposit' | 'withdrawal', amount: string, id = 'D1'): ActivityFact {
  return { account: 'A1', id, kind, instrument: null, tradeDate: TODAY, settleDate: null, quantity: null, price: null, amount, currency: 'USD', detail: null };
}
