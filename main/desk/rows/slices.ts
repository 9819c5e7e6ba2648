/** Long work in pieces: it yields wherever it may be interrupted, and its value is what it returns. */
export type Slices<T> = Generator<void, T>;

/** As long as one stretch of work lasts before whoever waits is answered. */
export const SLICE_MS = 2;

/** Does the work at one go: for whoever has nobody waiting. */
export function finish<T>(work: Slices<T>): T {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

/** Does the work in stretches of a few milliseconds; between them the thread answers what came in meanwhile. */
export async function inSlices<T>(work: Slices<T>, between: () => Promise<unknown> = nextTurn): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    let step = work.next();
    while (step.done !== true && performance.now() < until) step = work.next();
    if (step.done === true) return step.value;
    await between();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

let heldUntil = 0;

/** Has what this thread does in slices behind edits wait for so long; zero lets it go on. */
export function holdForEdits(ms: number): void {
  heldUntil = performance.now() + ms;
}

/** The same for searches of seconds that stand beside the figures: they wait while somebody edits, who would wait for them on a machine of few processors. */
export function inSlicesBehindEdits<T>(work: Slices<T>): Promise<T> {
  return inSlices(work, async () => {
    await nextTurn();
    for (let left = heldUntil - performance.now(); left > 0; left = heldUntil - performance.now()) await new Promise((resolve) => setTimeout(resolve, Math.min(left, LOOK_AGAIN_MS)));
  });
}

/** A hold may end early. */
const LOOK_AGAIN_MS = 100;
