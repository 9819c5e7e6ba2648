import { SUB_TYPES } from '../../../../shared/domain/facts.ts';
import type { Currency, InstrumentId } from '../../../../shared/domain/instrument.ts';
import { fromDecimalText } from '../../../../shared/money.ts';
import type { PoolInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import { resolveRules, type PackShelf } from '../../packs/shelf.ts';
import type { Rules } from '../../packs/rules.ts';
import { figuresOf, type ScanFigures } from './figures.ts';
import { openScanLane, poolCash, type LaneMaker, type OpenLane } from './open-lane.ts';
import type { PositionRows } from './runs.ts';
import { wasmMemory } from './wasm.ts';

/** Pools under one stack of rules and in one currency, as columns. */
export interface OpenPools extends OpenLane {
  /** Instruments by number, as `placeOf` counts them. */
  instruments: readonly InstrumentId[];
  /** By pool of the lane: its index among the pools that were given. */
  given: Int32Array;
  /** A pool of the lane as text; null where the explaining engine must compute it. */
  figures: (pool: number) => ScanFigures | null;
}

/**
 * Opens every pool that portfolio margin by classes asks, a lane for each stack of packs and currency. Pools of other models,
 * and those whose rules have no columns, are in none of them. For a book that is read row by row, see `openScanLane`.
 */
export function openScanPools(pools: readonly PoolInput[], market: MarketView, shelf: PackShelf, maker: LaneMaker = wasmMemory): OpenPools[] {
  const scanned = [...pools.keys()].filter((at) => pools[at]?.model === 'scan');
  const stacks = Map.groupBy(scanned, (at) => JSON.stringify([pools[at]?.currency, pools[at]?.packs]));
  return [...stacks.values()].flatMap((given) => {
    const first = pools[given[0] as number] as PoolInput;
    const rules = resolveRules(shelf, first.packs, market.businessDate);
    return rules.ok ? openStack(given, pools, rules.value, first.currency, market, maker) : [];
  });
}

function openStack(given: readonly number[], pools: readonly PoolInput[], rules: Rules, currency: Currency, market: MarketView, maker: LaneMaker): OpenPools[] {
  const quantum = rules.moneyQuantum(currency);
  const places = quantum === 'none' ? 0 : fromDecimalText(quantum).decimalPlaces();
  const own = given.map((at) => pools[at] as PoolInput);
  const instruments = [...new Set(own.flatMap(({ positions }) => positions.map(({ instrument }) => instrument)))].toSorted();
  const open = openScanLane({ rules, currency, market, instruments, rows: rowsOf(own, instruments), cash: Float64Array.from(own, (pool) => poolCash(pool, market, { currency, places })) }, maker);
  return open.ok ? [{ ...open.value, instruments, given: Int32Array.from(given), figures: (pool) => figuresOf(open.value.lane, pool) }] : [];
}

function rowsOf(pools: readonly PoolInput[], instruments: readonly InstrumentId[]): PositionRows {
  const numbers = new Map(instruments.map((instrument, at) => [instrument, at]));
  const rows = pools.flatMap(({ positions }, pool) => positions.filter(({ quantity }) => quantity !== '0').map((position) => ({ pool, position })));
  return {
    count: rows.length,
    pool: Int32Array.from(rows, ({ pool }) => pool),
    instrument: Int32Array.from(rows, ({ position }) => numbers.get(position.instrument) as number),
    subType: Uint8Array.from(rows, ({ position }) => SUB_TYPES.indexOf(position.subType)),
    quantity: Float64Array.from(rows, ({ position }) => Number(position.quantity)),
  };
}
