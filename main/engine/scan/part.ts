import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { SetAside } from '../pool/holding.ts';
import { madeOf, type Remembering } from '../pool/kept.ts';
import { withoutAsides, type PreparedGroup } from '../pool/prepared-group.ts';
import { chargeBeside, isScanned, type Beside } from './beside.ts';
import { isContract, prepareContracts, type ContractHolding } from './contracts.ts';
import { finestPlaces, type ScanLeg } from './leg.ts';
import { legsOf, type GroupedLegs } from './legs.ts';
import type { ScanRules } from './rules.ts';

/** What a scan takes from one group of a pool. */
export interface ScanPart {
  /** What remembers what is made of the group's legs. */
  of: Remembering;
  scanned: GroupedLegs;
  contracts: readonly ContractHolding[];
  beside: Beside;
  setAside: readonly SetAside[];
  /** The group with what it is worth here: what cannot be scanned counts for nothing, as if it had no mark; it must not lend. */
  counted: Pick<PreparedGroup, 'holdings' | 'worth'>;
  /** Places that its gains have, nothing rounded; counted when it is read. */
  finest: () => number;
}

export function scanPart(group: PreparedGroup, currency: string, market: MarketView, rules: Rules, scan: ScanRules): ScanPart {
  const byRule = scan.method === 'classes' ? group.holdings.filter((holding) => !isScanned(holding)) : [];
  const { contracts, setAside } = prepareContracts({ currency, positions: group.positions }, market, rules);
  const before = group.before?.store.get('scan') as ScanPart | undefined;
  // Held for as long as the group itself: not by the next one too.
  delete group.before;
  const of = { store: group.store };
  const scanned = legsOf(group.holdings.filter((holding) => !byRule.includes(holding)), contracts, market, scan, before?.scanned.legOf);
  const { holdings, worth } = withoutAsides(group, scanned.setAside, currency);
  const others = group.setAside.filter(({ instrument }) => !isContract(market.terms(instrument)?.kind));
  return {
    of,
    scanned,
    contracts,
    beside: chargeBeside(byRule, currency, market, rules),
    setAside: [...others, ...setAside, ...scanned.setAside],
    counted: { holdings, worth },
    finest: () => madeOf(of, 'finest', () => finestPlaces([...scanned.groups.values()].flat())),
  };
}

/** Legs that are scanned together, and what remembers what is made of them: null where several groups of the pool have some. */
export interface HeldLegs {
  id: string;
  legs: readonly ScanLeg[];
  of: Remembering | null;
}

/** The legs of all parts by what they are scanned with, in the order of its names. */
export function heldLegs(parts: readonly ScanPart[]): HeldLegs[] {
  const held = new Map<string, HeldLegs>();
  for (const { of, scanned } of parts) {
    for (const [id, legs] of scanned.groups) {
      const before = held.get(id);
      held.set(id, before ? { id, legs: [...before.legs, ...legs], of: null } : { id, legs, of });
    }
  }
  return [...held.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
