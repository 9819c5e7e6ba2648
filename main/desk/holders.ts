import type { AccountId, InstrumentFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { PositionColumns } from '../../shared/domain/position-columns.ts';

/** Accounts whose figures move with an instrument's price: they hold it, or an option on it. */
export interface Holders {
  of(instrument: InstrumentId): AccountId[];
  has(instrument: InstrumentId): boolean;
}

/** Looked up from columns: four bytes for each instrument of an account, where sets take sixty. */
export function holdersOf(positions: PositionColumns, instruments: ReadonlyMap<InstrumentId, InstrumentFact>): Holders {
  const { accounts } = positions;
  const { numbers, moving } = movingWith(positions, instruments);
  const starts = new Int32Array(numbers.size + 1);
  eachPair(positions, moving, numbers.size, (instrument) => (starts[instrument + 1] = (starts[instrument + 1] as number) + 1));
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const held = new Int32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  eachPair(positions, moving, numbers.size, (instrument, account) => {
    held[next[instrument] as number] = account;
    next[instrument] = (next[instrument] as number) + 1;
  });
  const runOf = (instrument: InstrumentId): Int32Array => {
    const number = numbers.get(instrument);
    return number === undefined ? held.subarray(0, 0) : held.subarray(starts[number], starts[number + 1]);
  };
  return { of: (instrument) => Array.from(runOf(instrument), (account) => accounts[account] ?? ''), has: (instrument) => runOf(instrument).length > 0 };
}

/** By the number of what is held, the numbers of all whose price moves it: its own, its underlying's, what it delivers. */
function movingWith({ instruments: held }: PositionColumns, instruments: ReadonlyMap<InstrumentId, InstrumentFact>): { numbers: Map<InstrumentId, number>; moving: number[][] } {
  const numbers = new Map(held.map((id, number) => [id, number]));
  const numberOf = (id: InstrumentId): number => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  };
  const moving = held.map((id, number) => {
    const terms = instruments.get(id)?.terms;
    if (terms?.kind !== 'option') return [number];
    return [...new Set([number, numberOf(terms.underlying), ...(terms.deliverable ?? []).map(({ instrument }) => numberOf(instrument))])];
  });
  return { numbers, moving };
}

/** Every instrument that moves an account, once, account by account. */
function eachPair({ count, account, instrument }: PositionColumns, moving: readonly number[][], instruments: number, take: (instrument: number, account: number) => void): void {
  const last = new Int32Array(instruments).fill(-1);
  for (let row = 0; row < count; row += 1) {
    const holder = account[row] as number;
    for (const moved of moving[instrument[row] as number] as number[]) {
      if (last[moved] === holder) continue;
      last[moved] = holder;
      take(moved, holder);
    }
  }
}
