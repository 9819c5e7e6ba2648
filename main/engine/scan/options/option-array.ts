import type { InstrumentId, OptionInstrument } from '../../../../shared/domain/instrument.ts';
import { Decimal } from '../../../../shared/money.ts';
import { input, type Figure } from '../../figure/figure.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { UnitArray } from '../leg.ts';
import { priceMoves, weightFigures, type PriceRange } from '../range-array.ts';
import { scenarioMoves } from '../../pricing/scenario-moves.ts';
import { reachOf, shareOf, type ScanRules } from '../rules.ts';
import { rowOf } from '../whole-numbers.ts';
import { pricedOption, type PricedOption } from './option-terms.ts';
import { MODEL_PLACES, optionValue, optionValues, wholeMillionths } from './option-value.ts';
import { impliedVolatility } from './option-volatility.ts';

/** How far price and volatility are moved. */
export interface OptionRange extends PriceRange {
  /** Volatility points, as a fraction; none where the method leaves volatility alone. */
  vol: Decimal | null;
  extreme: { multiplier: string; coveredFraction: string } | null;
}

/**
 * An option's array: its model price in every scenario less its model price now, at the volatility that the market data
 * gives or that its mark implies. The gains are inputs of six places; everything after them is exact. A string says why
 * there is no array.
 */
export function optionArray(instrument: InstrumentId, terms: OptionInstrument, range: OptionRange, market: MarketView, scan: ScanRules): UnitArray | string {
  const option = pricedOption(terms, market, scan);
  if (typeof option === 'string') return option;
  const priced = pricedScenarios(option, sourceOf(instrument, market), range, scan);
  if (typeof priced === 'string') return priced;
  const { volatility, moves, gains, compositeDelta } = priced;
  const { scenarios } = scan.set;
  const weights = scenarios.map((scenario) => reachOf(scenario, range.extreme).weight);
  return {
    ...rowOf(gains.map((gain, at) => gain.times(weights[at] as Decimal))),
    perContract: false,
    compositeDelta,
    ...(volatility.problemWhenShort ? { problemWhenShort: volatility.problemWhenShort } : {}),
    factors: (scenario) => [
      input(gains[scenario] as Decimal, `${terms.currency}/unit`, { label: () => `Model gain of ${instrument}, ${scenarios[scenario]?.label ?? ''}`, source: () => spell(option, volatility, moves[scenario] as Decimal), subject: { instrument } }),
      ...weightFigures(weights[scenario] as Decimal),
    ],
  };
}

/** An option as it is priced now. */
export interface OptionNow {
  instrument: InstrumentId;
  option: PricedOption;
  volatility: number;
  /** Why a short position's figures must not be relied on; left out where they may be. */
  problemWhenShort?: string;
}

/** The volatility an option is priced at; a string says why it cannot be. */
export function volatilityNow(instrument: InstrumentId, terms: OptionInstrument, market: MarketView, scan: Pick<ScanRules, 'rate'>): OptionNow | string {
  const option = pricedOption(terms, market, scan);
  if (typeof option === 'string') return option;
  const volatility = volatilityOf(option, sourceOf(instrument, market));
  return typeof volatility === 'string' ? volatility : { instrument, option, volatility: volatility.value, ...(volatility.problemWhenShort ? { problemWhenShort: volatility.problemWhenShort } : {}) };
}

function sourceOf(instrument: InstrumentId, market: MarketView): VolatilitySource {
  return { stated: market.input.impliedVols?.get(instrument) ?? null, mark: market.price(instrument), noMark: market.priceProblem(instrument) };
}

/** What an option's volatility can be taken from. */
interface VolatilitySource {
  stated: string | null;
  mark: Figure | null;
  noMark: string;
}

interface PricedScenarios {
  volatility: FoundVolatility;
  /** Of the price, as a fraction. */
  moves: Decimal[];
  /** Of one unit, in the option's currency, before any weight. */
  gains: Decimal[];
  compositeDelta: Decimal | null;
}

/** Options priced under each set of rules. Pricing is dear and the same for whoever asks, so it is remembered; pure. */
const remembered = new WeakMap<ScanRules, Map<string, PricedScenarios | string>>();
const REMEMBERED_MAX = 5_000;

