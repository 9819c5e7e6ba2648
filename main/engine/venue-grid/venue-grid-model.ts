import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, lazily, product, quotient, rounded, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { movedCallPrices } from '../trigger/moved-market.ts';
import { pegOf } from '../standard-options/feed.ts';
import { gridCollateral, type GridCollateral } from './collateral.ts';
import { contingenciesOf, type Contingencies } from './contingencies.ts';
import { allowanceOf } from './dampener.ts';
import { basisFigure, expiryNow, gainSoFar, scenarioFigure } from './figures.ts';
import { basisLoss, COIN_PLACES, runScenario, valueNow, type ScenarioResult } from './grid.ts';
import { gridRules, type GridRules } from './grid-rules.ts';
import { gridContents, type GridContents, type GridExpiry, type GridFuture } from './legs.ts';
import { positionsOf } from './rows.ts';

const ZERO = new Decimal(0);
/** Options × scenarios up to which call prices are looked for: each of some fifty prices values all of them anew. */
const SEARCHED_MAX = 300;

/** Everything a venue's grid says of a pool: what it is worth, each scenario, what decides, and what is charged beside it. */
export interface GridOutcome extends GridRules {
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
  factors: { maintenance: Figure; initial: Figure };
  worth: { optionValue: Figure; futures: Figure; collateral: Figure };
}

/** Portfolio margin by a venue's own grid of scenarios and contingencies. */
export const venueGridModel: MarginModel = (pool, market, rules) => {
  const { currency, id } = pool.input;
  const found = gridOutcome(pool, market, rules);
  const { charges, loss, factors, rule } = found;
  const worth = sum(currency, [pool.cash.equity, found.worth.collateral, found.worth.futures, found.worth.optionValue], { label: 'Equity' });
  const risk = sum(currency, [loss, charges.roll, charges.offset, charges.deltaShock], { label: 'Worst loss, rolling over and large deltas' });
  const kept = [charges.perpetual.maintenance, charges.option.maintenance, charges.collateral.maintenance];
  const reserved = pool.input.external?.reserved;
  const beside = reserved === undefined ? [] : [input(fromDecimalText(reserved), currency, { label: 'Reserved for orders', source: 'external' })];
  const maintenance = sum(currency, [product(currency, [risk, factors.maintenance], { label: 'Of the worst loss' }), ...kept], { label: 'Maintenance requirement', rule, subject: { pool: id } });
  const initial = sum(currency, [product(currency, [risk, factors.initial], { label: 'Of the worst loss' }), ...kept, charges.perpetual.initial, charges.option.initial, charges.collateral.initial, charges.confidence, ...beside], { label: 'Initial requirement', rule, subject: { pool: id } });
  const state = assemblePool(
    { ...pool, setAside: [] },
    rules,
    { requirement: riskRequirement(currency, initial, maintenance), positions: [positionsOf(found, currency)], unpriced: [...found.contents.unpriced.map(({ instrument, reason, indeterminate }) => ({ instrument, reason, indeterminate })), ...found.unpriced], ...SAME_SHAPE },
    { netLiq: worth, equity: worth, gross: sum(currency, found.contents.futures.map((future) => grossOf(future, currency)), { label: 'Gross notional value' }), grossBy: 'notional value' },
  );
  const options = found.contents.expiries.reduce((count, expiry) => count + expiry.options.length, 0);
  if (options * found.results.length > SEARCHED_MAX) return state;
  return { ...state, ...movedCallPrices({ pool, market, rules, model: venueGridModel, excess: () => state.figures.excess.amount }) };
};

function grossOf({ units, quote, instrument, isInverse, conversion }: GridFuture, currency: string): Figure {
  const size = input(units.abs(), 'units', { label: `Size of ${instrument}`, source: 'position', subject: { instrument } });
  const about = { label: `Notional value of ${instrument}`, subject: { instrument } };
  return isInverse ? product(currency, [quotient('units', size, quote.price, COIN_PLACES, { label: `${instrument}, in coins` }), ...conversion], about) : product(currency, [size, quote.price], about);
}

