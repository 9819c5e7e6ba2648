import type { Holdings } from '../../main/desk/holdings.ts';
import { Decimal } from '../../shared/money.ts';

/**
 * The bench's peer: the plainest way to compute the same kind of figures with Decimal objects. Every position's value
 * and one flat requirement per stack, parsed from text each time; no pairing, no explanation, no statuses. It is less
 * work than the engine does, and says what the arithmetic alone costs.
 */
export function naiveRecompute(holdings: Holdings): Decimal {
  let checksum = new Decimal(0);
  for (const { account, positions, cash } of holdings.accounts.values()) {
    let equity = new Decimal(0);
    let regT = new Decimal(0);
    let exchange = new Decimal(0);
    let house = new Decimal(0);
    for (const { currency, amount, kind } of cash) {
      if (kind !== 'settled') equity = equity.plus(new Decimal(amount).times(rate(holdings, currency, account.baseCurrency)));
    }
    for (const { instrument, quantity } of positions) {
      const terms = holdings.instruments.get(instrument)?.terms;
      const price = holdings.marks.get(instrument)?.value;
      if (!terms || price === undefined || terms.multiplier === null) continue;
      const value = new Decimal(quantity).times(price).times(terms.multiplier ?? '1').times(rate(holdings, terms.currency, account.baseCurrency));
      if (terms.kind !== 'option') equity = equity.plus(value);
      const long = value.isPositive();
      regT = regT.plus(value.abs().times('0.5'));
      exchange = exchange.plus(value.abs().times(long ? '0.25' : '0.3'));
      house = house.plus(Decimal.max(value.abs().times(long ? '0.25' : '0.3'), value.abs().times(long ? '0.3' : '0.35')));
    }
    checksum = checksum.plus(equity).minus(house).minus(regT).minus(exchange);
  }
  return checksum;
}

function rate(holdings: Holdings, currency: string, base: string): Decimal {
  if (currency === base) return new Decimal(1);
  const known = holdings.fx.find((fx) => fx.currency === currency && fx.base === base);
  return new Decimal(known?.rate ?? 1);
}
