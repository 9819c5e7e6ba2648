import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { Decimal } from '../../../shared/money.ts';
import { BUSINESS_DAY } from './book.ts';

type PoolPart = CalcPackInput['accounts'][number]['pools'][number];

/** A position of a venue's example; its market is the terms the example states. */
export interface VenueRow {
  id: string;
  /** Signed. */
  quantity: string;
  /** Left out: its gains have been paid out up to the mark. */
  entry?: string;
  mark: string;
  leverage?: string;
  /** Left out: a shipped pack knows it. */
  market?: Record<string, unknown>;
  terms?: Record<string, unknown>;
  stats?: Record<string, string>;
}

export interface VenueBook {
  rows: readonly VenueRow[];
  cash?: string;
  currency?: string;
  /** The shipped pack beneath the example's own terms. */
  on?: string;
  section?: Record<string, unknown>;
  pool?: Partial<PoolPart>;
}

export const STATED_TERMS = { cites: 'The published example', status: 'secondary' };

/** One tier without an end: the rate, and the amount that the example deducts. */
export function flatTier(maintenance: string, more: Record<string, string> = {}, market: Record<string, unknown> = {}): Record<string, unknown> {
  return { title: 'The example’s market', rate: { kind: 'tiers', by: 'notional', apply: 'amount', tiers: [{ upTo: null, maintenance, ...more }] }, ...market, ...STATED_TERMS };
}

/** A pack with one venue account and one bracket pool, on the terms that the example states. */
export function venueBook({ rows, cash = '0', currency = 'USD', on = 'venue-standard', section = {}, pool = {} }: VenueBook): CalcPackInput {
  const markets = Object.fromEntries(rows.flatMap(({ id, market }) => (market ? [[id, market]] : [])));
  const rulePack = { id: 'published-terms', version: '1', title: 'Terms of a published example', layer: 'account', model: 'bracket', extends: on, effectiveFrom: '2000-01-01', parameters: {}, bracket: { ...section, markets } };
  const stats = Object.fromEntries(rows.flatMap(({ id, stats: facts }) => (facts ? [[id, facts]] : [])));
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: `${BUSINESS_DAY}T21:00:00Z`,
    baseCurrency: currency,
    instruments: Object.fromEntries(rows.map(({ id, mark, terms = {} }) => [id, { kind: 'perpetual' as const, currency: 'USD', price: mark, ...terms }])),
    ...(Object.keys(stats).length > 0 ? { market: { stats } } : {}),
    rulePacks: { 'published-terms': rulePack },
    accounts: [
      {
        id: 'A1',
        regime: 'venue',
        pools: [
          {
            id: 'venue',
            model: 'bracket',
            packs: ['published-terms'],
            cash: { [currency]: cash },
            positions: rows.map(({ id, quantity, entry, leverage }) => ({ instrument: id, quantity, ...(entry === undefined ? {} : { entryPrice: entry }), ...(leverage === undefined ? {} : { leverage }) })),
            ...pool,
          },
        ],
      },
    ],
  };
}

/** Where the venue liquidates: below a long's mark, above a short's. Null: nowhere above zero. */
export function liquidationPrice(state: AccountState, id: string): Decimal | null {
  const position = state.pools[0]?.positions.find(({ instrument }) => instrument === id);
  if (!position) throw new Error(`The account has no ${id}.`);
  const price = position.quantity.startsWith('-') ? position.liquidationPrice?.up : position.liquidationPrice?.down;
  return price ? new Decimal(price) : null;
}

export function sided(quantity: string, isShort: boolean): string {
  return isShort && quantity !== '0' ? `-${quantity}` : quantity;
}