function pricedScenarios(option: PricedOption, from: VolatilitySource, range: OptionRange, scan: ScanRules): PricedScenarios | string {
  const known = remembered.get(scan) ?? new Map<string, PricedScenarios | string>();
  remembered.set(scan, known);
  const key = JSON.stringify([option, from.stated, from.mark?.amount ?? from.noMark, range]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const priced = priceScenarios(option, from, range, scan);
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(key, priced);
  return priced;
}

function priceScenarios(option: PricedOption, from: VolatilitySource, range: OptionRange, scan: ScanRules): PricedScenarios | string {
  const volatility = volatilityOf(option, from);
  if (typeof volatility === 'string') return volatility;
  const moves = priceMoves(scan.set.scenarios, range, range.extreme);
  const now = volatility.insteadOfModel ?? optionValue(option, option.spot, volatility.value);
  const volatilities = scan.set.scenarios.map(({ vol }) => (range.vol ? Number(shareOf(range.vol, vol).toFixed()) : 0));
  const values = new Float64Array(moves.length);
  optionValues(values, 0, option, option.spot, volatility.value, scenarioMoves(moves.map((move) => Number(move.toFixed())), volatilities));
  const gains = Array.from(values, (value) => new Decimal(wholeMillionths(value - now)).div(10 ** MODEL_PLACES));
  return { volatility, moves, gains, compositeDelta: compositeDelta(option, volatility.value, moves, scan) };
}

/** Places of a composite delta, as risk parameter files have them. */
const DELTA_PLACES = 4;
/** Of the spot: what the price is moved by to see its slope. */
const SLOPE_STEP = 1e-4;

/** Deltas at the scenarios' prices and the volatility of now, weighted as the scenarios say; null where none says. */
function compositeDelta(option: PricedOption, volatility: number, moves: readonly Decimal[], { set: { scenarios } }: ScanRules): Decimal | null {
  if (scenarios.every(({ deltaWeight }) => deltaWeight === undefined)) return null;
  const total = scenarios.reduce((sum, { deltaWeight }, at) => {
    if (deltaWeight === undefined) return sum;
    return sum + Number(deltaWeight) * slopeAt(option, option.spot * (1 + Number((moves[at] as Decimal).toFixed())), volatility);
  }, 0);
  return new Decimal(total).toDecimalPlaces(DELTA_PLACES).plus(0);
}

/** The option's delta at a spot: its price a little above it less its price a little below, by the distance. */
export function slopeAt(option: PricedOption, spot: number, volatility: number): number {
  const step = option.spot * SLOPE_STEP;
  const below = Math.max(0, spot - step);
  return (optionValue(option, spot + step, volatility) - optionValue(option, below, volatility)) / (spot + step - below);
}

interface FoundVolatility {
  value: number;
  from: string;
  /** What gains are counted from where the model does not meet the mark: a holder loses no more than the mark. */
  insteadOfModel?: number;
  /** Why the array of a short position must not be relied on. */
  problemWhenShort?: string;
}

function volatilityOf(option: PricedOption, { stated, mark, noMark }: VolatilitySource): FoundVolatility | string {
  if (stated !== null) return { value: Number(stated), from: 'stated with the market data' };
  if (!mark) return noMark;
  const implied = impliedVolatility(option, Number(mark.amount.toFixed()));
  if (implied === 'tooDear') return `its mark of ${mark.amount.toFixed()} is more than any volatility explains`;
  if (implied !== 'noTimeValue') return { value: implied.value, from: `implied by its mark of ${mark.amount.toFixed()}` };
  const inTheMoney = option.isCall ? option.spot > option.strike : option.spot < option.strike;
  const alive = option.years > 0 && !inTheMoney;
  return { value: 0, from: `its mark of ${mark.amount.toFixed()} has no time value`, insteadOfModel: Number(mark.amount.toFixed()), ...(alive ? { problemWhenShort: `its mark of ${mark.amount.toFixed()} implies no volatility` } : {}) };
}

function spell({ spot, strike, years, rate, american, isCall }: PricedOption, { value, from }: FoundVolatility, move: Decimal): string {
  const style = american ? 'American' : 'European';
  return `${style} ${isCall ? 'call' : 'put'} on ${spot}, moved by ${move.times(100).toFixed()}%; strike ${strike}, ${years.toFixed(4)} years, rate ${rate}, volatility ${value.toFixed(6)}, ${from}`;
}
