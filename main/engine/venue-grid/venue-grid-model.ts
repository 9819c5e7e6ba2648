import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, lazily, product, rounded, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel, PositionMargin } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { pegOf } from '../standard-options/feed.ts';
import { gridCollateral, type GridCollateral } from './collateral.ts';
import { contingenciesOf, type Contingencies } from './contingencies.ts';
import { basisLoss, futureGain, optionPrice, runScenario, valueNow, type ScenarioResult } from './grid.ts';
import { gridContents, type GridContents, type GridExpiry, type GridFuture } from './legs.ts';
import type { VenueGridSection } from './section.ts';

const ZERO = new Decimal(0);
const PLACES = 20;

/** Everything a venue's grid says of a pool: what it is worth, each scenario, what decides, and what is charged beside it. */
export interface GridOutcome {
  grid: VenueGridSection;
  rule: RuleReference;
  contents: GridContents;
  assets: readonly GridCollateral[];
  unpriced: ReturnType<typeof gridCollateral>['unpriced'];
  now: ReadonlyMap<GridExpiry, Decimal>;
  results: readonly ScenarioResult[];
  basis: ReturnType<typeof basisLoss>;
  /** Never below zero; rounded where the venue rounds it. */
  loss: Figure;
  /** Index into `results` of the scenario that decides; −1 when the basis does, −2 when nothing loses. */
  worst: number;
  charges: Contingencies;
  /** Initial factor with what the peg adds. */
  initialFactor: Figure;
  worth: { optionValue: Figure; futures: Figure; collateral: Figure };
}

/** Portfolio margin by a venue's own grid of scenarios and contingencies. */
export const venueGridModel: MarginModel = (pool, market, rules) => {
  const { currency, id } = pool.input;
  const found = gridOutcome(pool, market, rules);
  const { charges, loss } = found;
  const worth = sum(currency, [pool.cash.equity, found.worth.collateral, found.worth.futures, found.worth.optionValue], { label: 'Equity' });
  const factor = input(new Decimal(found.grid.factors.maintenance), 'factor', { label: 'Part of the worst loss to keep positions', rule: found.rule, source: `rule pack ${found.rule.pack}` });
  const risk = sum(currency, [loss, charges.roll, charges.offset], { label: 'Worst loss and rolling over' });
  const kept = [charges.perpetual.maintenance, charges.option.maintenance, charges.collateral.maintenance];
  const reserved = pool.input.external?.reserved;
  const beside = reserved === undefined ? [] : [input(fromDecimalText(reserved), currency, { label: 'Reserved for orders', source: 'external' })];
  const maintenance = sum(currency, [product(currency, [risk, factor], { label: 'Of the worst loss' }), ...kept], { label: 'Maintenance requirement', rule: found.rule, subject: { pool: id } });
  const initial = sum(currency, [product(currency, [risk, found.initialFactor], { label: 'Of the worst loss' }), ...kept, charges.perpetual.initial, charges.option.initial, charges.collateral.initial, charges.confidence, ...beside], { label: 'Initial requirement', rule: found.rule, subject: { pool: id } });
  const gross = found.contents.futures.map(({ units, quote, instrument, isInverse }) => input(isInverse ? units.abs().div(quote.price.amount).toDecimalPlaces(PLACES) : units.abs().times(quote.price.amount), currency, { label: `Notional value of ${instrument}`, source: 'position' }));
  return assemblePool(
    { ...pool, holdings: [], setAside: [] },
    rules,
    { requirement: riskRequirement(currency, initial, maintenance), positions: positionsOf(found, currency), unpriced: [...found.contents.unpriced, ...found.unpriced], ...SAME_SHAPE },
    { netLiq: worth, equity: worth, gross: sum(currency, gross, { label: 'Gross notional value' }), grossBy: 'notional value' },
  );
};

export function gridOutcome(pool: PreparedPool, market: MarketView, rules: Rules): GridOutcome {
  const { currency } = pool.input;
  const { grid, rule } = gridOf(rules);
  const contents = gridContents(pool.input, market, grid);
  const { assets, unpriced } = gridCollateral(pool.input, grid, market);
  const now = new Map(contents.expiries.map((expiry) => [expiry, valueNow(expiry)]));
  const moving = assets.filter(({ moves }) => moves).reduce((total, { value }) => total.plus(value.amount), ZERO);
  const results = grid.scenarios.map((scenario) => runScenario(scenario, contents, now, moving, grid));
  const basis = basisLoss(contents, now, grid);
  const { loss, worst } = worstLoss(results, basis, grid, currency, rule);
  return {
    grid,
    rule,
    contents,
    assets,
    unpriced,
    now,
    results,
    basis,
    loss,
    worst,
    charges: contingenciesOf(contents, assets, grid, currency, rule),
    initialFactor: initialFactor(grid, currency, market, rule),
    worth: {
      optionValue: sum(currency, contents.expiries.map((expiry) => expiryNow(expiry, now, currency)), { label: 'Value of options' }),
      futures: sum(currency, contents.futures.map((future) => gainSoFar(future, currency)), { label: 'Gains of perpetuals and futures' }),
      collateral: sum(currency, assets.map(({ value }) => value), { label: 'Value of collateral' }),
    },
  };
}

