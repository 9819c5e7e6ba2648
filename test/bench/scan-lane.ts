import { openScanLane, plainMemory, type LaneMaker } from '../../main/engine/columns/scan/open-lane.ts';
import type { ScanLane } from '../../main/engine/columns/scan/lane.ts';
import { viewMarket } from '../../main/engine/market/market-view.ts';
import { resolveRules } from '../../main/engine/packs/shelf.ts';
import type { BookM } from './book-m/book.ts';
import { marketM } from './book-m/facts.ts';
import { PACKS_M, shelfM } from './book-m/packs.ts';

/** Opens M-scan, or the scan accounts' positions of any book M, as columns, under its own packs or others. */
export function laneM(book: BookM, maker: LaneMaker = plainMemory, packs: readonly string[] = PACKS_M.scan): ScanLane {
  const rules = resolveRules(shelfM(book.universe), packs);
  if (!rules.ok) throw new Error(rules.fault.message);
  const { positions } = book;
  const opened = openScanLane({
    rules: rules.value,
    currency: 'USD',
    market: viewMarket(marketM(book)),
    instruments: book.universe.id,
    rows: { count: positions.count, pool: positions.account, instrument: positions.instrument, subType: new Uint8Array(positions.count), quantity: positions.quantity },
    cash: book.cashCents.map((cents) => cents * 100),
  }, maker);
  if (!opened.ok) throw new Error(opened.fault.message);
  return opened.value.lane;
}

/** Bytes of every array that a lane keeps, those shared between its parts once; arrays in one block of memory by their own length. */
export function laneBytes({ table, runs, columns, cash, most, offsets, totals, touched }: ScanLane): number {
  const arrays = new Set<ArrayBufferView>();
  for (const part of [table, runs, columns, totals, { cash, most, offsets, touched }]) {
    for (const value of Object.values(part)) if (ArrayBuffer.isView(value)) arrays.add(value);
  }
  for (const moves of table.moves) if (moves) for (const value of [moves.packed, moves.shifts, moves.weights]) arrays.add(value);
  return [...arrays].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
