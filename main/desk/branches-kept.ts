import type { Branch } from './branches.ts';

const BRANCHES_MAX = 64;

/** A base takes about 23 kB a position in memory, with its trees: half a gigabyte for this many. */
const POSITIONS_MAX = 20_000;

/**
 * Puts the branch in use at the end of the line, and gives up those that nobody used for longest: 64 stay, and of large
 * accounts as many as have 20,000 positions together. Branches on one base count its positions once, since they share what
 * was made of it. The one in use stays however large it is.
 */
export function putLast(branches: Map<string, Branch>, used: Branch): void {
  branches.delete(used.id);
  branches.set(used.id, used);
  const bases = new Set<Branch['base']>();
  let [count, left] = [0, POSITIONS_MAX];
  for (const branch of [...branches.values()].toReversed()) {
    const size = bases.has(branch.base) ? 0 : branch.base.account.positions.length;
    if (branch !== used && (count === BRANCHES_MAX || (size > 0 && size > left))) {
      branches.delete(branch.id);
      continue;
    }
    count += 1;
    left -= size;
    bases.add(branch.base);
  }
}
