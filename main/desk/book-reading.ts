import { CALL_STATES } from '../../shared/domain/call.ts';
import { buffersOf } from '../../shared/domain/position-columns.ts';
import { addDays, type IsoDate } from '../../shared/time.ts';
import type { Book } from '../books/book.ts';
import { lastRun, readCallEvents, readCalls, readStrikes } from '../books/reading/read-calls.ts';
import { readFuturesNotAtClose, readReplacedCloses } from '../books/reading/read-closes.ts';
import { memoryOfTexts } from '../books/reading/market-texts.ts';
import { readHoldings } from '../books/reading/read-held.ts';
import { bookSequence } from '../books/reading/read-journal.ts';
import { readMarket } from '../books/reading/read-market.ts';
import { readPrior } from '../books/reading/read-prior.ts';
import { holdsMoreThan, readExtent, readUrgent, type Share } from '../books/reading/read-urgent.ts';
import { snapshot } from '../books/reading/snapshot.ts';
import { tradingDay } from '../calls/calendar.ts';
import { isOpen } from '../calls/transitions.ts';
import { TYPES_BY_WEIGHT } from '../calls/urgency.ts';
import type { DayStart } from './day-start.ts';
import type { BookRead, BookStanding, MarketRead } from './desk-state.ts';
import { chunksOf, memoryOfChunks } from './fact-chunks.ts';
import { handedOver } from './rpc.ts';

/** When some accounts are read before the others: in a book of more positions than `largeFrom`, and how much of it at most. */
export interface FirstShare extends Share {
  largeFrom: number;
}

/** A screen holds forty rows. So many positions are read and computed in half a second, by code that has not run before. */
export const FIRST_SHARE: FirstShare = { largeFrom: 20_000, accounts: 500, positions: 8_000 };

/**
 * The book as the book thread hands it to the desk thread: what all accounts share, once for one state of the book; then
 * the accounts that are most urgent, and all of them. Everything throws BookDamaged.
 */
export interface BookReading {
  market(book: Book): MarketRead;
  /** Null where all of the book is as fast. */
  first(book: Book, share: FirstShare): BookRead | null;
  /** With the market where that is not known yet, or the book has moved on since. */
  rest(book: Book): BookRead;
  whole(book: Book): BookRead;
}

export function bookReading(today: () => IsoDate): BookReading {
  /** The entry whose market was handed over. */
  let known: number | null = null;

  function market(book: Book): MarketRead {
    return snapshot(book, () => {
      const read = readMarket(book);
      known = bookSequence(book);
      return handedOver(read, memoryOfTexts(read));
    });
  }

  function accounts(book: Book, which: readonly number[] | null): BookRead {
    const marketAnew = known === bookSequence(book) ? null : market(book);
    const { accounts: accountsInAll, day: businessDate } = readExtent(book);
    const { facts: rows, held: positions } = readHoldings(book, which);
    const facts = chunksOf(rows);
    const start = { prior: businessDate === null ? null : readPrior(book, tradingDay(businessDate), which), closes: readReplacedCloses(book, readFuturesNotAtClose(book)) };
    const read = { standing: standingOf(book, which, start, businessDate ?? today()), businessDate, accountsInAll, market: marketAnew, facts, positions };
    return handedOver(read, [...buffersOf(positions), ...memoryOfChunks(facts), ...(marketAnew ? memoryOfTexts(marketAnew) : [])]);
  }

  function rest(book: Book): BookRead {
    return snapshot(book, () => accounts(book, null));
  }

  return {
    market,
    first: (book, share) =>
      snapshot(book, () => {
        if (!holdsMoreThan(book, share.largeFrom)) return null;
        const run = lastRun(book, 'official');
        const urgent = readUrgent(book, { openStates: OPEN_STATES, typesByWeight: TYPES_BY_WEIGHT, run: run?.id ?? null }, share);
        return urgent.length < readExtent(book).accounts ? accounts(book, urgent) : null;
      }),
    rest,
    whole(book) {
      known = null;
      return rest(book);
    },
  };
}

const OPEN_STATES = CALL_STATES.filter(isOpen);

/** Strikes are counted over the twelve months before. */
const STRIKE_DAYS = 365;

function standingOf(book: Book, which: readonly number[] | null, start: DayStart, day: IsoDate): BookStanding {
  const calls = readCalls(book, undefined, which).filter(({ state }) => isOpen(state));
  return {
    name: book.name,
    sequence: bookSequence(book),
    readOnly: book.readOnly,
    heldBy: book.heldBy,
    lastOfficialRun: lastRun(book, 'official'),
    calls,
    start,
    strikes: new Map(readStrikes(book, addDays(day, -STRIKE_DAYS), which).map(({ account, type, calls: missed }) => [`${account}\n${type}`, missed])),
    lastActions: new Map(calls.map((call) => [call.id, lastActionOf(book, call.id)])),
  };
}

function lastActionOf(book: Book, callId: string): string {
  const last = readCallEvents(book, callId).at(-1);
  return last ? `${last.reason} (${last.by})` : '';
}
