import { fail, succeed, type Result } from '../../shared/result.ts';
import { shippedPacks } from '../engine/packs/shelf.ts';
import type { BookBegun, BookRead, DeskState, MarketRead } from './desk-state.ts';
import type { BookMarket } from './holdings.ts';
import { listedOf, type Listed } from './list-handlers.ts';
import { holding, holdingMarket, opening, resuming } from './recompute.ts';
import { inSlices } from './rows/slices.ts';
import type { Caller } from './rpc.ts';
import { listedIn, snapshotVersion, summariesIn, type Sections } from './snapshot-sections.ts';

type BookThread = Pick<Caller, 'ask'>;

/** The whole book: read and verified. From a snapshot its figures are those of the last time, and to be computed anew. */
export interface Whole {
  state: DeskState;
  isResumed: boolean;
}

/** A book on its way onto the desk. */
export interface OpeningBook {
  /** Lists that can be shown before the whole book is there: those of the last time, where a snapshot has them, or those of `first`. */
  shown: Listed | null;
  /** The accounts that are most urgent, computed like any others. */
  first: DeskState | null;
  whole: Promise<Result<Whole>>;
}

/**
 * Opens a book through its thread: from the snapshot beside it if there is one, and by reading it in any case. Of a large
 * one without a snapshot, `showsFirst` has the accounts that are most urgent read and computed before the rest.
 */
export async function openBook(book: BookThread, showsFirst: boolean): Promise<Result<OpeningBook>> {
  const begun = (await book.ask('book.open', {})) as Result<BookBegun>;
  if (!begun.ok) return begun;
  const market = readMarket(book);
  const { snapshot } = begun.value;
  const sections = snapshot?.version === snapshotVersion() ? snapshot.sections : null;
  const shown = sections && (await usable(() => inSlices(listedIn(sections, begun.value))));
  const urgent = showsFirst && !shown ? (book.ask('book.first', {}) as Promise<Result<BookRead | null>>) : null;
  const rest = book.ask('book.rest', {}) as Promise<Result<BookRead>>;
  // The book thread reads meanwhile.
  if (!shown) shippedPacks();
  if (!urgent) return succeed({ shown, first: null, whole: wholeBook(market, rest, shown && { shown, sections }) });
  const first = await firstOf(market, urgent);
  if (!first.ok) return first;
  if (!first.value) return succeed({ shown: null, first: null, whole: wholeBook(market, rest, null) });
  // Where the book moved on before they were read, they came with its market, and the rest does not bring that again.
  const { instruments, marks, fx } = first.value.first.holdings;
  return succeed({ ...first.value, whole: wholeBook(Promise.resolve(succeed({ instruments, marks, fx })), rest, { shown: first.value.shown, sections: null }) });
}

type ReadMarket = Promise<Result<BookMarket>>;

async function readMarket(book: BookThread): ReadMarket {
  const read = (await book.ask('book.market', {})) as Result<MarketRead>;
  return read.ok ? succeed(await inSlices(holdingMarket(read.value))) : fail(read.fault);
}

/** The accounts that were read first, as a desk of their own: no figure of an account rests on another account. */
async function firstOf(market: ReadMarket, reading: Promise<Result<BookRead | null>>): Promise<Result<{ first: DeskState; shown: Listed } | null>> {
  const [before, read] = await Promise.all([market, reading]);
  if (!before.ok) return before;
  if (!read.ok || !read.value) return read as Result<null>;
  const { standing, accountsInAll } = read.value;
  const first = await inSlices(opening(standing, await inSlices(holding(read.value, before.value))));
  const listed = listedOf(first);
  return succeed({ first, shown: { ...listed, info: { ...listed.info, accountsInAll } } });
}

/** A first screen asks for its rows in this time: of a small book it would have to wait for the computing otherwise. */
const FIRST_SCREEN_MS = 100;

/** What is shown before, and the snapshot that it is from. */
interface Before {
  shown: Listed;
  sections: Sections | null;
}

async function wholeBook(market: ReadMarket, rest: Promise<Result<BookRead>>, before: Before | null): Promise<Result<Whole>> {
  const asked = before && new Promise((resolve) => setTimeout(resolve, FIRST_SCREEN_MS));
  const [known, read] = await Promise.all([market, rest, asked]);
  if (!known.ok) return known;
  if (!read.ok) return read;
  const { standing } = read.value;
  const holdings = await inSlices(holding(read.value, known.value));
  const sections = before?.sections;
  const summaries = sections && (await usable(() => inSlices(summariesIn(sections))));
  if (before && summaries && [...holdings.accounts.keys()].every((account) => summaries.has(account))) {
    return succeed({ state: await inSlices(resuming(standing, holdings, { summaries, lists: before.shown.lists })), isResumed: true });
  }
  return succeed({ state: await inSlices(opening(standing, holdings, before?.shown.lists)), isResumed: false });
}

/** What is in a snapshot comes from a program of ours, but nothing of it may keep a book from being opened. */
async function usable<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}
