import type { OptionInstrument } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, least, product, quotient, sum, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';
import type { ResolvedParameter, Rules } from '../packs/rules.ts';
import { whole } from './terms.ts';

/** Lives for which a pack may set the part of the strike at risk until expiry, in days. */
const LIVES = [7, 14, 28, 42, 56] as const;
const PLACES = 18;
const DAY = 86_400_000;

/**
 * What an option written against collateral asks: the part of the strike that can be lost until expiry, of the strike or
 * the shocked spot, and all of what a shocked spot puts it in the money. A call paid out in coin is counted in coin, with
 * strike and spot exchanged. The reason where something is not known.
 */
export function writtenOption(instrument: string, terms: OptionInstrument, written: Decimal, currency: string, market: MarketView, rules: Rules): Figure | string {
  const spot = market.price(terms.underlying);
  if (!spot) return market.priceProblem(terms.underlying);
  const life = daysBetween(market.businessDate, terms.expiry);
  const part = partFor(life, rules);
  const shock = rules.optional('lending.option.spotShock');
  if (!part || !shock) return `no rule pack says what an option of ${life} days asks`;
  const subject = { instrument };
  const count = input(written.times(terms.multiplier ?? '1'), 'units', { label: () => `Written ${instrument}`, source: 'position', subject });
  const strike = input(fromDecimalText(terms.strike), spot.unit, { label: 'Strike', source: 'contract terms' });
  if (terms.settlement === 'inverse') {
    if (terms.right === 'put') return 'a put paid out in coin has no rule here';
    if (spot.amount.isZero()) return `${terms.underlying} is worth nothing`;
    const ratio = quotient('ratio', strike, spot, PLACES, { label: 'Strike by spot' });
    const shocked = product('ratio', [shock.figure, ratio], { label: 'Strike by shocked spot' });
    return charge(count, part, whole(), shocked, [], currency, instrument);
  }
  const conversion = market.conversion(terms.currency, currency);
  if (!conversion) return `no exchange rate from ${terms.currency} into ${currency} is known`;
  if (terms.right === 'call') return 'a call paid out in money has no rule here';
  return charge(count, part, strike, product(spot.unit, [shock.figure, spot], { label: 'Shocked spot' }), conversion, currency, instrument);
}

function charge(count: Figure, part: ResolvedParameter, strike: Figure, shocked: Figure, conversion: readonly Figure[], currency: string, instrument: string): Figure {
  const { unit } = strike;
  const nothing = input(new Decimal(0), unit, { label: 'Out of the money', source: 'by definition' });
  const until = product(unit, [part.figure, least(unit, [strike, shocked], { label: 'Strike, or the shocked one if less' })], { label: 'Until expiry' });
  const beyond = greatest(unit, [nothing, difference(unit, [strike, shocked], { label: 'Strike less shocked' })], { label: 'In the money after the shock' });
  const each = sum(unit, [until, beyond], { label: 'Each' });
  return product(currency, [count, each, ...conversion], { label: () => `Written ${instrument}`, rule: part.rule, subject: { instrument } });
}

function partFor(life: number, rules: Rules): ResolvedParameter | null {
  const found = LIVES.find((days) => life <= days && rules.optional(`lending.option.timeBound.${days}`) !== null);
  return found === undefined ? null : rules.optional(`lending.option.timeBound.${found}`);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}
