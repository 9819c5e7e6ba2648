import type { Vector } from './vector.ts';

/** Published figures that cannot be reproduced by anyone, by id, each with the reason. Anything else must pass or fail. */
const SKIPS: Readonly<Record<string, string>> = {};

export function skipReason({ id }: Vector): string | null {
  return Object.hasOwn(SKIPS, id) ? (SKIPS[id] ?? null) : null;
}
