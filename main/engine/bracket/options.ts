import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, product, quotient, sum, type Figure } from '../figure/figure.ts';
import type { PositionMargin } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { OptionHolding, SetAside } from '../pool/holding.ts';
import { holdingsOf, type PreparedPool } from '../pool/prepare-pool.ts';
import type { OptionRates } from './section.ts';
import { bracketTerms, ruleInput, type Sourced } from './terms.ts';

/** An option of a venue pool: worth its market value, and asked by itself where it is short. */
export interface ChargedOption {
  holding: OptionHolding;
  initial: Figure;
  maintenance: Figure;
  rates: Sourced<OptionRates>;
}

/** Options in the pool that can be margined, and those that cannot, with the reason. */
export function chargeOptions(pool: PreparedPool, market: MarketView, rules: Rules): { options: ChargedOption[]; setAside: SetAside[] } {
  const isOption = ({ instrument }: { instrument: string }): boolean => market.terms(instrument)?.kind === 'option';
  const options: ChargedOption[] = [];
  const setAside: SetAside[] = pool.setAside.filter(isOption);
  for (const holding of holdingsOf(pool)) {
    if (holding.class !== 'option') continue;
    const charged = chargeOption(holding, pool, market, rules);
    if (typeof charged === 'string') setAside.push(aside(holding, charged));
    else options.push(charged);
  }
  return { options, setAside };
}

function aside({ instrument, subType, quantity, price, terms }: OptionHolding, reason: string): SetAside {
  return { instrument, subType, quantity: toDecimalText(quantity), price: toDecimalText(price.amount), group: terms.underlying, reason, indeterminate: true, badges: ['notMarginedYet'] };
}

function chargeOption(holding: OptionHolding, pool: PreparedPool, market: MarketView, rules: Rules): ChargedOption | string {
  const { instrument, terms, quantity } = holding;
  const { currency } = pool.input;
  const rates = bracketTerms(rules).optionRates(terms.underlying);
  if (!rates) return `no rule pack of ${rules.packs.join(', ')} has rates for options on ${terms.underlying}`;
  const nothing = (label: string): Figure => input(new Decimal(0), currency, { label, source: 'paid for in full' });
  if (!quantity.isNegative()) return { holding, rates, initial: nothing(`Long ${instrument}`), maintenance: nothing(`Long ${instrument}`) };
  const underlying = market.price(terms.underlying);
  if (!underlying) return market.priceProblem(terms.underlying);
  if (isInCoin(terms) && !underlying.amount.gt(0)) return `it is paid in coin and ${terms.underlying} has no price above zero`;
  return shortOption(holding, rates, underlying, soldAt(instrument, pool), currency);
}

/** Places of a distance out of the money in coin. */
const COIN_PLACES = 20;

/** Priced and paid out in the coin it is on. One that is paid out in coin but priced in money is margined in money, at the rate of now. */
function isInCoin({ settlement, currency, underlying }: OptionHolding['terms']): boolean {
  return settlement === 'inverse' && currency === underlying;
}

/** Shares of the underlying's price are shares of one coin where the option is in coin. */
function shortOption(holding: OptionHolding, rates: Sourced<OptionRates>, underlying: Figure, sold: Figure | null, currency: string): ChargedOption {
  const { instrument, quantity, price, multiplier, conversion } = holding;
  const { rule, value } = rates;
  const subject = { instrument };
  const { unit } = price;
  const share = (text: string, label: string): Figure => ruleInput(fromDecimalText(text), 'ratio', label, rule);
  const of = (text: string, label: string, base: Figure): Figure => product(unit, [share(text, label), base], { label });
  const coin = isInCoin(holding.terms);
  const base = coin ? input(new Decimal(1), unit, { label: `One ${holding.terms.underlying}`, source: 'by definition' }) : underlying;
  const count = input(quantity.abs(), 'contracts', { label: () => `Short ${instrument}`, source: 'position', subject });
  const total = (each: Figure, label: string): Figure => product(currency, [count, multiplier, each, ...conversion], { label: () => `${instrument}, ${label}`, rule, subject });
  const keeping = greatest(unit, [of(value.maintenance, 'Maintenance, of the underlying', base), of(value.maintenance, 'Maintenance, of the option', price)], { label: 'For keeping a short option' });
  const maintenance = total(sum(unit, [keeping, price, of(value.closingFee, 'Fee of closing', base)], { label: 'Maintenance of one' }), 'maintenance');
  const less = difference(unit, [of(value.initial, 'Initial, of the underlying', base), outOfTheMoney(holding, underlying)], { label: 'Initial, less what it is out of the money' });
  const opening = greatest(unit, [less, of(value.least, 'Initial at least, of the underlying', base)], { label: 'For opening a short option' });
  const worth = sold ? greatest(unit, [price, sold], { label: 'Price, or what it was sold at' }) : price;
  const asked = total(sum(unit, [opening, worth], { label: 'Initial of one' }), 'initial');
  return { holding, rates, maintenance, initial: greatest(currency, [asked, maintenance], { label: () => `${instrument}, initial, no less than maintenance`, subject }) };
}

function outOfTheMoney({ instrument, terms, price }: OptionHolding, underlying: Figure): Figure {
  const coin = isInCoin(terms);
  const unit = coin ? underlying.unit : price.unit;
  const strike = input(fromDecimalText(terms.strike), unit, { label: `Strike of ${instrument}`, source: 'contract terms' });
  const nothing = input(new Decimal(0), unit, { label: 'Nothing', source: 'by definition' });
  const away = difference(unit, terms.right === 'call' ? [strike, underlying] : [underlying, strike], { label: 'Strike, away from the underlying' });
  const out = greatest(unit, [nothing, away], { label: 'Out of the money' });
  return coin ? quotient(price.unit, out, underlying, COIN_PLACES, { label: 'Out of the money, by the price of the coin' }) : out;
}

/** The dearest price that a row of the position was sold at; null where none is known. */
function soldAt(instrument: string, { input: pool }: PreparedPool): Figure | null {
  const prices = pool.positions.filter((row) => row.instrument === instrument && row.quantity.startsWith('-')).flatMap(({ entryPrice }) => (entryPrice === null ? [] : [fromDecimalText(entryPrice)]));
  return prices.length === 0 ? null : input(Decimal.max(...prices), 'price', { label: `Price at which ${instrument} was sold`, source: 'position', subject: { instrument } });
}

export function optionMargin({ holding, initial, maintenance, rates: { rule } }: ChargedOption, currency: string): PositionMargin {
  const { instrument, subType, quantity, price, localValue, value, terms } = holding;
  const regT = input(new Decimal(0), currency, { label: 'Regulation T does not apply at a venue', source: 'by definition' });
  return {
    instrument,
    subType,
    quantity: toDecimalText(quantity),
    price: toDecimalText(price.amount),
    localValue,
    value,
    requirement: { regT, exchange: maintenance, houseInitial: initial, houseMaintenance: maintenance },
    group: terms.underlying,
    strategy: `${quantity.isNegative() ? 'short' : 'long'} ${terms.right} at a venue`,
    rule: rule.cites,
    parts: null,
    badges: rule.status === 'unverified' ? ['unverifiedRule'] : [],
  };
}