function gridOf(rules: Rules): { grid: VenueGridSection; rule: RuleReference } {
  const layer = rules.sections('venueGrid').at(-1);
  if (!layer) throw new Error('Invariant broken: no rule pack has a venue grid');
  return { grid: layer.value, rule: { pack: layer.pack, cites: layer.value.cites, parameter: 'venueGrid', status: layer.value.status } };
}

function worstLoss(results: readonly ScenarioResult[], basis: GridOutcome['basis'], { worstPlaces }: VenueGridSection, currency: string, rule: RuleReference): { loss: Figure; worst: number } {
  const totals = [basis.total, ...results.map(({ total }) => total)];
  let chosen = -1;
  totals.forEach((total, index) => {
    if (total.isNegative() && !total.isZero() && total.lt(totals[chosen] ?? ZERO)) chosen = index;
  });
  const none = input(ZERO, currency, { label: 'No loss', source: 'by definition' });
  const least = lazily({ amount: totals[chosen] ?? ZERO, op: 'least', unit: currency, chosen: chosen + 1, about: { label: 'Worst of all scenarios' } }, () => [none, basisFigure(basis, currency), ...results.map((result) => scenarioFigure(result, currency))]);
  const loss = difference(currency, [none, least], { label: 'Worst loss', rule });
  return { loss: worstPlaces === undefined ? loss : rounded(loss, { name: 'half-even', places: worstPlaces }), worst: chosen < 0 ? -2 : chosen - 1 };
}

/** `spot × 0.82, volatility up`. */
export function scenarioLabel({ scenario }: Pick<ScenarioResult, 'scenario'>): string {
  const vol = { up: ', volatility up', down: ', volatility down', none: '', linear: ', volatilities tilted', absolute: ', volatilities raised on both sides' }[scenario.vol];
  return `Spot × ${scenario.price}${vol}`;
}

