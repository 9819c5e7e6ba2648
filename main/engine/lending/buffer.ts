import { Decimal } from '../../../shared/money.ts';
import type { Rules } from '../packs/rules.ts';
import type { Contents, Counts } from './counts.ts';

/** Collateral and requirement as they must be after a liquidation: a buffer beyond the line. */
export interface Buffered {
  collateral: Decimal;
  requirement: Decimal;
}

/**
 * The requirement with the buffer on debts and on the notional value of perpetuals, and the collateral with the buffer on
 * losses. Debts take it on what is counted, or on their weight first and then again: two readings of one venue.
 */
export function withBuffer({ rows, perpetuals }: Contents, counts: Counts, rules: Rules): Buffered {
  const buffer = new Decimal(rules.optional('lending.liquidation.buffer')?.value ?? '0');
  const isTwice = rules.optionalSetting('lending.buffer') === 'onWeightAndCounted';
  let requirement = counts.liabilities.amount;
  let collateral = counts.assets.amount;
  rows.forEach((row, index) => {
    const owed = (counts.byRow[index]?.amount ?? new Decimal(0)).neg();
    if (owed.lte(0)) return;
    const heavier = isTwice ? owed.plus(row.units.amount.abs().times(row.high.amount).times(buffer)) : owed;
    requirement = requirement.plus(heavier.minus(owed)).plus(heavier.times(buffer));
  });
  for (const { quantity, multiplier, price, gain } of perpetuals) {
    requirement = requirement.plus(quantity.abs().times(multiplier).times(price.amount).times(buffer));
    if (gain.amount.isNegative()) collateral = collateral.plus(gain.amount.times(buffer));
  }
  return { collateral, requirement };
}
