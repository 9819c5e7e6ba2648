import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { greatest, input, product, sum, type Figure } from '../figure/figure.ts';
import { expm1 } from '../pricing/elementary.ts';
import type { Quote } from '../standard-options/feed.ts';
import type { GridCollateral } from './collateral.ts';
import type { GridContents, GridFuture, GridOption } from './legs.ts';
import type { VenueGridSection } from './section.ts';

const ZERO = new Decimal(0);
const PLACES = 15;

/** What is charged beside the grid, by what it is for. */
export interface Contingencies {
  perpetual: { maintenance: Figure; initial: Figure };
  option: { maintenance: Figure; initial: Figure };
  collateral: { maintenance: Figure; initial: Figure };
  /** On opening alone. */
  confidence: Figure;
  /** Scaled with the worst loss. */
  roll: Figure;
  offset: Figure;
}

/** Units short by strike, calls and puts of one strike held against each other. Never below zero. */
export function netShortByStrike(options: readonly Pick<GridOption, 'strike' | 'units'>[]): Decimal {
  const strikes = Map.groupBy(options, ({ strike }) => strike.toFixed());
  return [...strikes.values()].reduce((total, rows) => total.plus(Decimal.max(0, rows.reduce((net, { units }) => net.plus(units), ZERO).neg())), ZERO);
}

/** Long and short futures that offset each other: the lesser of the two sides. */
export function offsettingSize(sizes: readonly Decimal[]): Decimal {
  const side = (sign: 1 | -1): Decimal => sizes.filter((size) => size.times(sign).gt(0)).reduce((total, size) => total.plus(size.abs()), ZERO);
  return Decimal.min(side(1), side(-1));
}

export function contingenciesOf(contents: GridContents, assets: readonly GridCollateral[], grid: VenueGridSection, currency: string, rule: RuleReference): Contingencies {
  const spot = (underlying: string): Quote | undefined => contents.spots.get(underlying);
  const rate = (value: string | undefined, label: string): Figure => input(new Decimal(value ?? '0'), 'ratio', { label, rule, source: `rule pack ${rule.pack}` });
  const sized = (size: Decimal, underlying: string, label: string): Figure => product(currency, [input(size, 'units', { label: `Size of ${label}`, source: 'positions' }), spot(underlying)?.price ?? input(ZERO, currency, { label: 'No spot', source: 'market' })], { label: `Spot value of ${label}` });
  const perpetuals = contents.futures.map((future) => ({ future, value: sized(future.units.abs(), future.underlying, future.instrument) }));
  const shorts = contents.expiries.map(({ underlying, expiresAt, options }) => sized(netShortByStrike(options), underlying, `${underlying} options of ${expiresAt.slice(0, 10)} short by strike`));
  const total = (values: readonly Figure[], label: string): Figure => sum(currency, values, { label });
  const share = (of: Figure, value: string | undefined, label: string): Figure => product(currency, [of, rate(value, label)], { label, rule });
  const perpetualValue = total(grid.contingencies ? perpetuals.map(({ value }) => value) : [], 'Spot value of perpetuals and futures');
  const shortValue = total(grid.contingencies ? shorts : [], 'Spot value of options short by strike');
  const haircut = (name: 'maintenance' | 'initial'): Figure =>
    total(assets.map((asset) => product(currency, [asset.value, input(asset[name], 'ratio', { label: `Haircut of ${asset.instrument}, ${name}`, rule, source: `rule pack ${rule.pack}` })], { label: asset.instrument, subject: { instrument: asset.instrument } })), `Haircuts of collateral, ${name}`);
  return {
    perpetual: { maintenance: share(perpetualValue, grid.contingencies?.perpetualMaintenance, 'Perpetuals, of spot value'), initial: share(perpetualValue, grid.contingencies?.perpetualInitial, 'Perpetuals on opening, of spot value') },
    option: { maintenance: share(shortValue, grid.contingencies?.optionMaintenance, 'Short options, of spot value'), initial: share(shortValue, grid.contingencies?.optionInitial, 'Short options on opening, of spot value') },
    collateral: { maintenance: haircut('maintenance'), initial: haircut('initial') },
    confidence: total(doubts(contents, assets, perpetuals, grid, sized).map(({ name, value, confidence }) => product(currency, [value, input(new Decimal(1).minus(confidence), 'ratio', { label: `Doubt of the feed of ${name}`, source: `1 − confidence ${confidence.toFixed()}` }), rate(grid.confidence?.factor, 'What doubt asks')], { label: name })), 'Feeds that are not sure'),
    roll: total(rolls(contents.futures, grid, currency, rate), 'Rolling futures over'),
    offset: product(currency, [input(offsettingSize(contents.futures.map(coinSize)), 'units', { label: 'Futures that offset each other', source: 'positions' }), rate(grid.futuresOffset, 'Futures that offset each other')], { label: 'Futures that offset each other', rule }),
  };
}

