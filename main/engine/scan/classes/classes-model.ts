import { greatest, type Figure } from '../../figure/figure.ts';
import { nearSum } from '../../figure/near-total.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { madeOf } from '../../pool/kept.ts';
import { nearEach } from '../../pool/near.ts';
import type { ScanLeg } from '../leg.ts';
import type { HeldLegs, ScanPart } from '../part.ts';
import type { ScanRules } from '../rules.ts';
import { scanTable, type ScanFrame } from '../table.ts';
import { arrangedClasses } from './arranged-classes.ts';
import { rangeOf } from './portfolio-type.ts';
import { minimumCharge, notionalFloor, offsetClasses, singleClass, type ClassBundle, type ClassGroup } from './class-group.ts';

/** What a pool asks by classes, and the bundles it was charged in. */
export interface ClassesResult {
  maintenance: Figure;
  bundles: readonly ClassBundle[];
}

/**
 * FINRA 4210(g): each underlying is moved across its range with everything that is on it; classes of a product group
 * offset each other in part; the rest adds up.
 */
export function classesRequirement(pool: string, parts: readonly ScanPart[], ruleMoney: readonly Figure[], market: MarketView, rules: Rules, scan: ScanRules, frame: ScanFrame): ClassesResult {
  const perUnit = rules.parameter('portfolio.minimumPerUnit');
  const floor = rules.optional('portfolio.notionalFloor');
  const least = (underlying: string, held: readonly ScanLeg[]): Figure => {
    const minimum = minimumCharge(held, perUnit, ruleMoney, frame.currency);
    return floor ? greatest(frame.currency, [minimum, notionalFloor(held, market.price(underlying), floor, frame.currency)], { label: 'Least requirement', rule: floor.rule }) : minimum;
  };
  const madeAnew = ({ id, legs }: HeldLegs): ClassGroup => ({ underlying: id, table: scanTable(legs, frame), minimum: least(id, legs), rule: rangeOf(id, market, scan)?.type.rule ?? perUnit.rule, store: new Map() });
  const { places } = frame.counting;
  // Rows are counted in the same steps, or the class is another one.
  const classOf = (held: HeldLegs): ClassGroup => (held.of ? madeOf(held.of, `class ${held.id} ${places}`, () => madeAnew(held)) : madeAnew(held));
  const bundles = arrangedClasses(market.kept, pool, parts, {
    places,
    single: (held) => byItself(classOf(held), frame),
    all: (held) => bundled(held.map(classOf), scan).map(({ classes, group }) => (group ? offsetClasses(classes, group, frame) : byItself(classes[0] as ClassGroup, frame))),
  });
  const asked = nearEach(market.kept, `${pool} by class`, bundles, ({ requirement }) => requirement);
  return { maintenance: nearSum(market.kept, `${pool} by class`, frame.currency, asked, { label: 'Portfolio margin by class' }), bundles };
}

function byItself(group: ClassGroup, frame: ScanFrame): ClassBundle {
  return madeOf(group, 'bundle', () => singleClass(group, frame));
}

/** Classes of one product group together, every other by itself; a group of which one class is held is that class. */
function bundled(groups: readonly ClassGroup[], { productGroups }: ScanRules): { classes: ClassGroup[]; group: ScanRules['productGroups'] extends ReadonlyMap<string, infer Group> ? Group | null : never }[] {
  const open = new Set(groups);
  const together = [...productGroups.values()].flatMap((group) => {
    const classes = groups.filter((one) => open.has(one) && group.members.includes(one.underlying));
    if (classes.length < 2) return [];
    for (const one of classes) open.delete(one);
    return [{ classes, group }];
  });
  return [...together, ...[...open].map((one) => ({ classes: [one], group: null }))];
}
