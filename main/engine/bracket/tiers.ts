import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { Tier, TierRate } from './market-schema.ts';

/** Places of a rate that follows from a greatest leverage: 1 ÷ 3 has no end. Half-even. */
export const DERIVED_RATE_PLACES = 12;

/** One bracket with everything worked out. */
export interface Bracket {
  /** Sizes above `from` and up to `upTo` are in it; null: without an end. */
  from: Decimal;
  upTo: Decimal | null;
  maintenance: Decimal;
  initial: Decimal;
  /** Deducted from rate × size, so that the tiers join where they are meant to. */
  amount: Decimal;
  /** Where a rate follows from the greatest leverage: what notional value is divided by, since 1 ÷ 3 has no end. */
  initialLeverage: Decimal | null;
  maintenanceLeverage: { share: Decimal; leverage: Decimal } | null;
}

const tables = new WeakMap<TierRate, readonly Bracket[]>();

/** The brackets of a market; the same list every time, since rates never change. */
export function bracketsOf(rate: TierRate): readonly Bracket[] {
  const known = tables.get(rate);
  if (known) return known;
  const made = workedOut(rate);
  tables.set(rate, made);
  return made;
}

function workedOut({ apply, tiers, maintenanceShare }: TierRate): Bracket[] {
  const brackets: Bracket[] = [];
  for (const tier of tiers) {
    const before = brackets.at(-1);
    const from = before?.upTo ?? new Decimal(0);
    const maintenance = maintenanceRate(tier, maintenanceShare);
    const amount = apply === 'step' ? new Decimal(0) : tier.amount !== undefined && apply === 'amount' ? fromDecimalText(tier.amount) : maintenanceAmount(from, maintenance, before?.maintenance ?? maintenance, before?.amount ?? new Decimal(0));
    brackets.push({ from, upTo: tier.upTo === null ? null : fromDecimalText(tier.upTo), maintenance, initial: initialRate(tier) ?? maintenance, amount, ...leverages(tier, maintenanceShare) });
  }
  return brackets;
}

function leverages({ initial, maintenance, leverageMax }: Tier, share = '1'): Pick<Bracket, 'initialLeverage' | 'maintenanceLeverage'> {
  const leverage = leverageMax === undefined ? null : fromDecimalText(leverageMax);
  return { initialLeverage: initial === undefined ? leverage : null, maintenanceLeverage: maintenance === undefined && leverage ? { share: fromDecimalText(share), leverage } : null };
}

function maintenanceRate({ maintenance, leverageMax }: Tier, share: string | undefined): Decimal {
  if (maintenance !== undefined) return fromDecimalText(maintenance);
  return fromDecimalText(share ?? '1').div(leverageMax ?? '1').toDecimalPlaces(DERIVED_RATE_PLACES, Decimal.ROUND_HALF_EVEN);
}

function initialRate({ initial, leverageMax }: Tier): Decimal | null {
  if (initial !== undefined) return fromDecimalText(initial);
  return leverageMax === undefined ? null : new Decimal(1).div(leverageMax).toDecimalPlaces(DERIVED_RATE_PLACES, Decimal.ROUND_HALF_EVEN);
}

/**
 * What a tier deducts so that its requirement meets the tier's before at its lower bound: the amount before, and the
 * bound × the rise of the rate. Money.
 */
export function maintenanceAmount(lowerBound: Decimal, rate: Decimal, rateBefore: Decimal, amountBefore: Decimal): Decimal {
  return amountBefore.plus(lowerBound.times(rate.minus(rateBefore)));
}

/** The bracket a size is in; the last one for sizes beyond it. A bound belongs to the bracket below it. */
export function bracketAt(brackets: readonly Bracket[], size: Decimal): { bracket: Bracket; number: number; beyond: boolean } {
  const found = brackets.findIndex(({ upTo }) => upTo === null || size.lte(upTo));
  const index = found < 0 ? brackets.length - 1 : found;
  return { bracket: brackets[index] as Bracket, number: index + 1, beyond: found < 0 };
}

/** Whether rate × size less the amount can fall below zero inside the bracket: only where a venue states its own amounts. */
export function mayBeNegative({ from, maintenance, amount }: Bracket): boolean {
  return amount.gt(from.times(maintenance));
}
