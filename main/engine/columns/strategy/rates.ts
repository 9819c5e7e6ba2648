import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import { INSTRUMENT_RATES, type InstrumentRateName } from '../../packs/schema.ts';
import type { StrategyTerms } from './terms.ts';

/** What a stock is asked of its market value, by stack, as fractions; null where the house sets nothing. */
export interface StockRates {
  regTLong: Decimal;
  exchangeLong: Decimal;
  houseLong: Decimal | null;
  houseInitialLong: Decimal | null;
  exchangeShort: Decimal;
  houseShort: Decimal | null;
  houseInitialShort: Decimal | null;
}

/** What a short option is asked of its underlying (or of a put's strike, at least), and a protective one of its strike. */
export interface OptionRates {
  short: Decimal;
  minimum: Decimal;
  houseShort: Decimal | null;
  houseMinimum: Decimal;
  strike: Decimal;
}

/** Rates of stock, and of options on it. */
export interface RatesBook {
  stock: (id: InstrumentId, terms: Instrument) => StockRates;
  option: (underlying: InstrumentId, terms: Instrument | null) => OptionRates;
}

/** Most instruments have no rate of their own, and then all of one leverage are asked the same: looked up once. */
export function ratesBook(terms: StrategyTerms): RatesBook {
  const { rules } = terms;
  const isListed = rules.sections('perInstrument').length > 0;
  const keyOf = (id: InstrumentId, own: Instrument | null): string => {
    const isOwn = isListed && INSTRUMENT_RATES.some((name) => rules.instrumentRate(id, name) !== null);
    return isOwn ? `of ${id}` : `${own?.kind ?? ''} ${leverageOf(own)} ${isBroad(own)}`;
  };
  const stocks = new Map<string, StockRates>();
  const options = new Map<string, OptionRates>();
  const onUnderlying = new Map<InstrumentId, OptionRates>();
  return {
    stock: (id, own) => once(stocks, keyOf(id, own), () => stockRates(id, own, terms)),
    option: (id, own) => once(onUnderlying, id, () => once(options, keyOf(id, own), () => optionRates(id, own, terms))),
  };
}

function once<Rates>(known: Map<string, Rates>, key: string, make: () => Rates): Rates {
  const rates = known.get(key) ?? make();
  known.set(key, rates);
  return rates;
}

function leverageOf(terms: Instrument | null): string {
  return ((terms?.kind === 'etf' || terms?.kind === 'index') && terms.leverage) || '1';
}

/** The rates of `strategy/stock-rates.ts` for stock that may be bought on margin. */
function stockRates(id: string, terms: Instrument, { rules }: StrategyTerms): StockRates {
  const leverage = terms.kind === 'etf' ? fromDecimalText(terms.leverage ?? '1') : new Decimal(1);
  const cap = rules.parameter('exchange.leverage.cap').figure.amount;
  const leveraged = (rate: Decimal): Decimal => (leverage.eq(1) ? rate : Decimal.min(cap, rate.times(leverage)));
  const house = (own: InstrumentRateName, general: string): Decimal | null => {
    const listed = rules.instrumentRate(id, own);
    const parameter = rules.optional(general);
    return listed ? listed.figure.amount : parameter && leveraged(parameter.figure.amount);
  };
  return {
    regTLong: rules.parameter('regT.stock.long').figure.amount,
    exchangeLong: leveraged(rules.parameter('exchange.stock.long').figure.amount),
    houseLong: house('maintenance.long', 'house.stock.long.maintenance'),
    houseInitialLong: house('initial.long', 'house.stock.long.initial'),
    exchangeShort: leveraged(rules.parameter('exchange.stock.short.rate').figure.amount),
    houseShort: house('maintenance.short', 'house.stock.short.maintenance'),
    houseInitialShort: house('initial.short', 'house.stock.short.initial'),
  };
}

/** A broad index, or a fund of one. */
export function isBroad(underlying: Instrument | null): boolean {
  return (underlying?.kind === 'etf' || underlying?.kind === 'index') && underlying.class === 'broad';
}

/** The rates of `strategy/naked.ts` and `strategy/protected.ts` for an option on this underlying. */
function optionRates(id: InstrumentId, underlying: Instrument | null, { rules }: StrategyTerms): OptionRates {
  const broad = isBroad(underlying);
  const leverage = fromDecimalText(leverageOf(underlying));
  const value = (key: string): Decimal => rules.parameter(key).figure.amount;
  const minimum = value('exchange.option.short.minimum');
  const listed = rules.instrumentRate(id, 'option.short');
  const general = rules.optional(broad ? 'house.option.short.broad' : 'house.option.short.equity');
  return {
    short: value(broad ? 'exchange.option.short.broad' : 'exchange.option.short.equity').times(leverage),
    minimum: minimum.times(leverage),
    // An instrument's own rate is stated for that instrument, so a fund's leverage is in it already.
    houseShort: listed?.figure.amount ?? general?.figure.amount.times(leverage) ?? null,
    houseMinimum: listed ? minimum : minimum.times(leverage),
    strike: value('exchange.option.protective.strike').times(leverage),
  };
}
