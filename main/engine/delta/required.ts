import type { RulePack } from '../packs/schema.ts';
import { BESIDE } from '../scan/required.ts';

/** What a stack of delta packs leaves unset, by name: a type for what no other lists, and the rules beside it. */
export function missingFromDelta(packs: readonly RulePack[]): string[] {
  const types = new Map(packs.flatMap(({ delta }) => Object.entries(delta?.types ?? {})));
  return [
    ...([...types.values()].some(({ members }) => members === undefined) ? [] : ['delta.types without members']),
    ...BESIDE.filter((key) => packs.every(({ parameters }) => !Object.hasOwn(parameters, key))),
  ];
}
