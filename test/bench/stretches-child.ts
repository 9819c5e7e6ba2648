import { serialize } from 'node:v8';
import { closeBook, openBook } from '../../main/books/open.ts';
import { accountApart } from '../../main/desk/account-apart.ts';
import { bookReading } from '../../main/desk/book-reading.ts';
import type { BookRead } from '../../main/desk/desk-state.ts';
import { exclusionRows } from '../../main/desk/exclusion-rows.ts';
import { computingRun } from '../../main/desk/official-run.ts';
import { applyingMark, holding, opening, reloading } from '../../main/desk/recompute.ts';
import { SLICE_MS, type Slices } from '../../main/desk/rows/slices.ts';
import { sectionsOf } from '../../main/desk/snapshot-sections.ts';

/** Processor time, in milliseconds, of each stretch of the desk thread's work between two moments at which it answers. */
export type Stretches = Record<'opening' | 'prices' | 'running' | 'exclusions' | 'handing' | 'reloading', number[]>;

/** Linux may count a thread's time in ticks of this length. */
const TICK_MS = 4;
/** Often enough that the first time, with nothing compiled, does not decide. */
const HANDED_OVER = 5;

// `stretches-child.ts BOOK INSTRUMENT …`: the desk thread's work, as it does it, and how long each stretch of it is.
const [path = '', ...instruments] = process.argv.slice(2);
const stretches: Stretches = { opening: [], prices: [], running: [], exclusions: [], handing: [], reloading: [] };
const first = read();
const holdings = done('opening', holding(first));
const state = done('opening', opening(first.standing, holdings));
done('opening', sectionsOf(state));
for (const instrument of instruments) {
  const mark = state.holdings.marks.get(instrument);
  if (!mark) throw new Error(`there is no mark of ${instrument}`);
  for (const value of ['50', '51', '52']) done('prices', applyingMark(state, { ...mark, value, kind: 'manual' }, 2));
}
const run = { id: 'bench', businessDate: '2026-11-20', marksAsOf: '2026-11-20T21:00:00Z', kind: 'official', sequence: 1, at: '2026-11-20T21:00:00Z' } as const;
done('running', posted(computingRun(state, { run, by: 'bench' })));
done('exclusions', posted(exclusionRows(state)));
const largest = [...state.holdings.accounts.values()].reduce((most, account) => (account.positionCount > most.positionCount ? account : most));
for (let times = 0; times < HANDED_OVER; times += 1) done('handing', posted(accountApart(state, largest.account.account, null)));
const again = read();
const later = done('reloading', holding(again));
done('reloading', reloading(state, again.standing, later));
console.log(JSON.stringify(stretches));

/** What goes to another thread is written down for it at one go. */
function* posted<T>(work: Slices<T>): Slices<Buffer> {
  const made = yield* work;
  yield;
  return serialize(made);
}

/** Does the work in the stretches that `inSlices` makes of it. What another program took of the processor meanwhile is none of it. */
function done<T>(stage: keyof Stretches, work: Slices<T>): T {
  for (;;) {
    const [began, before] = [performance.now(), process.threadCpuUsage()];
    let step = work.next();
    while (step.done !== true && performance.now() < began + SLICE_MS) step = work.next();
    stretches[stage].push(Math.min(performance.now() - began, since(before) + TICK_MS));
    if (step.done === true) return step.value;
  }
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function read(): BookRead {
  const book = openBook(path, { user: 'bench', program: 'bench', now: () => new Date().toISOString(), readOnly: true });
  if (!book.ok) throw new Error(book.fault.message);
  const whole = bookReading(() => '2026-11-20').whole(book.value);
  closeBook(book.value);
  return whole;
}
