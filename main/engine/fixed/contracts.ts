import type { MarkFact } from '../../../shared/domain/facts.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import type { PoolInput, PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { SetAside } from '../pool/holding.ts';
import type { PreparedGroup } from '../pool/prepared-group.ts';
import { charge, type Charged } from './charged.ts';
import { prepareContract } from './holding.ts';

/** Contracts of one instrument and sub-type, what they were made of, and what becomes of them: charged, set aside, or neither where nothing is left. */
export interface Contract {
  /** Where its rows stand among the group's. */
  places: readonly number[];
  rows: readonly PositionInput[];
  mark: MarkFact | null;
  terms: Instrument | null;
  charged: readonly Charged[];
  setAside: readonly SetAside[];
}

/** What a group was made of the last time. */
interface Before {
  positions: readonly PositionInput[];
  contracts: readonly Contract[];
}

/** The contracts of a group by name. Those with the same rows at the same mark are what they were: a group may have hundreds, and an edit moves, closes or brings in one. */
export function contractsOf({ id, positions }: PreparedGroup, pool: Pick<PoolInput, 'id' | 'currency'>, market: MarketView, rules: Rules): readonly Contract[] {
  const store = market.kept?.store;
  const name = `contracts ${pool.id} ${id}`;
  const before = store?.get(name) as Before | undefined;
  const made = (places: readonly number[], known: Contract | undefined): Contract => {
    if (!known || !isAsBefore(known, places, positions, market)) return contractAt(places, positions, pool.currency, market, rules);
    return known.places === places ? known : { ...known, places };
  };
  const contracts = before && standAlike(before.positions, positions) ? before.contracts.map((known) => made(known.places, known)) : regrouped(positions, before?.contracts ?? [], made);
  store?.set(name, { positions, contracts } satisfies Before);
  return contracts;
}

function regrouped(positions: readonly PositionInput[], before: readonly Contract[], made: (places: readonly number[], known: Contract | undefined) => Contract): Contract[] {
  const named = new Map(before.map((contract) => [keyOf(contract.rows[0] as PositionInput), contract]));
  return placesByContract(positions).map(([key, places]) => made(places, named.get(key)));
}

function contractAt(places: readonly number[], positions: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): Contract {
  const rows = places.map((at) => positions[at] as PositionInput);
  const { instrument } = rows[0] as PositionInput;
  const prepared = prepareContract(rows, currency, market, rules);
  const isAside = prepared !== null && 'reason' in prepared;
  return { places, rows, mark: market.mark(instrument), terms: market.terms(instrument), charged: prepared && !isAside ? [charge(prepared, currency)] : [], setAside: isAside ? [prepared] : [] };
}

function isAsBefore({ rows, mark, terms }: Contract, places: readonly number[], positions: readonly PositionInput[], market: MarketView): boolean {
  const { instrument } = rows[0] as PositionInput;
  return rows.length === places.length && places.every((place, at) => positions[place] === rows[at]) && market.mark(instrument) === mark && market.terms(instrument) === terms;
}

/** Whether each row is of the instrument and sub-type of the one that stood there. */
function standAlike(before: readonly PositionInput[], now: readonly PositionInput[]): boolean {
  if (before.length !== now.length) return false;
  for (let at = 0; at < now.length; at += 1) if (before[at] !== now[at] && keyOf(before[at] as PositionInput) !== keyOf(now[at] as PositionInput)) return false;
  return true;
}

function placesByContract(positions: readonly PositionInput[]): [key: string, places: number[]][] {
  return [...Map.groupBy(positions.keys(), (at) => keyOf(positions[at] as PositionInput))].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function keyOf({ instrument, subType }: PositionInput): string {
  return `${instrument}\n${subType}`;
}
