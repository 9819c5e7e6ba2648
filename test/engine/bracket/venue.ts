import type { AccountInput, MarketInput, PoolInput, PositionInput } from '../../../main/engine/input.ts';
import { accountStateOf, marginAccount, type AccountMargin } from '../../../main/engine/margin.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../../main/engine/packs/shelf.ts';
import type { FxFact } from '../../../shared/domain/facts.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import type { AccountState, PositionState } from '../../../shared/domain/margin-state.ts';
import { cashRow, markOf, TODAY } from '../build.ts';

/** A contract that a test holds: its market's rate, and whatever else is not the plainest thing. */
export interface Contract {
  mark: string;
  rate?: Record<string, unknown>;
  closingFee?: string;
  terms?: Partial<Extract<Instrument, { kind: 'perpetual' }>>;
  stats?: Record<string, string>;
  bounds?: { low: string; high: string };
}

export interface Venue {
  contracts: Record<string, Contract>;
  rows: readonly (Partial<PositionInput> & { instrument: string; quantity: string })[];
  cash?: string;
  currency?: string;
  section?: Record<string, unknown>;
  ladder?: readonly Record<string, unknown>[];
  pool?: Partial<PoolInput>;
  fx?: readonly FxFact[];
  /** What the pack lays over the requirement, and the past that it looks at. */
  overlay?: Record<string, unknown>;
  history?: Record<string, { returns: string[] }>;
  others?: Record<string, { terms: Instrument; price: string }>;
}

export const SOURCE = { cites: 'Made up for a test', status: 'house' };

export function choice(value: string): Record<string, unknown> {
  return { value, ...SOURCE };
}

/** Tiers by notional value, each `[up to, maintenance rate, leverage]`. */
export function tiers(rows: readonly (readonly [upTo: string | null, maintenance: string, leverageMax?: string | undefined])[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return { kind: 'tiers', by: 'notional', apply: 'amount', tiers: rows.map(([upTo, maintenance, leverageMax]) => ({ upTo, maintenance, ...(leverageMax === undefined ? {} : { leverageMax }) })), ...more };
}

/** One rate for every size. */
export function flat(maintenance: string, leverageMax?: string): Record<string, unknown> {
  return tiers([[null, maintenance, leverageMax]]);
}

/** The shelf made last: a search moves marks and asks for the same rules again and again. */
let last: { key: string; shelf: PackShelf } | null = null;

function shelfOf({ contracts, section = {}, ladder, overlay }: Venue): PackShelf {
  const key = JSON.stringify([Object.entries(contracts).map(([id, { rate, closingFee }]) => [id, rate, closingFee]), section, ladder, overlay]);
  if (last?.key === key) return last.shelf;
  const markets = Object.fromEntries(Object.entries(contracts).map(([id, { rate = flat('0.01', '20'), closingFee }]) => [id, { title: id, rate, ...(closingFee === undefined ? {} : { closingFee }), ...SOURCE }]));
  const made = withPacks(shippedPacks(), [
    { id: 'made-up', version: '1', title: 'Made up', layer: 'house', model: 'bracket', extends: 'venue-standard', effectiveFrom: '2000-01-01', parameters: {}, ...(ladder ? { statusLadder: ladder } : {}), bracket: { ...section, markets }, ...(overlay ? { overlay } : {}) },
  ]);
  if (!made.ok) throw new Error(`${made.fault.at} ${made.fault.message}`);
  last = { key, shelf: made.value };
  return made.value;
}

function marketOf({ contracts, fx = [], others = {}, history }: Venue): MarketInput {
  const entries = Object.entries(contracts);
  const facts = (name: 'stats' | 'bounds') => new Map(entries.flatMap(([id, contract]) => (contract[name] ? [[id, contract[name]] as const] : [])));
  return {
    asOf: `${TODAY}T21:00:00Z`,
    businessDate: TODAY,
    instruments: new Map([...entries.map(([id, { terms = {} }]): [string, Instrument] => [id, { kind: 'perpetual', currency: 'USD', ...terms }]), ...Object.entries(others).map(([id, { terms }]): [string, Instrument] => [id, terms])]),
    marks: new Map([...entries.map(([id, { mark }]) => [id, markOf(id, mark)] as const), ...Object.entries(others).map(([id, { price }]) => [id, markOf(id, price)] as const)]),
    fx,
    stats: facts('stats') as NonNullable<MarketInput['stats']>,
    bounds: facts('bounds') as NonNullable<MarketInput['bounds']>,
    ...(history ? { history: new Map(Object.entries(history)) } : {}),
  };
}

export function venueMargin(venue: Venue): AccountMargin {
  return marginAccount(...venueInputs(venue));
}

/** What the engine is given. */
export function venueInputs(venue: Venue): [AccountInput, MarketInput, PackShelf] {
  const { rows, cash = '0', currency = 'USD', pool = {} } = venue;
  const positions = rows.map((row): PositionInput => ({ subType: 'futures', entryPrice: null, ...row }));
  const made: PoolInput = { id: 'venue', mode: 'cross', model: 'bracket', currency, packs: ['made-up'], cash: [cashRow(cash, 'tradeDate', currency)], positions, excluded: [], ...pool };
  return [{ id: 'A1', baseCurrency: currency, regime: 'venue', newAccount: false, prior: null, activity: null, pools: [made] }, marketOf(venue), shelfOf(venue)];
}

export function venueState(venue: Venue): AccountState {
  return accountStateOf(venueMargin(venue));
}

export function positionIn(state: AccountState, instrument: string): PositionState {
  const found = state.pools[0]?.positions.find((position) => position.instrument === instrument);
  if (!found) throw new Error(`no position of ${instrument}`);
  return found;
}

/** The same venue with one contract's mark elsewhere, the bounds of its feed moved along. */
export function withMark(venue: Venue, id: string, mark: string, bounds?: Contract['bounds']): Venue {
  const contract = venue.contracts[id];
  if (!contract) throw new Error(`no contract ${id}`);
  return { ...venue, contracts: { ...venue.contracts, [id]: { ...contract, mark, ...(bounds ? { bounds } : {}) } } };
}
