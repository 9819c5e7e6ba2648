import type { AccountId, InstrumentFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { PositionColumns } from '../../shared/domain/position-columns.ts';
import { finish, type Slices } from './rows/slices.ts';

/** Accounts whose figures move with an instrument's price: they hold it, or an option on it. */
export interface Holders {
  of(instrument: InstrumentId): AccountId[];
  has(instrument: InstrumentId): boolean;
}

const ROWS_A_SLICE = 8_192;
const NONE = -1;

export function holdersOf(positions: PositionColumns, instruments: ReadonlyMap<InstrumentId, InstrumentFact>): Holders {
  return finish(findingHolders(positions, instruments));
}

/** Looked up from columns: four bytes for each instrument of an account, where sets take sixty. */
export function* findingHolders(positions: PositionColumns, instruments: ReadonlyMap<InstrumentId, InstrumentFact>): Slices<Holders> {
  const { accounts } = positions;
  const moving = yield* movingWith(positions, instruments);
  const { numbers } = moving;
  const starts = new Int32Array(numbers.size + 1);
  yield* eachPair(positions, moving, (instrument) => (starts[instrument + 1] = (starts[instrument + 1] as number) + 1));
  yield;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const held = new Int32Array(starts.at(-1) ?? 0);
  const next = starts.slice();
  yield* eachPair(positions, moving, (instrument, account) => {
    held[next[instrument] as number] = account;
    next[instrument] = (next[instrument] as number) + 1;
  });
  const runOf = (instrument: InstrumentId): Int32Array => {
    const number = numbers.get(instrument);
    return number === undefined ? held.subarray(0, 0) : held.subarray(starts[number], starts[number + 1]);
  };
  return { of: (instrument) => Array.from(runOf(instrument), (account) => accounts[account] ?? ''), has: (instrument) => runOf(instrument).length > 0 };
}

/** By the number of what is held: the numbers of what else moves it. */
interface Moving {
  numbers: Map<InstrumentId, number>;
  underlying: Int32Array;
  /** What adjusted options deliver. */
  delivered: Map<number, readonly number[]>;
}

const INSTRUMENTS_A_SLICE = 1_024;

function* movingWith({ instruments: held }: PositionColumns, instruments: ReadonlyMap<InstrumentId, InstrumentFact>): Slices<Moving> {
  const numbers = new Map<InstrumentId, number>();
  for (const [number, id] of held.entries()) {
    numbers.set(id, number);
    if (number % INSTRUMENTS_A_SLICE === 0) yield;
  }
  const numberOf = (id: InstrumentId): number => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  };
  const delivered = new Map<number, readonly number[]>();
  const underlying = new Int32Array(held.length).fill(NONE);
  for (const [number, id] of held.entries()) {
    if (number % INSTRUMENTS_A_SLICE === 0) yield;
    const terms = instruments.get(id)?.terms;
    if (terms?.kind !== 'option') continue;
    if (terms.deliverable) delivered.set(number, terms.deliverable.map(({ instrument }) => numberOf(instrument)));
    underlying[number] = numberOf(terms.underlying);
  }
  return { numbers, underlying, delivered };
}

/** Every instrument that moves an account, once, account by account. */
function* eachPair({ count, account, instrument }: PositionColumns, { numbers, underlying, delivered }: Moving, take: (instrument: number, account: number) => void): Slices<void> {
  const last = new Int32Array(numbers.size).fill(NONE);
  const meet = (moved: number, holder: number): void => {
    if (last[moved] === holder) return;
    last[moved] = holder;
    take(moved, holder);
  };
  for (let row = 0; row < count; row += 1) {
    const [holder, held] = [account[row] as number, instrument[row] as number];
    const under = underlying[held] as number;
    meet(held, holder);
    if (under !== NONE) meet(under, holder);
    if (delivered.size > 0) for (const moved of delivered.get(held) ?? []) meet(moved, holder);
    if (row % ROWS_A_SLICE === 0) yield;
  }
}