/** What is priced by a feed below the threshold. Collateral is doubted with the spot of the pool too. */
function doubts(contents: GridContents, assets: readonly GridCollateral[], perpetuals: readonly { future: GridFuture; value: Figure }[], { confidence }: VenueGridSection, sized: (size: Decimal, underlying: string, label: string) => Figure): { name: string; value: Figure; confidence: Decimal }[] {
  if (!confidence) return [];
  const spots = [...contents.spots.values()].map((quote) => quote.confidence);
  const spotOf = (underlying: string): Decimal => contents.spots.get(underlying)?.confidence ?? new Decimal(1);
  return [
    ...perpetuals.map(({ future, value }) => ({ name: future.instrument, value, confidence: Decimal.min(future.quote.confidence, spotOf(future.underlying)) })),
    ...contents.expiries.map((expiry) => ({ name: `${expiry.underlying} options of ${expiry.expiresAt.slice(0, 10)}`, value: sized(expiry.options.reduce((all, { units }) => all.plus(units.abs()), ZERO), expiry.underlying, `${expiry.underlying} options of ${expiry.expiresAt.slice(0, 10)}`), confidence: expiry.confidence })),
    ...assets.map((asset) => ({ name: asset.instrument, value: asset.value, confidence: Decimal.min(asset.confidence, ...spots) })),
  ].filter((feed) => feed.confidence.lt(confidence.threshold));
}

/** Each expiry's delta times what rolling it may cost: at least a set share, more the longer it is. */
function rolls(futures: readonly GridFuture[], { roll }: VenueGridSection, currency: string, rate: (value: string, label: string) => Figure): Figure[] {
  if (!roll) return [];
  const groups = [...Map.groupBy(futures, ({ years, isPerpetual, instrument }) => (isPerpetual || years > 0 ? `${years}` : instrument))];
  return groups.map(([, rows]) => {
    const years = rows[0]?.years ?? 0;
    const delta = rows.reduce((total, future) => total.plus(deltaValue(future)), ZERO).abs();
    const label = `Futures ${rows.map(({ instrument }) => instrument).join(', ')}`;
    const cost = greatest('ratio', [rate(roll.least, 'Least cost of rolling over'), input(new Decimal(expm1(Number(roll.rate) * years)).toDecimalPlaces(PLACES), 'ratio', { label: 'Cost by the time left', source: `e^(${roll.rate} × ${years}) − 1` })], { label: 'Cost of rolling over' });
    return product(currency, [input(delta, currency, { label: `Delta of ${label}`, source: 'positions' }), cost], { label });
  });
}

/** In the pool's currency: coin for an inverse contract, money for a linear one. */
function deltaValue({ units, quote, isInverse }: GridFuture): Decimal {
  return isInverse ? units.div(quote.price.amount).toDecimalPlaces(PLACES + 5) : units.times(quote.price.amount);
}

function coinSize({ units, quote, isInverse }: GridFuture): Decimal {
  return isInverse ? units.div(quote.price.amount).toDecimalPlaces(PLACES + 5) : units;
}

/** A minimum charge whose slices count for more the larger it is: Σ slice × multiple. `upTo` rises; the last is open. */
export function tieredCharge(amount: Decimal, tiers: readonly { upTo: Decimal | null; multiple: Decimal }[]): Decimal {
  let [from, total] = [ZERO, ZERO];
  for (const { upTo, multiple } of tiers) {
    const to = upTo === null ? amount : Decimal.min(upTo, amount);
    if (to.gt(from)) total = total.plus(to.minus(from).times(multiple));
    from = Decimal.max(from, to);
  }
  return total;
}
