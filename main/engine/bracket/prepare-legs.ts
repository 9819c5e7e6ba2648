import type { FutureInstrument, PerpetualInstrument } from '../../../shared/domain/instrument.ts';
import { currency as currencySchema } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText, isDecimalText, toDecimalText } from '../../../shared/money.ts';
import { quantityInLots } from '../../../shared/quantum.ts';
import { greatest, input, least, product, type Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import type { Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { SetAside } from '../pool/holding.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { COIN_PLACES, textOf, type Leg, type Lot } from './leg.ts';
import { FACTOR_PLACES } from './lognormal-factors.ts';
import type { BracketMarket } from './market-schema.ts';
import { bracketTerms } from './terms.ts';
import { bracketsOf, DERIVED_RATE_PLACES } from './tiers.ts';

/** The positions of a pool as legs, those that cannot be margined with the reason, and remarks on the others. */
export interface PreparedLegs {
  legs: Leg[];
  setAside: SetAside[];
  remarks: Unpriced[];
}

/** Whole digits and decimals that an amount built on a leg may have together: a text of 50 characters holds them. */
const DIGITS_MAX = 46;
/** Room for adding a pool's positions up. */
const SUM_DIGITS = 2;

export function prepareLegs(pool: PreparedPool, market: MarketView, rules: Rules): PreparedLegs {
  const prepared: PreparedLegs = { legs: [], setAside: [], remarks: [] };
  const apart = bracketTerms(rules).netting.value === 'hedge';
  const side = ({ quantity }: PositionInput): string => (apart ? (quantity.startsWith('-') ? ' short' : ' long') : '');
  const contracts = pool.input.positions.filter(({ instrument }) => market.terms(instrument)?.kind !== 'option');
  const groups = Map.groupBy(contracts, (row) => `${row.instrument}\n${row.subType}${side(row)}`);
  for (const [, rows] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const leg = prepareLeg(rows, pool.input.currency, market, rules);
    if ('reason' in leg) prepared.setAside.push(leg);
    else if (!leg.quantity.isZero() || leg.lots.length > 0) prepared.legs.push(leg);
  }
  prepared.remarks = remarksOn(prepared.legs, market, rules);
  return prepared;
}

function prepareLeg(rows: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): Leg | SetAside {
  const { instrument, subType } = rows[0] as PositionInput;
  const terms = market.terms(instrument);
  const price = market.price(instrument);
  const quantity = rows.reduce((sum, row) => sum.plus(fromDecimalText(row.quantity)), new Decimal(0));
  const refuse = (reason: string, badge: SetAside['badges'][number] = 'notMarginedYet'): SetAside => ({
    instrument,
    subType,
    quantity: writable(quantity) ?? (rows[0] as PositionInput).quantity,
    price: price && toDecimalText(price.amount),
    group: instrument,
    reason,
    // Long or short, a contract on margin can lose more than was put up for it.
    indeterminate: true,
    badges: [badge],
  });
  if (!terms) return refuse('its terms are not known');
  if (terms.kind !== 'perpetual' && terms.kind !== 'future') return refuse(`positions of kind ${terms.kind} have no brackets`);
  if (terms.kind === 'future' && terms.expiry && terms.expiry < market.businessDate) return refuse(`it expired on ${terms.expiry}`, 'expired');
  if (terms.multiplier === null) return refuse('its multiplier is not known');
  if (!price) return refuse(market.priceProblem(instrument), 'unpriced');
  const inverse = terms.settlement === 'inverse';
  if (price.amount.isNegative()) return refuse('its price is below zero, and brackets are of notional values above it');
  if (inverse && price.amount.isZero()) return refuse('it is paid in coin and its price is zero', 'unpriced');
  const venue = bracketTerms(rules).market(instrument, terms);
  if (!venue) return refuse(`no rule pack of ${rules.packs.join(', ')} knows its market`);
  const settlesIn = inverse ? coinOf(terms) : terms.currency;
  if (settlesIn === null) return refuse('the coin it is paid in is not known');
  const conversion = market.conversion(settlesIn, currency);
  if (!conversion) return refuse(`no exchange rate from ${settlesIn} into ${currency} is known`);
  if (rows.some((row) => !quantityInLots(row.quantity, rules.quantityLot).ok)) return refuse(`the quantity ${writable(quantity) ?? ''} is not a whole number of lots of ${rules.quantityLot}`);
  if (rows.some(({ settledPrice }) => settledPrice === null)) return refuse('the price at which its gains were last paid out is not known', 'unpriced');
  const lots = lotsOf(rows);
  if (inverse && lots.some(({ since }) => since?.lte(0))) return refuse('it is paid in coin and its entry price is not above zero');
  const stats = market.input.stats?.get(instrument);
  const leg: Leg = {
    instrument,
    subType,
    terms,
    group: terms.underlying ?? instrument,
    market: venue,
    quantity,
    lots,
    multiplier: textOf(terms.multiplier) ?? new Decimal(1),
    inverse,
    settlesIn,
    conversion,
    price,
    worsePrice: worsePrice(instrument, price, quantity.isNegative(), market),
    leverage: rows.reduce<Decimal | null>((lowest, row) => lesserOf(lowest, textOf(row.leverage)), null),
    fundingShare: fundingShare(instrument, stats),
    stats: { openInterest: textOf(stats?.openInterest), skewScale: textOf(stats?.skewScale) },
  };
  const problem = problemOf(leg);
  if (problem) return refuse(problem);
  return fits(leg) ? leg : refuse('quantity, price and exchange rate have too many digits to multiply exactly');
}

/** What a market's rates need and the file does not give. */
function problemOf({ market: { value }, inverse, stats, leverage }: Leg): string | null {
  const { kind } = value.rate;
  if (leverage?.lte(0)) return 'its leverage is not above zero';
  if (kind === 'skew' && !stats.skewScale?.gt(0)) return 'the skew scale of its market is not known';
  if (kind === 'openInterest' && stats.openInterest === null && value.rate.upper !== value.rate.lower) return 'the open interest of its market is not known';
  if (inverse && (kind === 'linear' || kind === 'root' || kind === 'skew')) return 'rates that grow with the number of coins are not known for contracts paid in coin';
  return null;
}

/** Rows of one price are one lot, so that neither order nor splitting changes a figure. */
function lotsOf(rows: readonly PositionInput[]): Lot[] {
  const since = ({ settledPrice, entryPrice }: PositionInput): string | null => settledPrice ?? entryPrice;
  const groups = [...Map.groupBy(rows, since)].toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));
  const lots = groups.map(([price, same]) => ({ since: price === null ? null : fromDecimalText(price), quantity: same.reduce((sum, row) => sum.plus(fromDecimalText(row.quantity)), new Decimal(0)) }));
  return lots.filter(({ quantity }) => !quantity.isZero());
}

