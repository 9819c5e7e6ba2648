import type { AccountInLanes, GroupShare } from './account-in-lanes.ts';
import type { Computed } from './account.ts';
import { compare, exactly, NOTHING, plus, textOf, type Exact } from './exact.ts';
import { ratioOf } from './pool-figures.ts';

type Largest = Pick<AccountInLanes, 'concentration' | 'driver'>;

/** By group, in the order in which positions are shown: pool by pool, then by name. */
type Groups = ReadonlyMap<string, { gross: Exact; maintenance: Exact }>;

/** The largest groups of an account by gross value and by house maintenance: of equals the first that is shown. */
export function largestGroups(pools: readonly Computed[]): Largest {
  const [only] = pools;
  if (only && pools.length === 1 && !only.beside) return largestOfPool(only);
  const groups = groupsOf(pools);
  return { concentration: largestOf(groups, 'gross'), driver: largestOf(groups, 'maintenance') };
}

/** Of one pool in its lane's own numbers. */
function largestOfPool({ lane, at, amounts: { digits } }: Computed): Largest {
  const most = { gross: -Infinity, maintenance: -Infinity, byGross: '', byMaintenance: '', allGross: 0, allMaintenance: 0 };
  lane.eachGroup(at, (name, gross, maintenance) => {
    most.allGross += gross;
    most.allMaintenance += maintenance;
    if (gross > most.gross) {
      most.gross = gross;
      most.byGross = name;
    }
    if (maintenance > most.maintenance) {
      most.maintenance = maintenance;
      most.byMaintenance = name;
    }
  });
  const share = (group: string, amount: number, all: number): GroupShare | null => (all > 0 ? groupShare(group, exactly(amount, digits), exactly(all, digits)) : null);
  return { concentration: share(most.byGross, most.gross, most.allGross), driver: share(most.byMaintenance, most.maintenance, most.allMaintenance) };
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
