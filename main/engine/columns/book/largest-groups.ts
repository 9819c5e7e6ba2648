import type { AccountInLanes, GroupShare } from './account-in-lanes.ts';
import type { Computed } from './account.ts';
import { compare, exactly, NOTHING, plus, textOf, type Exact } from './exact.ts';
import { ratioOf } from './pool-figures.ts';

type Largest = Pick<AccountInLanes, 'concentration' | 'driver'>;

/** By group, in the order in which positions are shown: pool by pool, then by name. */
type Groups = ReadonlyMap<string, { gross: Exact; maintenance: Exact }>;

/** The largest groups of an account by gross value and by house maintenance: of equals the first that is shown. */
export function largestGroups(pools: readonly Computed[]): Largest {
  const apart = pools.some(({ beside }) => beside !== null) ? null : groupsApart(pools);
  if (apart) return { concentration: largestApart(apart, 'gross'), driver: largestApart(apart, 'maintenance') };
  const groups = groupsOf(pools);
  return { concentration: largestOf(groups, 'gross'), driver: largestOf(groups, 'maintenance') };
}

/** The largest groups of one pool, and all of them, in its lane's own numbers. */
interface OfPool {
  digits: number;
  gross: Most;
  maintenance: Most;
}

interface Most {
  group: string;
  amount: number;
  all: number;
}

/** Null where two pools have a group in common, which then counts as one. */
function groupsApart(pools: readonly Computed[]): OfPool[] | null {
  const names = new Set<string>();
  let isShared = false;
  const found = pools.map(({ lane, at, amounts: { digits } }, place): OfPool => {
    const of: OfPool = { digits, gross: { group: '', amount: -Infinity, all: 0 }, maintenance: { group: '', amount: -Infinity, all: 0 } };
    lane.eachGroup(at, (name, gross, maintenance) => {
      isShared ||= place > 0 && names.has(name);
      if (pools.length > 1) names.add(name);
      count(of.gross, name, gross);
      count(of.maintenance, name, maintenance);
    });
    return of;
  });
  return isShared ? null : found;
}

function count(most: Most, group: string, amount: number): void {
  most.all += amount;
  if (!(amount > most.amount)) return;
  most.amount = amount;
  most.group = group;
}

function largestApart(pools: readonly OfPool[], by: 'gross' | 'maintenance'): GroupShare | null {
  let all = NOTHING;
  let largest: { group: string; amount: Exact } | null = null;
  for (const { digits, [by]: most } of pools) {
    if (most.amount === -Infinity) continue;
    const amount = exactly(most.amount, digits);
    all = plus(all, exactly(most.all, digits));
    if (!largest || compare(amount, largest.amount) > 0) largest = { group: most.group, amount };
  }
  return largest && groupShare(largest.group, largest.amount, all);
}

function groupsOf(pools: readonly Computed[]): Groups {
  const groups = new Map<string, { gross: Exact; maintenance: Exact }>();
  for (const { lane, at, beside, amounts: { digits } } of pools) {
    const own: { name: string; gross: Exact; maintenance: Exact }[] = [...(beside?.groups ?? [])];
    lane.eachGroup(at, (name, gross, maintenance) => own.push({ name, gross: exactly(gross, digits), maintenance: exactly(maintenance, digits) }));
    for (const { name, gross, maintenance } of own.sort((a, b) => (`${a.name}\n` < `${b.name}\n` ? -1 : 1))) {
      const before = groups.get(name) ?? { gross: NOTHING, maintenance: NOTHING };
      groups.set(name, { gross: plus(before.gross, gross), maintenance: plus(before.maintenance, maintenance) });
    }
  }
  return groups;
}

function largestOf(groups: Groups, by: 'gross' | 'maintenance'): GroupShare | null {
  let all = NOTHING;
  let largest: { group: string; amount: Exact } | null = null;
  for (const [group, amounts] of groups) {
    all = plus(all, amounts[by]);
    if (!largest || compare(amounts[by], largest.amount) > 0) largest = { group, amount: amounts[by] };
  }
  return largest && groupShare(largest.group, largest.amount, all);
}

function groupShare(group: string, amount: Exact, all: Exact): GroupShare | null {
  const share = ratioOf(amount, all);
  return share && { group, share: textOf(share), amount: textOf(amount), all: textOf(all) };
}
