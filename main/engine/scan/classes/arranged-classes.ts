import type { Remembering } from '../../pool/kept.ts';
import type { ScanLeg } from '../leg.ts';
import { heldLegs, type HeldLegs, type ScanPart } from '../part.ts';
import type { ClassBundle } from './class-group.ts';

/** The bundles of a pool, and which of them are one class that stands in one group alone. */
interface Arranged {
  parts: readonly ScanPart[];
  /** In which rows are counted. */
  places: number;
  bundles: readonly ClassBundle[];
  /** Where the bundle of such a class is, by its underlying. */
  alone: ReadonlyMap<string, number>;
}

export interface Charging {
  places: number;
  /** A class by itself. */
  single: (held: HeldLegs) => ClassBundle;
  /** All classes of a pool, some of them together. */
  all: (held: readonly HeldLegs[]) => readonly ClassBundle[];
}

/** What a pool's classes are charged in: of a group that an edit leaves alone what it was, where it shares no class with another one. */
export function arrangedClasses(near: Remembering | undefined, pool: string, parts: readonly ScanPart[], charging: Charging): readonly ClassBundle[] {
  const before = near?.store.get(`classes ${pool}`) as Arranged | undefined;
  const arranged = (before && movedOn(before, parts, charging)) ?? arrange(parts, charging);
  near?.store.set(`classes ${pool}`, arranged);
  return arranged.bundles;
}

function arrange(parts: readonly ScanPart[], { places, all }: Charging): Arranged {
  const held = heldLegs(parts);
  const inOneGroup = new Set(held.filter(({ of }) => of !== null).map(({ id }) => id));
  const bundles = all(held);
  const alone = new Map<string, number>();
  for (const [place, { classes }] of bundles.entries()) {
    const [only, ...others] = classes;
    if (only && others.length === 0 && inOneGroup.has(only.underlying)) alone.set(only.underlying, place);
  }
  return { parts, places, bundles, alone };
}

/** Null where it cannot be told from the groups that differ alone. */
function movedOn(before: Arranged, parts: readonly ScanPart[], { places, single }: Charging): Arranged | null {
  if (before.places !== places || before.parts.length !== parts.length) return null;
  const bundles = [...before.bundles];
  for (let at = 0; at < parts.length; at += 1) {
    const [old, part] = [before.parts[at] as ScanPart, parts[at] as ScanPart];
    if (part === old) continue;
    const had = old.scanned.groups;
    const has: ReadonlyMap<string, readonly ScanLeg[]> = part.scanned.groups;
    if (has.size !== had.size) return null;
    for (const [id, legs] of has) {
      const place = before.alone.get(id);
      if (place === undefined || !had.has(id)) return null;
      bundles[place] = single({ id, legs, of: part.of });
    }
  }
  return { ...before, parts, bundles };
}
