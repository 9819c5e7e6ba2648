import type { CalcPack } from '../../shared/calc-pack.ts';
import type { InstrumentFact, SubType } from '../../shared/domain/facts.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { preparePack } from '../engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../engine/calc-pack/read-pack.ts';
import type { AccountInput, MarketInput, PoolInput } from '../engine/input.ts';
import type { BookStanding } from './desk-state.ts';
import { negated } from './given-account.ts';
import { holdersOf } from './holders.ts';
import { NOT_STARTED, type AccountHoldings, type HeldPosition, type Holdings, type PackPlace } from './holdings.ts';
import { parseJson } from './parse-json.ts';
import { columnsOf } from './position-runs.ts';

/** Where a pack says nothing of it, a row is of the account's part that a broker would carry it in. */
const LOAN_PART: SubType = 'margin';

/** The holdings of a calc pack: its accounts, market and rules as they stand in it. Faults name the JSON path. */
export function holdingsOfPack(text: string): Result<Holdings> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const read = readCalcPack(json.value);
  const prepared = read.ok ? preparePack(read.value) : read;
  if (!read.ok) return read;
  if (!prepared.ok) return prepared;
  const { accounts, market, shelf } = prepared.value;
  const held = accounts.map((account) => accountHoldings(read.value, account, market));
  const instruments = new Map<string, InstrumentFact>([...market.instruments].map(([id, terms]) => [id, { id, terms, identifiers: { symbol: id } }]));
  const positions = columnsOf(held.flatMap((account) => account.positions));
  return succeed({
    accounts: new Map(held.map((account) => [account.account.account, account])),
    instruments,
    marks: market.marks,
    closes: new Map(),
    fx: market.fx,
    positions,
    holders: holdersOf(positions, instruments),
    businessDate: market.businessDate,
    given: { market, shelf },
  });
}

/** What stands where a book would say of itself: nothing was journalled, nobody was called. */
export function standingOfPack(name: string): BookStanding {
  return { name: `${name} · calc pack`, sequence: 0, readOnly: true, heldBy: null, lastOfficialRun: null, calls: [], strikes: new Map(), start: { prior: null, closes: [] }, lastActions: new Map() };
}

function accountHoldings({ accounts }: CalcPack, given: AccountInput, { businessDate }: MarketInput): AccountHoldings {
  const { id, baseCurrency, regime, pools, activity } = given;
  const stated = accounts.find((account) => account.id === id)?.regime;
  const positions = pools.flatMap((pool) => rowsOf(pool).map((place) => heldAt(place, id, businessDate)));
  return {
    account: { account: id, name: null, baseCurrency, regime, regimeSource: stated ? 'calc pack' : 'default', asOf: businessDate },
    positions,
    positionCount: positions.length,
    cash: pools.flatMap((pool) => pool.cash.map((row) => ({ account: id, asOf: businessDate, pool: pool.id, ...row }))),
    exclusions: pools.flatMap((pool) => pool.excluded.map(({ symbol, reason, short }) => ({ account: id, symbol, code: 'excluded', reason, quantity: null, short, at: 'calc pack', asOf: businessDate }))),
    activity: [...(activity ?? [])],
    brokerFigures: [],
    start: NOT_STARTED,
    given,
  };
}

function rowsOf({ id: pool, positions, collateral = [], debt = [] }: PoolInput): PackPlace[] {
  return [
    ...positions.map((row, index) => ({ pool, index, part: 'position' as const, row })),
    ...collateral.map((row, index) => ({ pool, index, part: 'collateral' as const, row })),
    ...debt.map((row, index) => ({ pool, index, part: 'debt' as const, row })),
  ];
}

function heldAt(place: PackPlace, account: string, asOf: string): HeldPosition {
  const { row } = place;
  const { subType, entryPrice } = place.part === 'position' ? place.row : { subType: LOAN_PART, entryPrice: null };
  // A debt is stated as what is owed; on screen it is a negative quantity, as its value is.
  return { account, subType, instrument: row.instrument, quantity: place.part === 'debt' ? negated(row.quantity) : row.quantity, entryPrice, asOf, place };
}
