import { succeed, type Result } from '../../shared/result.ts';
import type { BookBegun, BookRead, DeskState } from './desk-state.ts';
import type { Listed } from './list-handlers.ts';
import { holding, opening, resuming } from './recompute.ts';
import { inSlices } from './rows/slices.ts';
import type { Caller } from './rpc.ts';
import { listedIn, snapshotVersion, summariesIn, type Sections } from './snapshot-sections.ts';

/** The whole book: read and verified. From a snapshot its figures are those of the last time, and to be computed anew. */
export interface Whole {
  state: DeskState;
  isResumed: boolean;
}

/** A book on its way onto the desk. */
export interface OpeningBook {
  /** The lists of the last time, where a snapshot has them. */
  shown: Listed | null;
  whole: Promise<Result<Whole>>;
}

/** Opens a book through its thread: from the snapshot beside it if there is one, and by reading it in any case. */
export async function openBook(book: Caller): Promise<Result<OpeningBook>> {
  const begun = (await book.ask('book.open', {})) as Result<BookBegun>;
  if (!begun.ok) return begun;
  const reading = book.ask('book.read', {}) as Promise<Result<BookRead>>;
  const { snapshot } = begun.value;
  const sections = snapshot?.version === snapshotVersion() ? snapshot.sections : null;
  const shown = sections && (await usable(() => inSlices(listedIn(sections, begun.value))));
  return succeed({ shown, whole: wholeBook(reading, shown && sections && { shown, sections }) });
}

/** A first screen asks for its rows in this time: of a small book it would have to wait for the computing otherwise. */
const FIRST_SCREEN_MS = 100;

async function wholeBook(reading: Promise<Result<BookRead>>, before: { shown: Listed; sections: Sections } | null): Promise<Result<Whole>> {
  const read = await reading;
  if (!read.ok) return read;
  if (before) await new Promise((resolve) => setTimeout(resolve, FIRST_SCREEN_MS));
  const { standing } = read.value;
  const holdings = await inSlices(holding(read.value));
  const summaries = before && (await usable(() => inSlices(summariesIn(before.sections))));
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
