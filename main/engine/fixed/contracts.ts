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
  /** Of its rows among the group's. */
  places: readonly number[];
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

/** The contracts of a group by name. Those with the same rows at the same mark are what they were: a group may have hundreds, and an edit moves one. */
export function contractsOf({ id, positions }: PreparedGroup, pool: Pick<PoolInput, 'id' | 'currency'>, market: MarketView, rules: Rules): readonly Contract[] {
  const store = market.kept?.store;
  const name = `contracts ${pool.id} ${id}`;
  const known = store?.get(name) as Before | undefined;
  const before = known && standAlike(known.positions, positions) ? known : null;
  const fresh = (places: readonly number[]): Contract => contractAt(places, positions, pool.currency, market, rules);
  const contracts = before ? before.contracts.map((contract) => (isAsBefore(contract, before.positions, positions, market) ? contract : fresh(contract.places))) : placesByContract(positions).map(fresh);
  store?.set(name, { positions, contracts } satisfies Before);
  return contracts;
}

function contractAt(places: readonly number[], positions: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): Contract {
  const rows = places.map((at) => positions[at] as PositionInput);
  const { instrument } = rows[0] as PositionInput;
  const prepared = prepareContract(rows, currency, market, rules);
  const isAside = prepared !== null && 'reason' in prepared;
  return { places, mark: market.mark(instrument), terms: market.terms(instrument), charged: prepared && !isAside ? [charge(prepared, currency)] : [], setAside: isAside ? [prepared] : [] };
}

function isAsBefore({ places, mark, terms }: Contract, before: readonly PositionInput[], now: readonly PositionInput[], market: MarketView): boolean {
  const { instrument } = now[places[0] as number] as PositionInput;
  return places.every((at) => before[at] === now[at]) && market.mark(instrument) === mark && market.terms(instrument) === terms;
}

/** Whether each row is of the instrument and sub-type of the one that stood there. */
function standAlike(before: readonly PositionInput[], now: readonly PositionInput[]): boolean {
  if (before.length !== now.length) return false;
  for (let at = 0; at < now.length; at += 1) if (before[at] !== now[at] && keyOf(before[at] as PositionInput) !== keyOf(now[at] as PositionInput)) return false;
  return true;
}

function placesByContract(positions: readonly PositionInput[]): number[][] {
  const places = Map.groupBy(positions.keys(), (at) => keyOf(positions[at] as PositionInput));
  return [...places].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => own);
}

function keyOf({ instrument, subType }: PositionInput): string {
  return `${instrument}\n${subType}`;
}