export function gridOutcome(pool: PreparedPool, market: MarketView, rules: Rules): GridOutcome {
  const { currency } = pool.input;
  const ruled = gridRules(rules);
  const { grid } = ruled;
  const contents = gridContents(pool.input, market, grid);
  const { assets, unpriced } = gridCollateral(pool.input, grid, market);
  const now = new Map(contents.expiries.map((expiry) => [expiry, valueNow(expiry, grid)]));
  const moving = assets.filter(({ moves }) => moves).reduce((total, { value }) => total.plus(value.amount), ZERO);
  const results = grid.scenarios.map((scenario) => runScenario(scenario, contents, now, moving, grid, allowanceOf(scenario, ruled, currency, market)));
  const basis = basisLoss(contents, now, grid);
  return {
    ...ruled,
    contents,
    assets,
    unpriced,
    now,
    results,
    basis,
    ...worstLoss(results, basis, ruled, currency),
    charges: contingenciesOf(contents, assets, ruled, currency),
    factors: factorsOf(ruled, currency, market),
    worth: {
      optionValue: sum(currency, contents.expiries.map((expiry) => expiryNow(expiry, now.get(expiry) ?? ZERO, grid, currency)), { label: 'Value of options' }),
      futures: sum(currency, contents.futures.map((future) => gainSoFar(future, currency)), { label: 'Gains of perpetuals and futures' }),
      collateral: sum(currency, assets.map(({ value }) => value), { label: 'Value of collateral' }),
    },
  };
}

function worstLoss(results: readonly ScenarioResult[], basis: GridOutcome['basis'], { grid: { worstPlaces }, ruleOf }: GridRules, currency: string): { loss: Figure; worst: number } {
  const totals = [basis.total, ...results.map(({ total }) => total)];
  let chosen = -1;
  totals.forEach((total, index) => {
    if (total.isNegative() && !total.isZero() && total.lt(totals[chosen] ?? ZERO)) chosen = index;
  });
  const none = input(ZERO, currency, { label: 'No loss', source: 'by definition' });
  // What the far moves rest on is in the worst of all, whether or not one of them decides.
  const [near, far] = [ruleOf('scenarios'), ruleOf('tails')];
  const unverified = near.status === 'unverified' || (far.status === 'unverified' && results.some(({ scenario }) => scenario.tail)) || results.some(({ allowance }) => allowance?.unverified === true);
  const least = lazily({ amount: totals[chosen] ?? ZERO, op: 'least', unit: currency, chosen: chosen + 1, about: { label: 'Worst of all scenarios', rule: near }, unverified }, () => [none, basisFigure(basis, currency), ...results.map((result) => scenarioFigure(result, result.scenario.tail ? far : near, currency))]);
  const loss = difference(currency, [none, least], { label: 'Worst loss', rule: ruleOf(worstPlaces === undefined ? 'scenarios' : 'worstPlaces') });
  return { loss: worstPlaces === undefined ? loss : rounded(loss, { name: 'half-even', places: worstPlaces }), worst: chosen < 0 ? -2 : chosen - 1 };
}

/** Of opening, with what a settlement coin off its peg adds. */
function factorsOf({ grid: { factors, peg }, ruleOf }: GridRules, currency: string, market: MarketView): GridOutcome['factors'] {
  const rule = ruleOf('factors');
  const ruled = (text: string, label: string, by = rule): Figure => input(new Decimal(text), 'factor', { label, rule: by, source: `rule pack ${by.pack}` });
  const maintenance = ruled(factors.maintenance, 'Part of the worst loss to keep positions');
  const initial = ruled(factors.initial, 'Part of the worst loss on opening');
  const price = pegOf(currency, market);
  if (!peg || !price || price.amount.gte(peg.threshold)) return { maintenance, initial };
  const off = difference('factor', [ruled(peg.threshold, 'Peg', ruleOf('peg')), price], { label: `${currency} off its peg` });
  return { maintenance, initial: sum('factor', [initial, product('factor', [off, ruled(peg.factor, 'What that asks', ruleOf('peg'))], { label: 'Off its peg' })], { label: 'Part of the worst loss on opening' }) };
}
