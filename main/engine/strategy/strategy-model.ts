import { toDecimalText } from '../../../shared/money.ts';
import { difference, sum, type Figure } from '../figure/figure.ts';
import type { ChargedTogether, MarginModel, Unpriced } from '../margin-model.ts';
import { addOnsOf } from '../add-ons/add-ons.ts';
import { assemblePool } from '../pool/assemble.ts';
import { poolWorth } from '../pool/equity.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Holding } from '../pool/holding.ts';
import { keep } from '../pool/kept.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { buyingPower } from './buying-power.ts';
import { exchangesInto } from './box.ts';
import { strategyContext, type StrategyContext } from './context.ts';
import { chargeAtMarketValue } from './fallback.ts';
import { coverByFunds } from './fund-cover.ts';
import { pairOptimally } from './optimal-pairing.ts';
import type { LegCharge } from './leg-charge.ts';
import { notPairedYet } from './leftovers.ts';
import { withBoxes } from './pair-boxes.ts';
import type { Pairing, PairedStrategy, PairingFunction } from './pairing.ts';
import { positionMargins } from './positions.ts';
import { priceStrategy } from './price-strategy.ts';
import { strategyName } from './strategy-name.ts';
import { specialMemorandum } from './special-memorandum.ts';

/** A strategy with the charges of its legs. */
export interface PricedStrategy {
  name: string;
  strategy: PairedStrategy;
  charges: LegCharge[];
}

/** The holdings that margin together under one underlying, paired and charged. */
export interface PricedGroup {
  id: string;
  strategies: PricedStrategy[];
  notPairedYet: ReadonlySet<Holding>;
  pairing: Pairing;
  /** Positions whose rule lacks an input, and rules that do; see `StrategyContext`. */
  unpriced: readonly Unpriced[];
  problems: StrategyContext['problems'];
}

const LEAST = withBoxes(pairOptimally);

/** Rules-based margin by strategy, under the least pairing. */
export const strategyModel: MarginModel = strategyModelWith(LEAST);

/** The model under any pairing. */
export function strategyModelWith(pair: PairingFunction): MarginModel {
  return (pool, market, rules) => {
    const context = strategyContext(pool.input.currency, market, rules);
    const groups = coverByFunds(pricedGroups(pool, pair, market, context), context);
    const unpriced = groups.flatMap((group) => group.unpriced);
    const addOns = addOnsOf(pool, groups.flatMap(({ strategies }) => strategies), context);
    const stack = (name: StackName, label: string, onTop: readonly Figure[] = []): Figure => stackFigure(groups, name, label, onTop, context, pool.input.id);
    const regT = stack('regT', 'Regulation T initial requirement');
    const requirement = {
      regT,
      exchangeInitial: stack('exchangeInitial', 'Exchange initial requirement'),
      exchangeMaintenance: stack('exchange', 'Exchange maintenance requirement'),
      houseInitial: stack('houseInitial', 'Initial requirement', addOns.initial),
      houseMaintenance: stack('houseMaintenance', 'Maintenance requirement', addOns.maintenance),
    };
    const worth = poolWorth(pool, rules);
    const memorandum = specialMemorandum(pool, groups, worth.equity, regT, context);
    const unpricedNames = new Set(unpriced.map(({ instrument }) => instrument));
    return assemblePool(pool, rules, {
      requirement: { ...requirement, specialMemorandum: memorandum },
      buyingPower: (equity, excess) => buyingPower(memorandum, difference(context.currency, [equity, regT], { label: 'Equity above the Regulation T requirement' }), excess, context),
      positions: positionMargins(pool.holdings, groups, addOns.byHolding, unpricedNames, context),
      unpriced: [...unpriced, ...context.problems.values(), ...addOns.notKnown],
      thresholds: context.thresholds,
      houseRates: addOns.rates,
      strategies: () => groups.flatMap(chargedTogether),
      candidates: groups.map(({ pairing }) => pairing.candidates),
      pairings: groups.flatMap(({ id, pairing: { proved, quality } }) => (quality ? [{ group: id, proved, quality }] : [])),
    }, worth);
  };
}

/** A pool's groups by name, paired and charged. */
function pricedGroups({ holdings: all, input: { id: pool } }: PreparedPool, pair: PairingFunction, { kept }: MarketView, context: StrategyContext): PricedGroup[] {
  const groups = [...Map.groupBy(all, groupOf)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([id, holdings]) => {
    const group = keep(kept, `group ${pool} ${id}`, [id, ...holdings.map(({ instrument }) => instrument)], () => priceGroup(id, holdings, pair, { ...context, problems: new Map() }));
    for (const [rule, problem] of group.problems) context.problems.set(rule, problem);
    return group;
  });
}

/** The same under the least pairing, for part of a pool; of rules that let no fund cover another group. */
export function leastGroups(pool: PreparedPool, market: MarketView, context: StrategyContext): PricedGroup[] {
  return pricedGroups(pool, LEAST, market, context);
}

/** Options margin with their underlying, what can be exchanged with what it is exchanged into, everything else with itself. */
function groupOf(holding: Holding): string {
  return holding.class === 'option' ? holding.terms.underlying : (exchangesInto(holding)?.instrument ?? holding.instrument);
}

function priceGroup(id: string, holdings: readonly Holding[], pair: PairingFunction, context: StrategyContext): PricedGroup {
  const unpriced: Unpriced[] = [];
  const pairing = pair(holdings, context);
  const strategies = pairing.strategies.map((strategy) => ({ name: strategyName(strategy), strategy, charges: priceStrategy(strategy, context) ?? fallBack(strategy, context, unpriced) }));
  return { id, strategies, notPairedYet: notPairedYet(pairing), pairing, unpriced, problems: context.problems };
}

function chargedTogether({ id, strategies }: PricedGroup): ChargedTogether[] {
  return strategies
    .filter(({ strategy }) => strategy.legs.length > 1)
    .map(({ name, strategy }) => ({
      group: id,
      name,
      legs: strategy.legs.map(({ holding, quantity }) => ({ instrument: holding.instrument, subType: holding.subType, quantity: holding.quantity.isNegative() ? quantity.neg() : quantity })),
    }));
}

/** A position whose rule lacks an input is charged what it is worth, and leaves the pool indeterminate. */
function fallBack({ legs }: PairedStrategy, context: StrategyContext, unpriced: Unpriced[]): LegCharge[] {
  return legs.map(({ holding, quantity }) => {
    const { charge, reason } = chargeAtMarketValue(holding, quantity, context);
    unpriced.push({ instrument: holding.instrument, reason: `${toDecimalText(holding.quantity.isNegative() ? quantity.neg() : quantity)} charged at market value only: ${reason}`, indeterminate: true });
    return charge;
  });
}

type StackName = 'regT' | 'exchange' | 'exchangeInitial' | 'houseInitial' | 'houseMaintenance';

/** A stack's tree: pool → group → strategy → leg, and what is asked of the account as a whole. */
function stackFigure(groups: readonly PricedGroup[], stack: StackName, label: string, onTop: readonly Figure[], { currency }: StrategyContext, pool: string): Figure {
  const children = groups.map(({ id, strategies }) => {
    const parts = strategies.map(({ name, charges }) => sum(currency, charges.map((charge) => charge[stack]), { label: name, subject: { group: id } }));
    return sum(currency, parts, { label: id, subject: { group: id } });
  });
  return sum(currency, [...children, ...onTop], { label, subject: { pool } });
}
