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
export async function inSlices<T>(work: Slices<T>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    let step = work.next();
    while (step.done !== true && performance.now() < until) step = work.next();
    if (step.done === true) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
