import { closeBook, openBook } from '../../main/books/open.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import type { BookStanding } from '../../main/desk/desk-state.ts';
import { chunksOf } from '../../main/desk/fact-chunks.ts';
import { applyingMark, holding, opening, reloading } from '../../main/desk/recompute.ts';
import { SLICE_MS, type Slices } from '../../main/desk/rows/slices.ts';
import { sectionsOf } from '../../main/desk/snapshot-sections.ts';

/** Processor time, in milliseconds, of each stretch of the desk thread's work between two moments at which it answers. */
export type Stretches = Record<'opening' | 'prices' | 'reloading', number[]>;

/** Linux may count a thread's time in ticks of this length. */
const TICK_MS = 4;
const STANDING: BookStanding = { name: 'bench', sequence: 1, readOnly: true, heldBy: null, lastOfficialRun: null, calls: [], start: { prior: null, closes: [] }, strikes: new Map(), lastActions: new Map() };

// `stretches-child.ts BOOK INSTRUMENT …`: the desk thread's work, as it does it, and how long each stretch of it is.
const [path = '', ...instruments] = process.argv.slice(2);
const stretches: Stretches = { opening: [], prices: [], reloading: [] };
const first = read();
const holdings = done('opening', holding({ standing: STANDING, facts: chunksOf(first.facts), positions: first.held }));
const state = done('opening', opening(STANDING, holdings));
done('opening', sectionsOf(state));
for (const instrument of instruments) {
  const mark = state.holdings.marks.get(instrument);
  if (!mark) throw new Error(`there is no mark of ${instrument}`);
  for (const value of ['50', '51', '52']) done('prices', applyingMark(state, { ...mark, value, kind: 'manual' }, 2));
}
const again = read();
const later = done('reloading', holding({ standing: STANDING, facts: chunksOf(again.facts), positions: again.held }));
done('reloading', reloading(state, STANDING, later));
console.log(JSON.stringify(stretches));

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

function read(): Extract<ReturnType<typeof readHeld>, { ok: true }>['value'] {
  const book = openBook(path, { user: 'bench', program: 'bench', now: () => new Date().toISOString(), readOnly: true });
  if (!book.ok) throw new Error(book.fault.message);
  const held = readHeld(book.value);
  closeBook(book.value);
  if (!held.ok) throw new Error(held.fault.message);
  return held.value;
}
