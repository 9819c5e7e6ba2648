import type { Decimal } from '../../../shared/money.ts';
import { difference, greatest, least, type Figure } from '../figure/figure.ts';
import type { OptionHolding } from '../pool/holding.ts';
import { zeroFigure, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { nakedCharge, type UnitCharge } from './naked.ts';
import { chargeLongOption, shortLeg } from './option.ts';

/**
 * A vertical, calendar or diagonal whose long option lasts at least as long as the short one: the long option is paid in full; the short one is charged the lesser of what it would be alone
 * and the spread's largest loss, its intrinsic value at every strike (FINRA 4210(f)(2)(H), Regulatory Notice 12-44).
 */
export function chargeVertical(short: OptionHolding, long: OptionHolding, quantity: Decimal, context: StrategyContext): LegCharge[] {
  const { exchange, house } = verticalUnit(short, long, context);
  return [legCharge(shortLeg(short, quantity, exchange, house, context, 'Short leg of a spread'), context), chargeLongOption(long, quantity, context, true)];
}

/** The short leg's charge per unit, by stack. Without a price of the underlying the largest loss stands alone. */
export function verticalUnit(short: OptionHolding, long: OptionHolding, context: StrategyContext): { exchange: UnitCharge; house: UnitCharge | null } {
  const naked = nakedCharge(short, context);
  const rule = context.rules.settingRule('option.spread');
  const loss = largestLoss(short, long, context);
  const lesser = (alone: UnitCharge | null): UnitCharge => {
    if (!alone) return { gross: loss, risk: loss, rule };
    const gross = least(naked.basis.unit, [loss, alone.gross], { label: 'Lesser of the largest loss and the charge of the short option alone', rule });
    return gross.chosen === 0 ? { gross, risk: gross, rule } : { gross, risk: alone.risk, rule: alone.rule };
  };
  return { exchange: lesser(naked.exchange), house: naked.house && lesser(naked.house) };
}

/**
 * Largest loss per unit over every price. The intrinsic value of two options of one right is constant beyond both
 * strikes and linear between, so the worst is the width where the short option is the dearer one, else nothing.
 */
function largestLoss(short: OptionHolding, long: OptionHolding, context: StrategyContext): Figure {
  const { basis } = nakedCharge(short, context);
  const other = nakedCharge(long, context).basis;
  const width = difference(basis.unit, short.terms.right === 'call' ? [other.strike, basis.strike] : [basis.strike, other.strike], { label: 'Width of the spread against the short option' });
  return greatest(basis.unit, [zeroFigure(basis.unit, 'No loss at any strike'), width], { label: 'Largest loss at any strike' });
}

/** True when the long option can limit the short one: one right, and it lasts at least as long (FINRA 4210(f)(2)(H)). */
export function canSpread(short: OptionHolding, long: OptionHolding): boolean {
  return short.terms.right === long.terms.right && long.terms.expiry >= short.terms.expiry && deliverSame(short, long);
}

/** True when the two can be a vertical: one underlying, right, expiry, and the same thing delivered. */
export function areVertical(short: OptionHolding, long: OptionHolding): boolean {
  const a = short.terms;
  const b = long.terms;
  return a.right === b.right && a.expiry === b.expiry && deliverSame(short, long);
}

/** True when contracts of both deliver the same amount of the same thing, so that one can stand against the other. */
export function deliverSame(first: OptionHolding, second: OptionHolding): boolean {
  return deliveryKey(first) === deliveryKey(second);
}

export function deliveryKey({ terms, multiplier }: OptionHolding): string {
  return [terms.underlying, terms.currency, multiplier.amount.toFixed(), delivers(terms)].join(' ');
}

function delivers({ deliverable, deliverableCash }: OptionHolding['terms']): string {
  return JSON.stringify([deliverable ?? null, deliverableCash ?? null]);
}
