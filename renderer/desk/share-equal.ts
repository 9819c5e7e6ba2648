/**
 * The newer of two answers, in which every part that says what the part before it said is that very object. Whoever draws
 * an answer then has to look only at what is another one: after an edit that is a row or two of many.
 */
export function shareEqual<T>(before: unknown, after: T): T {
  if (Object.is(before, after) || !isPart(before) || !isPart(after) || Array.isArray(before) !== Array.isArray(after)) return after;
  const names = Object.keys(after);
  const [old, shared] = [before as Record<string, unknown>, after as Record<string, unknown>];
  let same = names.length === Object.keys(before).length;
  for (const name of names) {
    // Answers come fresh from the desk and are nobody else's yet.
    shared[name] = shareEqual(old[name], shared[name]);
    same &&= Object.is(shared[name], old[name]) && name in old;
  }
  return same ? (before as T) : after;
}

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
