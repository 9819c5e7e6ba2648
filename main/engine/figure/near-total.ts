import { Decimal } from '../../../shared/money.ts';
import type { Remembering } from '../pool/kept.ts';
import { lazily, sum, type About, type Figure } from './figure.ts';

/** Figures, and what they add up to. */
interface Total {
  figures: readonly Figure[];
  amount: Decimal;
}

/**
 * What figures add up to. Where most of them are those of the last total of this name, only what differs is taken off and
 * put on: amounts are exact, so it is the same to the last unit.
 */
export function nearTotal(near: Remembering | undefined, name: string, figures: readonly Figure[]): Decimal {
  const before = near?.store.get(`total ${name}`) as Total | undefined;
  const amount = before?.figures.length === figures.length ? moved(before, figures) : figures.reduce((total, figure) => total.plus(figure.amount), new Decimal(0));
  near?.store.set(`total ${name}`, { figures, amount } satisfies Total);
  return amount;
}

function moved(before: Total, figures: readonly Figure[]): Decimal {
  let { amount } = before;
  for (let at = 0; at < figures.length; at += 1) {
    const [old, figure] = [before.figures[at] as Figure, figures[at] as Figure];
    if (old !== figure) amount = amount.minus(old.amount).plus(figure.amount);
  }
  return amount;
}

/** A sum whose children are mostly those of the last sum of this name. */
export function nearSum(near: Remembering | undefined, name: string, unit: string, children: readonly Figure[], about: About): Figure {
  if (!near) return sum(unit, children, about);
  const unverified = about.rule?.status === 'unverified' || children.some((child) => child.unverified);
  return lazily({ amount: nearTotal(near, name, children), op: 'sum', unit, about, unverified }, () => children);
}
