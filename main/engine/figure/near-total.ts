import { Decimal } from '../../../shared/money.ts';
import type { Remembering } from '../pool/kept.ts';
import { lazily, sum, type About, type Figure } from './figure.ts';

/** Figures, what they add up to, and how many of them rest on a rule that nobody has checked. */
interface Total {
  figures: readonly Figure[];
  amount: Decimal;
  unverified: number;
}

const NOTHING: Total = { figures: [], amount: new Decimal(0), unverified: 0 };

/**
 * What figures add up to. Where most of them are those of the last total of this name, only what differs is taken off and
 * put on: amounts are exact, so it is the same to the last unit.
 */
export function nearTotal(near: Remembering | undefined, name: string, figures: readonly Figure[]): Readonly<Total> {
  const before = near?.store.get(`total ${name}`) as Total | undefined;
  const total = before?.figures.length === figures.length ? moved(before, figures) : figures.reduce(plus, { ...NOTHING, figures });
  near?.store.set(`total ${name}`, total);
  return total;
}

function plus({ figures, amount, unverified }: Total, figure: Figure): Total {
  return { figures, amount: amount.plus(figure.amount), unverified: unverified + Number(figure.unverified) };
}

function moved(before: Total, figures: readonly Figure[]): Total {
  if (before.figures === figures) return before;
  let { amount, unverified } = before;
  for (let at = 0; at < figures.length; at += 1) {
    const old = before.figures[at] as Figure;
    const figure = figures[at] as Figure;
    if (old === figure) continue;
    amount = amount.minus(old.amount).plus(figure.amount);
    unverified += Number(figure.unverified) - Number(old.unverified);
  }
  return { figures, amount, unverified };
}

/** A sum whose children are mostly those of the last sum of this name. */
export function nearSum(near: Remembering | undefined, name: string, unit: string, children: readonly Figure[], about: About): Figure {
  if (!near) return sum(unit, children, about);
  const { amount, unverified } = nearTotal(near, name, children);
  return lazily({ amount, op: 'sum', unit, about, unverified: unverified > 0 || about.rule?.status === 'unverified' }, () => children);
}
