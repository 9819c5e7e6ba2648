import { assert, fail, succeed, type Result } from './result.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from './money.ts';

/**
 * The smallest step a pool counts money in. `none` is the reference lane: exact decimals, nothing rounded.
 * Fast lanes declare a step per margin currency (USD "0.0001", a coin "0.000000000001") so that every amount is
 * a whole number of quanta and sums do not depend on order.
 */
export type MoneyQuantum = DecimalText | 'none';

/** Quantity in whole lots. A fault, not a rounding, when it is not a whole number of them: nothing is lost silently. */
export function quantityInLots(quantity: DecimalText, lot: DecimalText): Result<bigint> {
  const lots = fromDecimalText(quantity).div(fromDecimalText(lot));
  if (!lots.isInteger()) {
    return fail({ code: 'not-a-whole-lot', message: `The quantity ${quantity} is not a whole number of lots of ${lot}.` });
  }
  return succeed(BigInt(lots.toFixed()));
}

/** An amount as a whole number of quanta, rounded once, half-even. In the `none` lane nothing may ask for this. */
export function moneyInQuanta(amount: Decimal, quantum: MoneyQuantum): bigint {
  assert(quantum !== 'none', 'the reference lane has no quantum to round to');
  return BigInt(amount.div(fromDecimalText(quantum)).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).toFixed());
}

/** Back from quanta to money, exactly. */
export function moneyFromQuanta(quanta: bigint, quantum: MoneyQuantum): DecimalText {
  assert(quantum !== 'none', 'the reference lane has no quantum to multiply by');
  return toDecimalText(new Decimal(quanta.toString()).times(fromDecimalText(quantum)));
}
