import type { CalcPack } from '../../../shared/calc-pack.ts';
import type { Difference } from '../../../shared/difference.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { computePack } from './compute-pack.ts';
import { differencesBetween } from './differences.ts';

/** What a recomputation came to: every place where it is not what the document says. Equal when there is none. */
export interface Verification {
  differences: Difference[];
}

/**
 * Computes a pack again and compares with the result it carries, tree by tree. The engine's own version is not compared:
 * a newer engine that gets the same figures agrees. Fault `nothing-to-verify` for a pack without a result.
 */
export function verifyPack(pack: CalcPack): Result<Verification> {
  if (!pack.result) return fail({ code: 'nothing-to-verify', message: 'This calc pack carries no result to compare with.', at: 'result', fix: '"plimsoll margin" computes it; "plimsoll pack" writes one with its result.' });
  const computed = computePack(pack);
  if (!computed.ok) return computed;
  // Through JSON: a state's trees are made when they are read, and a key without a value is no key.
  const now: unknown = JSON.parse(JSON.stringify(computed.value.accounts));
  const stated: unknown = JSON.parse(JSON.stringify(pack.result.accounts));
  return succeed({ differences: differencesBetween(stated, now, ['result', 'accounts']).filter((difference) => !isLaterKey(difference)) });
}

/** A result that was written before engines said this does not disagree by not saying it. */
function isLaterKey({ at, before }: Difference): boolean {
  return before === undefined && /\.(?:unverified|underlyings)$/.test(at);
}