function scenarioFigure(result: ScenarioResult, currency: string): Figure {
  const { scenario, expiries, futures, collateral, total } = result;
  const isSkew = scenario.vol === 'linear' || scenario.vol === 'absolute';
  const counts = input(new Decimal(scenario.counts), 'factor', { label: 'Part that counts', source: 'rule pack' });
  return lazily({ amount: total, op: 'product', unit: currency, about: { label: scenarioLabel(result) } }, () => [
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

function basisFigure({ parts }: GridOutcome['basis'], currency: string): Figure {
  return sum(currency, parts.map(({ expiry, loss, scale }) => product(currency, [input(loss, currency, { label: 'Worse of both moves of its forward', source: 'Black (1976)' }), input(scale, 'factor', { label: 'By its life', source: 'rule pack' })], { label: `${expiry.underlying} forward of ${expiry.expiresAt.slice(0, 10)}` })), { label: 'Forwards apart from spot' });
}

function initialFactor({ factors, peg }: VenueGridSection, currency: string, market: MarketView, rule: RuleReference): Figure {
  const set = input(new Decimal(factors.initial), 'factor', { label: 'Part of the worst loss on opening', rule, source: `rule pack ${rule.pack}` });
  const price = pegOf(currency, market);
  if (!peg || !price || price.amount.gte(peg.threshold)) return set;
  const off = difference('factor', [input(new Decimal(peg.threshold), 'factor', { label: 'Peg', rule, source: `rule pack ${rule.pack}` }), price], { label: `${currency} off its peg` });
  return sum('factor', [set, product('factor', [off, input(new Decimal(peg.factor), 'factor', { label: 'What that asks', rule, source: `rule pack ${rule.pack}` })], { label: 'Off its peg' })], { label: 'Part of the worst loss on opening' });
}

function expiryNow(expiry: GridExpiry, now: ReadonlyMap<GridExpiry, Decimal>, currency: string): Figure {
  return lazily({ amount: now.get(expiry) ?? ZERO, op: 'sum', unit: currency, about: { label: `${expiry.underlying} options of ${expiry.expiresAt.slice(0, 10)}` } }, () => expiry.options.map((option) => optionNow(option, expiry, currency)));
}

function optionNow(option: GridExpiry['options'][number], expiry: GridExpiry, currency: string): Figure {
  const subject = { instrument: option.instrument };
  const price = optionPrice(option, expiry, { price: '1', vol: 'none', counts: '1', tail: false }, {});
  return product(currency, [input(option.units, 'units', { label: `Quantity of ${option.instrument}`, source: 'position', subject }), input(price, `${currency}/unit`, { label: `Price of ${option.instrument}`, source: `Black (1976): forward ${expiry.forward.price.amount.toFixed()}, volatility ${option.vol}`, subject })], { label: option.instrument, subject });
}

/** Gain since it was opened; nothing where it was paid out up to the mark. */
function gainSoFar(future: GridFuture, currency: string): Figure {
  const { instrument, units, quote, entry, isInverse } = future;
  const about = { label: `Gain on ${instrument}`, subject: { instrument } };
  if (entry === null || entry.isZero()) return input(ZERO, currency, { ...about, source: 'paid out up to the mark' });
  if (!isInverse) return product(currency, [input(units, 'units', { label: `Quantity of ${instrument}`, source: 'position' }), difference(quote.price.unit, [quote.price, input(entry, quote.price.unit, { label: 'Price it was opened at', source: 'position' })], { label: 'Moved since' })], about);
  const gain = units.times(new Decimal(1).div(entry).minus(new Decimal(1).div(quote.price.amount))).toDecimalPlaces(PLACES);
  return input(gain, currency, { ...about, source: `${units.toFixed()} × (1 / ${entry.toFixed()} − 1 / ${quote.price.amount.toFixed()})` });
}

/** A position's share: what it loses in the scenario that decides; a hedge has a share below zero. */
function positionsOf({ contents, results, worst, now, grid, assets }: GridOutcome, currency: string): PositionMargin[] {
  const decides = results[worst];
  const counts = new Decimal(decides?.scenario.counts ?? 0);
  const share = (instrument: string, lost: Decimal): Figure => input(lost, currency, { label: `Loss on ${instrument} in the scenario that decides`, source: decides ? scenarioLabel(decides) : 'no single scenario decides', subject: { instrument } });
  const options = contents.expiries.flatMap((expiry) => {
    const row = decides?.expiries.find((candidate) => candidate.expiry === expiry);
    return expiry.options.map((option) => {
      const [before, after] = [optionNow(option, expiry, currency), decides ? optionPrice(option, expiry, decides.scenario, grid) : ZERO];
      const lost = row ? before.amount.minus(option.units.times(after).times(row.discount)).times(counts) : ZERO;
      return margin(option.instrument, option.quantity, before.children[1]?.amount ?? null, before, share(option.instrument, lost), expiry.underlying, 'venue portfolio margin', currency);
    });
  });
  const futures = contents.futures.map((future) => margin(future.instrument, future.quantity, future.quote.price.amount, gainSoFar(future, currency), share(future.instrument, decides ? futureGain(future, new Decimal(decides.scenario.price)).neg().times(counts) : ZERO), future.underlying, 'venue portfolio margin', currency));
  const collateral = assets.map((asset) => margin(asset.instrument, asset.quantity, asset.price.amount, asset.value, product(currency, [asset.value, input(asset.maintenance, 'ratio', { label: 'Haircut', source: 'rule pack' })], { label: `Haircut of ${asset.instrument}` }), 'collateral', 'collateral', currency));
  const asides = contents.unpriced.map(({ instrument }) => ({ ...margin(instrument, ZERO, null, null, input(ZERO, currency, { label: 'Not included', source: 'by definition' }), instrument, 'not included', currency), requirement: null, badges: ['unpriced' as const] }));
  return now.size + futures.length + collateral.length + asides.length === 0 ? [] : [...options, ...futures, ...collateral, ...asides];
}

function margin(instrument: string, quantity: Decimal, price: Decimal | null, value: Figure | null, asked: Figure, group: string, strategy: string, currency: string): PositionMargin {
  const regT = input(ZERO, currency, { label: 'Regulation T does not apply under this model', source: 'by definition' });
  return { instrument, subType: 'margin', quantity: toDecimalText(quantity), price: price && toDecimalText(price), localValue: value?.amount ?? null, value, requirement: { regT, exchange: asked, houseInitial: asked, houseMaintenance: asked }, group, strategy, rule: '', parts: null, badges: [] };
}
