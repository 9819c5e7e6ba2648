import type { Decimal } from '../../../../shared/money.ts';
import type { Instrument, InstrumentId, OptionInstrument } from '../../../../shared/domain/instrument.ts';
import type { IsoDate } from '../../../../shared/time.ts';
import { atOnce, type Sliced } from '../sliced.ts';
import { NONE, scaledInteger, scaledText } from '../sums/scaled.ts';
import { ranking, type Ranks } from './ranks.ts';
import { isBroad, ratesBook, type OptionRates, type StockRates } from './rates.ts';
import { sharedBytes, sharedDoubles, sharedWords } from './shared-columns.ts';
import type { Formulas, StrategyTerms } from './terms.ts';

/** What the lane can do with an instrument. */
export const NOT_IN_LANE = 0;
export const STOCK = 1;
export const OPTION = 2;

/** What a short option that nothing covers is asked in cash: not that, its underlying, or its strike. */
export const BY_UNDERLYING = 1;
export const BY_STRIKE = 2;

/**
 * Instruments as the strategy lane sees them, one entry each. Prices and strikes are whole numbers of 10^−`priceDigits`,
 * rates of 10^−`rateDigits`, so that an amount (price × rate) is a whole number of 10^−`moneyDigits`. Static but for the
 * last part, which `reprice` fills.
 */
export interface StrategyInstruments extends Ranks {
  currency: string;
  priceDigits: number;
  rateDigits: number;
  moneyDigits: number;
  /** 10^`rateDigits`: the rate 1. */
  one: number;
  kind: Uint8Array;
  /** What an option is on; of everything else itself. −1 where the table does not have it. */
  underlying: Int32Array;
  multiplier: Float64Array;
  strike: Float64Array;
  isCall: Uint8Array;
  /** Expiry as a number that orders like the day. */
  expiry: Int32Array;
  lends: Uint8Array;
  /** 0, BY_UNDERLYING or BY_STRIKE. */
  secured: Uint8Array;
  formulas: Formulas;
  stock: { [Name in keyof StockRates]: Float64Array };
  option: { [Name in keyof OptionRates]: Float64Array };
  general: GeneralRates;
  /** Marks; −1 where there is no usable one. */
  price: Float64Array;
  /** What a short option is asked a share where nothing covers it, its market value included; the house's, or −1. */
  exchangeAlone: Float64Array;
  houseAlone: Float64Array;
  /** More than any amount that a rule makes of one unit; infinite where the instrument is not in the lane, or has no price. */
  reach: Float64Array;
}

/** The terms' numbers in the lane's units: rates, and amounts a share as amounts of money. */
export interface GeneralRates {
  longOption: number;
  longOptionLending: number;
  houseOptionLending: number;
  shortLowRate: number;
  regTShort: number;
  fullyPaid: number;
  shortPerShare: number;
  shortLowPerShare: number;
  optionFloor: number;
  fullyPaidBelow: number;
}

/** Decimals that prices may have; more would leave large accounts no room. */
const PRICE_DIGITS_MAX = 6;
const RATE_DIGITS_MIN = 2;
const RATE_DIGITS_MAX = 6;

export interface InstrumentRow {
  id: InstrumentId;
  terms: Instrument;
}

/**
 * The table of all instruments of a market, for pools in the rules' currency. `priceDigits` is how many decimals marks
 * may have; what has more is not in the lane.
 */
export function strategyInstruments(rows: readonly InstrumentRow[], terms: StrategyTerms, businessDate: IsoDate, priceDigits: number): StrategyInstruments {
  return atOnce(describingInstruments(rows, terms, businessDate, priceDigits));
}

/** Instruments looked at in one stretch. */
const ROWS_AT_ONCE = 512;

