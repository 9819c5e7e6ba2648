import type { AccountId, MarkFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import { isPriceForLane } from '../engine/columns/book/beside.ts';
import { openingBookLanes, replaceAccounts, tickingBook, type BookLanes } from '../engine/columns/book/book-lanes.ts';
import { viewMarket } from '../engine/market/market-view.ts';
import { inputOf, marketOf, shelfOf } from './compute.ts';
import type { Changes } from './dirty-accounts.ts';
import type { Holdings } from './holdings.ts';
import { pairingHelp } from './pairing.ts';
import { poolRows } from './pool-rows.ts';
import type { Slices } from './rows/slices.ts';

/**
 * The columns that a book's figures come from, kept standing from change to change: a price ticks in them, and only the
 * accounts that a file touched are read into them again.
 */

/** Standing lanes over these holdings. A calc pack has none: it is small, and states more than the columns know. */
export function* openingLanes(holdings: Holdings): Slices<BookLanes | null> {
  if (holdings.given) return null;
  const help = pairingHelp(holdings.positions.count);
  try {
    const market = marketOf(holdings);
    yield;
    const rows = yield* poolRows(holdings);
    return yield* openingBookLanes(rows, viewMarket(market), shelfOf(holdings), help.pairing);
  } finally {
    help.end();
  }
}

// Beyond so many positions, reading all accounts again costs less memory than keeping the changed ones beside them.
const REPLACED_POSITIONS_MAX = 50_000;

/** The lanes after another reading of the book: moved where that will do, opened anew where it will not. */
export function* movedLanes(lanes: BookLanes | null, before: Holdings, after: Holdings, changes: Changes): Slices<BookLanes | null> {
  if (!lanes || changes.everything || changes.instruments.some((id) => lanes.instruments.numbers.has(id))) return yield* openingLanes(after);
  const read = new Set([...changes.accounts, ...changes.marks.flatMap((id) => readAnewAt(before, after, id))]);
  if (areMany(read, after)) return yield* openingLanes(after);
  // The same day, rates and terms: only marks and instruments that the lanes did not know are new in it.
  lanes.market = viewMarket(marketOf(after));
  yield* tickingBook(lanes, changes.marks.map((instrument) => ({ instrument, mark: after.marks.get(instrument)?.value ?? null })));
  yield;
  if (read.size + changes.gone.length > 0) yield* replaceAccounts(lanes, inputsOf(after, read), changes.gone);
  return lanes;
}

/** The lanes at one more mark, and the accounts that it moved. */
export function* tickedLanes(lanes: BookLanes | null, before: Holdings, after: Holdings, { instrument, value }: MarkFact): Slices<{ lanes: BookLanes | null; moved: Set<AccountId> }> {
  const moved = new Set(after.holders.of(instrument));
  const read = readAnewAt(before, after, instrument);
  if (!lanes || areMany(read, after)) return { lanes: yield* openingLanes(after), moved };
  lanes.market = viewMarket(marketOf(after));
  // Lanes may still name an account that has left the book.
  const { accounts } = yield* tickingBook(lanes, [{ instrument, mark: value }]);
  for (const account of accounts) if (after.accounts.has(account)) moved.add(account);
  yield;
  if (read.length > 0) yield* replaceAccounts(lanes, inputsOf(after, read));
  return { lanes, moved };
}

function areMany(accounts: Iterable<AccountId>, { accounts: held }: Holdings): boolean {
  let positions = 0;
  for (const id of accounts) positions += held.get(id)?.positionCount ?? 0;
  return positions > REPLACED_POSITIONS_MAX;
}

/** Accounts whose positions stand otherwise in the lanes at an instrument's new mark. */
function readAnewAt(before: Holdings, after: Holdings, instrument: InstrumentId): AccountId[] {
  const [was, is] = [before, after].map(({ marks }) => isPriceForLane(marks.get(instrument)?.value ?? null));
  // What has a price that no lane counts with is beside them, with all that margins with it.
  return was === is ? settledAnew(before, after, instrument) : after.holders.of(instrument);
}

/** Holders of a future whose gain counts from another close than before: their positions say from which. */
function settledAnew(before: Holdings, after: Holdings, instrument: InstrumentId): AccountId[] {
  if (after.instruments.get(instrument)?.terms.kind !== 'future') return [];
  const [was, is] = [before.closes.get(instrument), after.closes.get(instrument)];
  const isSame = was?.value === is?.value && was?.asOf === is?.asOf && before.marks.has(instrument) === after.marks.has(instrument);
  return isSame ? [] : after.holders.of(instrument);
}

function* inputsOf(holdings: Holdings, accounts: Iterable<AccountId>): Generator<ReturnType<typeof inputOf>> {
  for (const id of accounts) {
    const held = holdings.accounts.get(id);
    if (held) yield inputOf(holdings, held);
  }
}
