import { z } from 'zod';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { americanImpliedVol } from '../pricing/american-implied-vol.ts';
import { exp } from '../pricing/elementary.ts';
import { forwardPrice } from '../pricing/european.ts';
import { americanGreeks, europeanGreeks, type Greeks } from '../pricing/greeks.ts';
import { ABOVE_MAXIMUM, BELOW_INTRINSIC, impliedVolSqrtT } from '../pricing/implied-vol.ts';
import { inverseProfit, premiumInCoin } from '../pricing/settlement.ts';

const years = plainDecimalFromZero;
const optionParams = z.strictObject({
  right: z.enum(['call', 'put']),
  style: z.enum(['european', 'american']),
  spot: plainDecimalFromZero,
  strike: plainDecimalFromZero,
  years,
  rate: plainDecimal.default('0'),
  dividendYield: plainDecimal.default('0'),
  /** Cash dividends until expiry, `years` from today each. */
  dividends: z.array(z.strictObject({ years, amount: plainDecimalFromZero })).max(100).default([]),
  /** One of these two: the price is computed from the volatility, or the volatility from the price. */
  volatility: plainDecimalFromZero.optional(),
  price: plainDecimalFromZero.optional(),
});
type OptionParams = z.output<typeof optionParams>;

/** Questions about one option or contract by itself, answered by the models that scenarios are priced with. */
export const PRICING_QUESTIONS: QuestionTable = {
  'pricing.option': questionRow(
    'Price and sensitivities of one option on one unit, from its volatility; or its implied volatility from a price.',
    optionParams,
    (params) => optionAnswer(params),
  ),
  'pricing.inverseProfit': questionRow(
    'Profit in coin of an inverse contract of an amount of quote currency, from one price to another.',
    z.strictObject({ amount: plainDecimal, entry: plainDecimalFromZero, mark: plainDecimalFromZero }),
    ({ amount, entry, mark }) => {
      if (Number(entry) === 0 || Number(mark) === 0) return badQuestion('Entry and mark are prices above zero.', 'params.mark');
      return succeed({ profit: text(inverseProfit(Number(amount), Number(entry), Number(mark))) });
    },
  ),
};

function optionAnswer(params: OptionParams): Result<Answer> {
  if ((params.volatility === undefined) === (params.price === undefined)) {
    return badQuestion('Give the volatility or the price, one of the two.', 'params.volatility');
  }
  if (params.style === 'european' && params.dividends.length > 0) {
    return badQuestion('Cash dividends are for American options here; give a European one the spot less their present value.', 'params.dividends');
  }
  const volatility = params.volatility === undefined ? impliedVol(params, Number(params.price)) : succeed(Number(params.volatility));
  return volatility.ok ? figures(params, volatility.value) : volatility;
}

function impliedVol(params: OptionParams, price: number): Result<number> {
  const { spot, strike, years, rate, dividendYield, isCall, dividends } = numbers(params);
  if (!(spot > 0 && strike > 0 && years > 0)) return badQuestion('An implied volatility needs spot, strike and years above zero.', 'params.years');
  const european = () => impliedVolSqrtT(price * exp(rate * years), forwardPrice(spot, rate, dividendYield, years), strike, isCall);
  const found = params.style === 'european' ? european() : americanImpliedVol(price, spot, strike, years, rate, dividendYield, isCall, dividends);
  if (found === BELOW_INTRINSIC) return noVolatility('price-below-intrinsic', 'below what the option is worth without any volatility');
  if (found === ABOVE_MAXIMUM) return noVolatility('price-above-maximum', 'at or above what it is worth at any volatility');
  if (Number.isNaN(found)) return noVolatility('out-of-range', 'out of the range of the model');
  return succeed(params.style === 'european' ? found / Math.sqrt(years) : found);
}

function figures(params: OptionParams, volatility: number): Result<Answer> {
  const { spot, strike, years, rate, dividendYield, isCall, dividends } = numbers(params);
  const greeks: Greeks =
    params.style === 'european'
      ? europeanGreeks(spot, strike, years, volatility, rate, dividendYield, isCall)
      : americanGreeks(spot, strike, years, volatility, rate, dividendYield, isCall, dividends);
  const { price, delta, gamma, vega, theta, rho } = greeks;
  if (![price, delta, gamma, vega, theta, rho].every(Number.isFinite)) {
    return fail({ code: 'out-of-range', message: 'These terms are out of the range of the model.', at: 'params', fix: 'Rates and volatility are fractions a year, time is in years.' });
  }
  const priceInCoin = spot > 0 ? text(premiumInCoin(price, spot)) : null;
  return succeed({ volatility: text(volatility), price: text(price), priceInCoin, delta: text(delta), gamma: text(gamma), vega: text(vega), theta: text(theta), rho: text(rho) });
}

function numbers(params: OptionParams) {
  return {
    spot: Number(params.spot),
    strike: Number(params.strike),
    years: Number(params.years),
    rate: Number(params.rate),
    dividendYield: Number(params.dividendYield),
    isCall: params.right === 'call',
    dividends: params.dividends.map(({ years, amount }) => ({ years: Number(years), amount: Number(amount) })),
  };
}

/** A model's double as text: twelve decimals, which is more than the models promise. */
function text(value: number): DecimalText {
  return toDecimalText(new Decimal(value).toDecimalPlaces(12));
}

function noVolatility(code: string, why: string) {
  return fail({ code, message: `No volatility explains this price: it is ${why}.`, at: 'params.price', fix: 'Check the price, the spot and the time.' });
}

function badQuestion(message: string, at: string) {
  return fail({ code: 'bad-question', message, at });
}
