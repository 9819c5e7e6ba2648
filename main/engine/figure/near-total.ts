import { Decimal } from '../../../shared/money.ts';
import type { Remembering } from '../pool/kept.ts';
import { lazily, sum, type About, type Figure } from './figure.ts';

/** What figures add up to, and how many of them rest on a rule that nobody has checked. */
interface Total {
  amount: Decimal;
  unverified: number;
}
type Totals<Name extends string> = Readonly<Record<Name, Total>>;

const NOTHING: Total = { amount: new Decimal(0), unverified: 0 };

/**
 * What the figures of these items add up to, name by name. Where most of them are the items of the last totals of this
 * name, only what differs is taken off and put on: amounts are exact, so it is the same to the last unit.
 */
export function nearTotals<Item, Name extends string>(near: Remembering | undefined, name: string, items: readonly Item[], names: readonly Name[], figureOf: (item: Item, name: Name) => Figure): Totals<Name> {
  const before = near?.store.get(`totals ${name}`) as { items: readonly Item[]; totals: Totals<Name> } | undefined;
  const places = before?.items.length === items.length ? placesApart(before.items, items) : null;
  const total = (each: Name): Total => {
    if (!before || !places) return items.reduce((soFar, item) => plus(soFar, figureOf(item, each)), NOTHING);
    return places.reduce((soFar, at) => plus(less(soFar, figureOf(before.items[at] as Item, each)), figureOf(items[at] as Item, each)), before.totals[each]);
  };
  const totals = places?.length === 0 && before ? before.totals : (Object.fromEntries(names.map((each) => [each, total(each)])) as Totals<Name>);
  near?.store.set(`totals ${name}`, { items, totals });
  return totals;
}

function placesApart<Item>(before: readonly Item[], items: readonly Item[]): number[] {
  const places: number[] = [];
  if (before !== items) for (let at = 0; at < items.length; at += 1) if (items[at] !== before[at]) places.push(at);
  return places;
}

export function plus({ amount, unverified }: Total, figure: Figure): Total {
  return { amount: amount.plus(figure.amount), unverified: unverified + Number(figure.unverified) };
}

function less({ amount, unverified }: Total, figure: Figure): Total {
  return { amount: amount.minus(figure.amount), unverified: unverified - Number(figure.unverified) };
}

/** The sum of which this is the total. */
export function sumOf({ amount, unverified }: Total, unit: string, children: () => readonly Figure[], about: About): Figure {
  return lazily({ amount, op: 'sum', unit, about, unverified: unverified > 0 || about.rule?.status === 'unverified' }, children);
}

/** A sum whose children are mostly those of the last sum of this name. */
export function nearSum(near: Remembering | undefined, name: string, unit: string, children: readonly Figure[], about: About): Figure {
  if (!near) return sum(unit, children, about);
  return sumOf(nearTotals(near, name, children, ['sum'], (child) => child).sum, unit, () => children, about);
}
