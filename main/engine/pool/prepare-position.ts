import type { Instrument } from '../../../shared/domain/instrument.ts';
import type { PositionBadge } from '../../../shared/domain/margin-state.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { quantityInLots } from '../../../shared/quantum.ts';
import { input, product, type Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { digitsProblem } from './digits.ts';
import type { Holding, SetAside } from './holding.ts';

/** Either a holding the rules can be applied to, or the reason why not. */
export type Prepared = { holding: Holding } | { setAside: SetAside };

type Refusal = { reason: string; badges?: readonly PositionBadge[]; indeterminate?: boolean };

/**
 * Values one position. A long that cannot be valued counts for nothing; a short that cannot, or a kind that no rule here
 * covers, leaves the pool indeterminate.
 */
export function preparePosition(position: PositionInput, poolCurrency: string, market: MarketView, rules: Rules): Prepared {
  const terms = market.terms(position.instrument);
  const quantity = fromDecimalText(position.quantity);
  const setAside = ({ reason, badges = ['unpriced'], indeterminate = quantity.isNegative() }: Refusal): Prepared => ({
    setAside: {
      instrument: position.instrument,
      subType: position.subType,
      quantity: position.quantity,
      price: priceText(market, position.instrument),
      group: terms?.kind === 'option' ? terms.underlying : position.instrument,
      reason,
      indeterminate,
      badges,
    },
  });

  if (!terms) return setAside({ reason: 'its terms are not known', indeterminate: true });
  const refused = refusal(terms, quantity, market, rules);
  if (refused) return setAside(refused);
  const lots = quantityInLots(position.quantity, rules.quantityLot);
  if (!lots.ok) return setAside({ reason: `the quantity ${position.quantity} is not a whole number of lots of ${rules.quantityLot}`, indeterminate: true });
  const multiplier = multiplierOf(terms);
  if (multiplier === null) return setAside({ reason: 'its multiplier is not known', badges: ['adjusted'] });
  const price = market.price(position.instrument);
  if (!price) return setAside({ reason: market.priceProblem(position.instrument) });
  const conversion = market.conversion(terms.currency, poolCurrency);
  if (!conversion) return setAside({ reason: `no exchange rate from ${terms.currency} into ${poolCurrency} is known` });
  const factors = [quantity, multiplier, widest(terms, price.amount, market), leverageOf(terms, market), ...conversion.map(({ amount }) => amount)];
  const tooLong = digitsProblem(factors, market.decimalsMax);
  if (tooLong !== null) return setAside({ reason: tooLong, indeterminate: true });
  return { holding: holdingOf(position, terms, quantity, multiplier, price, conversion, poolCurrency) };
}

/** Reasons that lie in the terms, before any price is asked for. */
function refusal(terms: Instrument, quantity: Decimal, market: MarketView, { model }: Rules): Refusal | null {
  switch (terms.kind) {
    case 'equity':
    case 'etf':
    case 'bond':
      return null;
    case 'option':
      if (terms.expiry < market.businessDate) return expired(terms, quantity, market);
      if (terms.adjusted === true && !terms.deliverable) return { reason: 'it was adjusted and what it delivers is not known', badges: ['adjusted'] };
      // A venue's tiers count in coin; rules of stock and scans of money say nothing of it.
      if (terms.settlement === 'inverse' && model !== 'bracket') return { reason: 'options paid out in coin are not margined under these rules', badges: ['notMarginedYet'], indeterminate: true };
      return null;
    case 'warrant':
      // Bought with money in full, a warrant can lose no more than its price; sold short there is no rule for it here.
      return quantity.isNegative() ? { reason: 'short warrants are not margined yet', badges: ['notMarginedYet'] } : null;
    case 'index':
    case 'future':
    case 'perpetual':
    case 'coin':
    case 'loan':
    case 'cfd':
    case 'other':
      break;
  }
  return { reason: `positions of kind ${terms.kind} are not margined yet`, badges: ['notMarginedYet'], indeterminate: true };
}

/** An option past its expiry is worth nothing until the book says what became of it; a short one may have been assigned. */
function expired(terms: Extract<Instrument, { kind: 'option' }>, quantity: Decimal, market: MarketView): Refusal {
  const reason = `it expired on ${terms.expiry}`;
  if (!quantity.isNegative()) return { reason, badges: ['expired'], indeterminate: false };
  const spot = market.price(terms.underlying)?.amount;
  if (!spot) return { reason: `${reason}; ${market.priceProblem(terms.underlying)}, so it may have been assigned`, badges: ['expired'], indeterminate: true };
  const strike = fromDecimalText(terms.strike);
  const inTheMoney = terms.right === 'call' ? spot.gt(strike) : spot.lt(strike);
  return inTheMoney ? { reason: `${reason} in the money and may have been assigned`, badges: ['expired'], indeterminate: true } : { reason, badges: ['expired'], indeterminate: false };
}

/** Never assumed for options; a share is a share, and a bond is priced in per cent of its face. */
export function multiplierOf(terms: Instrument): Decimal | null {
  if (terms.multiplier === null) return null;
  if (terms.multiplier !== undefined) return fromDecimalText(terms.multiplier);
  if (terms.kind === 'option') return null;
  return new Decimal(terms.kind === 'bond' ? '0.01' : '1');
}

/** The amount a unit can be multiplied with that has the most digits: for an option also its strike and underlying. */
function widest(terms: Instrument, price: Decimal, market: MarketView): Decimal {
  // At least one: a rule may ask an amount a share of stock that is worth nothing.
  if (terms.kind !== 'option') return Decimal.max(price, 1).eq(price) ? price : new Decimal(1).plus(new Decimal(10).pow(-price.decimalPlaces()));
  const amounts = [price, fromDecimalText(terms.strike), market.price(terms.underlying)?.amount ?? price];
  const decimals = Math.max(...amounts.map((amount) => amount.decimalPlaces()));
  const exponent = Math.max(...amounts.map((amount) => amount.e));
  return new Decimal(10).pow(exponent).plus(new Decimal(10).pow(-decimals));
}

function leverageOf(terms: Instrument, market: MarketView): Decimal {
  const fund = terms.kind === 'option' ? market.terms(terms.underlying) : terms;
  return fromDecimalText((fund?.kind === 'etf' || fund?.kind === 'index' ? fund.leverage : undefined) ?? '1');
}

function holdingOf(position: PositionInput, terms: Instrument, quantity: Decimal, multiplier: Decimal, price: Figure, conversion: readonly Figure[], currency: string): Holding {
  const { instrument, subType } = position;
  const unit = terms.kind === 'option' ? 'contracts' : terms.kind === 'bond' ? 'face' : 'shares';
  const multiplierFigure = input(multiplier, 'factor', { label: `Multiplier of ${instrument}`, source: 'contract terms' });
  const count = input(quantity, unit, { label: () => `Quantity of ${instrument}`, source: 'position', subject: { instrument } });
  const scaled: readonly Figure[] = multiplier.eq(1) ? [] : [multiplierFigure];
  const value = product(currency, [count, ...scaled, price, ...conversion], { label: () => `Market value of ${instrument}`, subject: { instrument } });
  const localValue = quantity.times(multiplier).times(price.amount);
  const base = { instrument, subType, quantity, unit, price, conversion, multiplier: multiplierFigure, localValue, value } as const;
  if (terms.kind === 'option') return { ...base, class: 'option', terms };
  if (terms.kind === 'bond') return { ...base, class: 'bond', terms };
  return { ...base, class: 'stock', terms: terms as Extract<Holding, { class: 'stock' }>['terms'] };
}

function priceText(market: MarketView, instrument: string): string | null {
  const price = market.price(instrument);
  return price ? toDecimalText(price.amount) : null;
}