/** The same in slices. */
export function* describingInstruments(rows: readonly InstrumentRow[], terms: StrategyTerms, businessDate: IsoDate, priceDigits: number): Sliced<StrategyInstruments> {
  const size = rows.length;
  const { currency } = terms.rules;
  const places = new Map<InstrumentId, number>();
  for (let at = 0; at < size; at += 1) {
    places.set((rows[at] as InstrumentRow).id, at);
    if (at % ROWS_AT_ONCE === 0) yield;
  }
  const termsOf = (id: InstrumentId): Instrument | null => rows[places.get(id) ?? -1]?.terms ?? null;
  const underlying = sharedWords(size);
  const ratesOn = ratesBook(terms);
  const rates: (StockRates | OptionRates | null)[] = [];
  for (let at = 0; at < size; at += 1) {
    const { id, terms: own } = rows[at] as InstrumentRow;
    const isOn = isOption(own, currency, businessDate);
    underlying[at] = isOn ? (places.get(own.underlying) ?? -1) : at;
    rates.push(isOn ? ratesOn.option(own.underlying, termsOf(own.underlying)) : isStock(own, currency) ? ratesOn.stock(id, own) : null);
    if (at % ROWS_AT_ONCE === 0) yield;
  }
  const known = new Set(rates);
  yield;
  const fitting = [...known].filter((own) => own !== null && fits(own)) as (StockRates | OptionRates)[];
  yield;
  const rateDigits = digitsOf([...generalRatesOf(terms), ...fitting.flatMap(ratesOf)]);
  const scaled = new Map(fitting.map((own) => [own, scaledRates(own, rateDigits)]));
  yield;
  const digits = Math.min(priceDigits, PRICE_DIGITS_MAX);
  const ranks = yield* ranking(rows.map(({ id }) => id), underlying);
  const stock = yield* emptyRates(['regTLong', 'exchangeLong', 'houseLong', 'houseInitialLong', 'exchangeShort', 'houseShort', 'houseInitialShort'], size);
  const option = yield* emptyRates(['short', 'minimum', 'houseShort', 'houseMinimum', 'strike'], size);
  const table: StrategyInstruments = {
    currency, priceDigits: digits, rateDigits, moneyDigits: digits + rateDigits, one: 10 ** rateDigits,
    kind: sharedBytes(size), underlying, ...ranks,
    multiplier: sharedDoubles(size).fill(1), strike: sharedDoubles(size), isCall: sharedBytes(size), expiry: sharedWords(size), lends: sharedBytes(size), secured: sharedBytes(size), formulas: terms.formulas,
    stock, option,
    general: generalRates(terms, rateDigits, digits + rateDigits),
    price: empty(size), exchangeAlone: empty(size), houseAlone: empty(size), reach: sharedDoubles(size).fill(Infinity),
  };
  yield;
  for (let at = 0; at < size; at += 1) {
    const { terms: own } = rows[at] as InstrumentRow;
    const ofIt = rates[at] ?? null;
    const asked = ofIt && scaled.get(ofIt);
    if (asked) fill(table, terms.lendsAfter, at, own, asked);
    if (terms.formulas.isCashSecured && own.kind === 'option') table.secured[at] = securedBy(own, termsOf(own.underlying));
    if (at % ROWS_AT_ONCE === 0) yield;
  }
  return table;
}

function empty(size: number): Float64Array {
  return sharedDoubles(size).fill(NONE);
}

function* emptyRates<Name extends string>(names: readonly Name[], size: number): Sliced<Record<Name, Float64Array>> {
  const rates: Partial<Record<Name, Float64Array>> = {};
  for (const name of names) {
    rates[name] = empty(size);
    yield;
  }
  return rates as Record<Name, Float64Array>;
}

function isStock(own: Instrument, currency: string): boolean {
  if (own.kind !== 'equity' && own.kind !== 'etf') return false;
  const plain = own.marginable !== false && (own.multiplier === undefined || own.multiplier === '1');
  return plain && own.currency === currency && !('exchangeableInto' in own && own.exchangeableInto !== undefined);
}