/** The coin that a contract on it is paid in: the underlying, where that is the name of a currency. */
function coinOf({ underlying }: FutureInstrument | PerpetualInstrument): string | null {
  return underlying && currencySchema.safeParse(underlying).success ? underlying : null;
}

function worsePrice(instrument: string, price: Figure, short: boolean, market: MarketView): Figure {
  const bounds = market.input.bounds?.get(instrument);
  if (!bounds) return price;
  const bound = input(fromDecimalText(short ? bounds.high : bounds.low), price.unit, { label: `${short ? 'Upper' : 'Lower'} bound of ${instrument}`, source: 'price feed', subject: { instrument } });
  const about = { label: `The worse price of ${instrument} for its holder`, subject: { instrument } };
  return short ? greatest(price.unit, [price, bound], about) : least(price.unit, [price, bound], about);
}

/** Rate of the interval under way × the share of it that has gone by. */
function fundingShare(instrument: string, stats: { fundingRate?: string | undefined; fundingElapsed?: string | undefined } | undefined): Figure | null {
  const [rate, elapsed] = [textOf(stats?.fundingRate), textOf(stats?.fundingElapsed)];
  if (!rate || !elapsed) return null;
  const about = (label: string) => ({ label: `${label} of ${instrument}`, source: 'market', subject: { instrument } });
  return product('ratio', [input(rate, 'ratio', about('Funding rate')), input(elapsed, 'factor', about('Share of the funding interval gone by'))], { label: `Funding due on ${instrument}` });
}

function remarksOn(legs: readonly Leg[], market: MarketView, rules: Rules): Unpriced[] {
  const { initialPrice, maintenancePrice } = bracketTerms(rules);
  if (initialPrice.value === 'mark' && maintenancePrice.value === 'mark') return [];
  return legs.filter(({ instrument }) => !market.input.bounds?.has(instrument)).map(({ instrument }) => ({ instrument, reason: 'the bounds of its price feed are not known: the mark stands for both', indeterminate: false }));
}

function fits({ quantity, lots, multiplier, price, worsePrice: worse, conversion, inverse, market, leverage }: Leg): boolean {
  const widest = lots.reduce((sum, lot) => sum.plus(lot.quantity.abs()), quantity.abs());
  const prices = [price.amount, worse.amount, ...lots.flatMap(({ since }) => since ?? [])].map((amount) => amount.abs());
  const priceDecimals = inverse ? COIN_PLACES : Math.max(...prices.map((amount) => amount.decimalPlaces()));
  const greatestPrice = inverse ? new Decimal(1).div(Decimal.min(...prices)) : Decimal.max(...prices, 1);
  const rates = conversion.map(({ amount }) => amount);
  const size = [widest, multiplier, ...rates].reduce((total, factor) => total.times(factor), greatestPrice);
  const decimals = (inverse ? 0 : widest.decimalPlaces() + multiplier.decimalPlaces()) + priceDecimals + rates.reduce((sum, rate) => sum + rate.decimalPlaces(), 0);
  return Math.max(size.e, 0) + SUM_DIGITS + decimals + rateDecimals(market.value, leverage !== null) <= DIGITS_MAX;
}

/** Decimals that the market's rates add to a product. */
function rateDecimals({ rate, closingFee = '0' }: BracketMarket, hasLeverage: boolean): number {
  const fee = new Decimal(closingFee).decimalPlaces();
  if (rate.kind === 'tiers') return Math.max(fee, hasLeverage ? COIN_PLACES : 0, ...bracketsOf(rate).flatMap(({ maintenance, initial, initialLeverage, maintenanceLeverage }) => [maintenance.decimalPlaces(), initial.decimalPlaces(), initialLeverage || maintenanceLeverage ? COIN_PLACES : 0]));
  if (rate.kind === 'lognormal') return FACTOR_PLACES;
  if (rate.kind === 'skew') return DERIVED_RATE_PLACES + new Decimal(rate.maintenanceShare).decimalPlaces();
  const { kind: _kind, ...numbers } = rate;
  const [most = 0, next = 0] = Object.values(numbers).map((number) => new Decimal(number).decimalPlaces()).toSorted((a, b) => b - a);
  return Math.max(fee, hasLeverage ? COIN_PLACES : 0, most + next);
}

function lesserOf(a: Decimal | null, b: Decimal | null): Decimal | null {
  return a && b ? Decimal.min(a, b) : (a ?? b);
}

function writable(amount: Decimal): string | null {
  const text = toDecimalText(amount);
  return isDecimalText(text) ? text : null;
}

