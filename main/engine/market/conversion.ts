import type { FxFact } from '../../../shared/domain/facts.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { input, quotient, type Figure } from '../figure/figure.ts';

/** Places of a rate that has to be divided out. A rate that is quoted the right way round is taken exactly. */
const CROSS_RATE_PLACES = 10;

/**
 * The factors that turn an amount of `from` into `into`: none for the same currency, one rate otherwise; null when no
 * rate is known. A quoted rate is exact; an inverse or a cross through the base both are quoted in is divided once and
 * rounded by name.
 */
export function conversionFactors(fx: readonly FxFact[], from: Currency, into: Currency): readonly Figure[] | null {
  if (from === into) return [];
  const direct = quoted(fx, from, into);
  if (direct) return [direct];
  const inverse = quoted(fx, into, from);
  if (inverse) return [divided(one(into), inverse, from, into)];
  for (const { base } of fx) {
    const first = quoted(fx, from, base);
    const second = quoted(fx, into, base);
    if (first && second) return [divided(first, second, from, into)];
  }
  return null;
}

function quoted(fx: readonly FxFact[], currency: Currency, base: Currency): Figure | null {
  const fact = fx.find((rate) => rate.currency === currency && rate.base === base);
  if (!fact) return null;
  const rate = fromDecimalText(fact.rate);
  // A rate of zero or less is no rate: it would make positions vanish or change sides.
  if (rate.lte(0)) return null;
  return input(rate, `${base}/${currency}`, { label: `Exchange rate ${currency} into ${base}`, source: () => `${fact.asOf}, ${fact.source}` });
}

function divided(dividend: Figure, divisor: Figure, from: Currency, into: Currency): Figure {
  return quotient(`${into}/${from}`, dividend, divisor, CROSS_RATE_PLACES, { label: `Exchange rate ${from} into ${into}` });
}

function one(currency: Currency): Figure {
  return input(new Decimal(1), 'factor', { label: `One ${currency}`, source: 'by definition' });
}
