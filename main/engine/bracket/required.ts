import type { RulePack } from '../packs/schema.ts';
import { BRACKET_ENTRIES } from './terms.ts';

/** Entries of the bracket section that the layers leave unset; empty when positions can be margined. */
export function missingFromBracket(packs: readonly RulePack[]): string[] {
  const entries = BRACKET_ENTRIES.filter((name) => packs.every(({ bracket }) => bracket?.[name] === undefined)).map((name) => `bracket.${name}`);
  const hasMarkets = packs.some(({ bracket }) => bracket?.markets !== undefined || bracket?.otherMarkets !== undefined);
  return hasMarkets ? entries : [...entries, 'bracket.markets'];
}
