import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { difference, greatest, input, lazily, least, product, sum, type Figure } from '../figure/figure.ts';
import { COIN_PLACES, priceNow, type basisLoss, type ScenarioResult } from './grid.ts';
import type { GridExpiry, GridFuture, GridOption } from './legs.ts';
import type { VenueGridSection } from './section.ts';

const ZERO = new Decimal(0);

/** `spot × 0.82, volatility up`. */
export function scenarioLabel({ scenario }: Pick<ScenarioResult, 'scenario'>): string {
  const vol = { up: ', volatility up', down: ', volatility down', none: '', linear: ', volatilities tilted', absolute: ', volatilities raised on both sides' }[scenario.vol];
  return `Spot × ${scenario.price}${vol}`;
}

export function scenarioFigure(result: ScenarioResult, rule: RuleReference, currency: string): Figure {
  const { allowance, total } = result;
  if (!allowance) return countedFigure(result, rule, currency, scenarioLabel(result));
  return lazily({ amount: total, op: 'difference', unit: currency, about: { label: scenarioLabel(result), rule }, unverified: allowance.unverified || rule.status === 'unverified' }, () => dampened(countedFigure(result, rule, currency, 'What counts of it'), allowance, currency).children);
}

/** A result brought towards nothing, but never beyond it. */
function dampened(counted: Figure, allowance: Figure, currency: string): Figure {
  const label = { label: 'Dampened' };
  const none = input(ZERO, currency, { label: 'Nothing', source: 'by definition' });
  if (!counted.amount.isNegative()) return difference(currency, [counted, least(currency, [allowance, counted], { label: 'Dampened by' })], label);
  const lost = difference(currency, [none, counted], { label: 'What is lost' });
  return difference(currency, [none, difference(currency, [lost, least(currency, [allowance, lost], { label: 'Dampened by' })], { label: 'Loss, dampened' })], label);
}

function countedFigure({ scenario, expiries, futures, collateral, counted }: ScenarioResult, rule: RuleReference, currency: string, label: string): Figure {
  const isSkew = scenario.vol === 'linear' || scenario.vol === 'absolute';
  const counts = input(new Decimal(scenario.counts), 'factor', { label: 'Part that counts', source: 'rule pack' });
  return lazily({ amount: counted, op: 'product', unit: currency, about: { label, rule } }, () => [
    sum(currency, [
      ...expiries.map((row) => {
        const afterwards = product(currency, [input(row.value, currency, { label: `${row.expiry.underlying} options of ${row.expiry.expiresAt.slice(0, 10)} afterwards`, source: 'Black (1976)' }), input(row.discount, 'factor', { label: 'Static discount', source: 'rule pack' })], { label: 'Afterwards, discounted' });
        const before = input(row.now, currency, { label: 'Now', source: 'Black (1976)' });
        const gain = difference(currency, [afterwards, before], { label: `${row.expiry.underlying} options of ${row.expiry.expiresAt.slice(0, 10)}` });
        return isSkew ? asLoss(gain, currency) : gain;
      }),
      ...futures.map(({ future, gain }) => input(gain, currency, { label: future.instrument, source: `units ${future.units.toFixed()} at ${future.quote.price.amount.toFixed()}`, subject: { instrument: future.instrument } })),
      input(collateral, currency, { label: 'Collateral that moves with the spot', source: 'collateral' }),
    ], { label: 'Result' }),
    counts,
  ]);
}

/** A gain charged as a loss: less the greater of it and its opposite. */
function asLoss(gain: Figure, currency: string): Figure {
  const minus = input(new Decimal(-1), 'factor', { label: 'As a loss', source: 'by definition' });
  return product(currency, [minus, greatest(currency, [gain, product(currency, [minus, gain], { label: 'The other way' })], { label: 'Either way' })], { label: gain.about.label });
}

export function basisFigure({ parts }: ReturnType<typeof basisLoss>, currency: string): Figure {
  return sum(currency, parts.map(({ expiry, loss, scale }) => product(currency, [input(loss, currency, { label: 'Worse of both moves of its forward', source: 'Black (1976)' }), input(scale, 'factor', { label: 'By its life', source: 'rule pack' })], { label: `${expiry.underlying} forward of ${expiry.expiresAt.slice(0, 10)}` })), { label: 'Forwards apart from spot' });
}

/** What an expiry's options are worth as the market stands. */
export function expiryNow(expiry: GridExpiry, amount: Decimal, grid: Pick<VenueGridSection, 'inverse'>, currency: string): Figure {
  return lazily({ amount, op: 'sum', unit: currency, about: { label: `${expiry.underlying} options of ${expiry.expiresAt.slice(0, 10)}` } }, () => expiry.options.map((option) => optionNow(option, expiry, grid, currency)));
}

export function optionNow(option: GridOption, expiry: GridExpiry, grid: Pick<VenueGridSection, 'inverse'>, currency: string): Figure {
  const subject = { instrument: option.instrument };
  const price = priceNow(option, expiry, grid);
  const paidIn = expiry.isInverse ? expiry.underlying : currency;
  const source = `Black (1976): forward ${expiry.forward.price.amount.toFixed()}, volatility ${option.vol}${expiry.isInverse ? `; in ${paidIn}, by the ${grid.inverse?.pricedBy ?? 'spot'}` : ''}`;
  return product(currency, [input(option.units, 'units', { label: `Quantity of ${option.instrument}`, source: 'position', subject }), input(price, `${paidIn}/unit`, { label: `Price of ${option.instrument}`, source, subject }), ...expiry.conversion], { label: option.instrument, subject });
}

/** Gain since it was opened; nothing where it was paid out up to the mark. */
export function gainSoFar(future: GridFuture, currency: string): Figure {
  const { instrument, units, quote, entry, isInverse, conversion } = future;
  const about = { label: `Gain on ${instrument}`, subject: { instrument } };
  if (entry === null || entry.isZero()) return input(ZERO, currency, { ...about, source: 'paid out up to the mark' });
  if (!isInverse) return product(currency, [input(units, 'units', { label: `Quantity of ${instrument}`, source: 'position' }), difference(quote.price.unit, [quote.price, input(entry, quote.price.unit, { label: 'Price it was opened at', source: 'position' })], { label: 'Moved since' })], about);
  const gain = units.times(new Decimal(1).div(entry).minus(new Decimal(1).div(quote.price.amount))).toDecimalPlaces(COIN_PLACES);
  const source = `${units.toFixed()} × (1 / ${entry.toFixed()} − 1 / ${quote.price.amount.toFixed()})`;
  if (conversion.length === 0) return input(gain, currency, { ...about, source });
  return product(currency, [input(gain, 'coin', { label: `Gain on ${instrument}, in coin`, source, subject: about.subject }), ...conversion], about);
}