function isOption(own: Instrument, currency: string, businessDate: IsoDate): own is Extract<Instrument, { kind: 'option' }> {
  if (own.kind !== 'option' || own.currency !== currency || own.expiry < businessDate) return false;
  if (own.adjusted === true || own.deliverable !== undefined || own.deliverableCash !== undefined || own.settlement === 'inverse' || own.listed === false) return false;
  const multiplier = own.multiplier ? scaledText(own.multiplier, 0) : null;
  return multiplier !== null && multiplier > 0 && multiplier <= MULTIPLIER_MAX;
}

const MULTIPLIER_MAX = 1_000_000;

function fill(table: StrategyInstruments, lendsAfter: IsoDate, index: number, own: Instrument, rates: Scaled): void {
  if (own.kind !== 'option') {
    table.kind[index] = STOCK;
    for (const name in rates) table.stock[name as keyof StockRates][index] = rates[name] as number;
    return;
  }
  const strike = scaledText(own.strike, table.priceDigits);
  if (strike === null || (table.underlying[index] as number) < 0) return;
  table.kind[index] = OPTION;
  table.strike[index] = strike;
  table.isCall[index] = own.right === 'call' ? 1 : 0;
  table.multiplier[index] = Number(own.multiplier);
  table.expiry[index] = Number(own.expiry.replaceAll('-', ''));
  table.lends[index] = own.expiry > lendsAfter ? 1 : 0;
  for (const name in rates) table.option[name as keyof OptionRates][index] = rates[name] as number;
}

/** As `cashSecured` in `strategy/naked.ts`: what is broad cannot be deposited as such. */
function securedBy({ right }: OptionInstrument, underlying: Instrument | null): number {
  return right === 'put' || isBroad(underlying) ? BY_STRIKE : BY_UNDERLYING;
}

/** Rates by name as whole numbers. */
type Scaled = Record<string, number>;

function scaledRates(own: StockRates | OptionRates, digits: number): Scaled {
  return Object.fromEntries(Object.entries(own).map(([name, rate]) => [name, scaledRate(rate as Decimal | null, digits)]));
}

function scaledRate(rate: Decimal | null, digits: number): number {
  return rate === null ? NONE : (scaledInteger(rate, digits) ?? NONE);
}

/** Rates above 1 would ask more than a position is worth, which the lane's bound on its sums does not reckon with. */
function fits(own: StockRates | OptionRates): boolean {
  return ratesOf(own).every((rate) => rate.lte(1) && rate.decimalPlaces() <= RATE_DIGITS_MAX);
}

function ratesOf(own: StockRates | OptionRates): Decimal[] {
  return Object.values(own as unknown as Record<string, Decimal | null>).flatMap((rate) => rate ?? []);
}

function generalRatesOf({ longOption, longOptionLending, houseOptionLending, shortLowRate, regTShort, fullyPaid }: StrategyTerms): Decimal[] {
  return [longOption, longOptionLending, houseOptionLending, shortLowRate, regTShort, fullyPaid].flatMap((rate) => rate ?? []);
}

/** Decimals of the finest rate of all, and of amounts a share, which have at most six. */
function digitsOf(rates: readonly Decimal[]): number {
  return rates.reduce((most, rate) => Math.max(most, rate.decimalPlaces()), RATE_DIGITS_MIN);
}

function generalRates(terms: StrategyTerms, rateDigits: number, moneyDigits: number): GeneralRates {
  const rate = (amount: Decimal | null): number => scaledRate(amount, rateDigits);
  const money = (amount: Decimal | null): number => scaledRate(amount, moneyDigits);
  return {
    longOption: rate(terms.longOption),
    longOptionLending: rate(terms.longOptionLending),
    houseOptionLending: rate(terms.houseOptionLending),
    shortLowRate: rate(terms.shortLowRate),
    regTShort: rate(terms.regTShort),
    fullyPaid: rate(terms.fullyPaid),
    shortPerShare: money(terms.shortPerShare),
    shortLowPerShare: money(terms.shortLowPerShare),
    optionFloor: money(terms.optionFloor),
    fullyPaidBelow: money(terms.fullyPaidBelow),
  };
}
