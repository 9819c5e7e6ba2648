/** Work that may be interrupted wherever it yields. */
export type Sliced<Value> = Generator<void, Value>;

/** Does it at one go. */
export function atOnce<Value>(work: Sliced<Value>): Value {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}
