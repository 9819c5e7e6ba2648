import { toDecimalText, type Decimal } from '../../../shared/money.ts';
import { difference, sum, type Figure } from '../figure/figure.ts';
import { nearTotals, plus, sumOf } from '../figure/near-total.ts';
import type { ChargedTogether, MarginModel, Unpriced } from '../margin-model.ts';
import { addOnsOf } from '../add-ons/add-ons.ts';
import { assemblePool } from '../pool/assemble.ts';
import { poolWorth } from '../pool/equity.ts';
import { madeOf } from '../pool/kept.ts';
import type { Holding } from '../pool/holding.ts';
import { nearEach, nearFlat } from '../pool/near.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import type { PreparedGroup } from '../pool/prepared-group.ts';
import { buyingPower } from './buying-power.ts';
import { chargedGroup, chargedStrategy } from './charged-group.ts';
import { strategyContext, ZERO, type StrategyContext } from './context.ts';
import { chargeAtMarketValue } from './fallback.ts';
import { coverByFunds } from './fund-cover.ts';
import { pairOptimally } from './optimal-pairing.ts';
import type { LegCharge } from './leg-charge.ts';
import { notPairedYet } from './leftovers.ts';
import { withBoxes } from './pair-boxes.ts';
import type { PairedStrategy, PairingFunction } from './pairing.ts';
import { positionMargins } from './positions.ts';
import { STACKS, type PricedGroup, type StackName } from './priced-group.ts';
import { priceStrategy } from './price-strategy.ts';
import { strategyName } from './strategy-name.ts';
import { specialMemorandum } from './special-memorandum.ts';

/** Under what a group remembers them. */
const STRATEGIES = 'strategies';
const LEAST = withBoxes(pairOptimally);

/** Rules-based margin by strategy, under the least pairing. */
export const strategyModel: MarginModel = strategyModelWith(LEAST);

/** The model under any pairing. */
export function strategyModelWith(pair: PairingFunction): MarginModel {
  return (pool, market, rules) => {
    const { near, input: { id, currency } } = pool;
    const context = strategyContext(currency, market, rules);
    const groups = coverByFunds(pricedGroups(pool, pair, context), context);
    // What is made of a group is read off the groups that are other ones than before an edit, and off no other.
    const each = <Part>(name: string, partOf: (group: PricedGroup) => Part): readonly Part[] => nearEach(near, `${id} ${name}`, groups, partOf);
    const flat = <Part>(name: string, listOf: (group: PricedGroup) => readonly Part[]): readonly Part[] => nearFlat(near, `${id} ${name}`, groups, listOf);
    const addOns = addOnsOf(pool, () => groups.flatMap(({ strategies }) => strategies), context);
    const totals = near && nearTotals(near, `${id} stacks`, groups, STACKS, ({ stacks }, name) => stacks[name]);
    // A stack's tree: pool → group → strategy → leg, and what is asked of the account as a whole.
    const stack = (name: StackName, label: string, onTop: readonly Figure[] = []): Figure => {
      const asked = (): Figure[] => [...groups.map(({ stacks }) => stacks[name]), ...onTop];
      const about = { label, subject: { pool: id } };
      return totals ? sumOf(onTop.reduce(plus, totals[name]), currency, asked, about) : sum(currency, asked(), about);
    };
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
    return assemblePool(pool, rules, {
      requirement: { ...requirement, specialMemorandum: memorandum },
      buyingPower: (equity, excess) => buyingPower(memorandum, difference(currency, [equity, regT], { label: 'Equity above the Regulation T requirement' }), excess, context),
      positions: addOns.byHolding.size > 0 ? groups.map((group) => positionMargins(group, addOns.byHolding, context)) : each('positions', ({ positions }) => positions),
      unpriced: [...flat('charged in part', ({ unpriced }) => unpriced), ...context.problems.values(), ...addOns.notKnown],
      thresholds: context.thresholds,
      houseRates: addOns.rates,
      strategies: () => groups.flatMap(chargedTogether),
      candidates: each('candidates', ({ pairing }) => pairing.candidates),
      pairings: flat('pairings', ({ told }) => (told ? [told] : [])),
    }, worth);
  };
}

/** A pool's groups by name, paired and charged; what was made of a group that stayed what it was stays too. */
function pricedGroups({ groups, near, input }: PreparedPool, pair: PairingFunction, context: StrategyContext): readonly PricedGroup[] {
  const priced = nearFlat(near, `${input.id} priced`, groups, (prepared) => (prepared.holdings.length === 0 ? [] : [madeOf(prepared, STRATEGIES, () => priceGroup(prepared, pair, context))]));
  for (const [rule, problem] of nearFlat(near, `${input.id} problems`, priced, ({ problems }) => [...problems])) context.problems.set(rule, problem);
  return priced;
}

/** The same under the least pairing, for part of a pool; of rules that let no fund cover another group. */
export function leastGroups(pool: PreparedPool, context: StrategyContext): readonly PricedGroup[] {
  return pricedGroups(pool, LEAST, context);
}

function priceGroup(prepared: PreparedGroup, pair: PairingFunction, pool: StrategyContext): PricedGroup {
  const { id, holdings } = prepared;
  const before = (prepared.before?.store.get(STRATEGIES) as PricedGroup | undefined) ?? null;
  // Held for as long as the group itself: not by the next one too.
  delete prepared.before;
  // What a rule lacks is noted where its amount is made: of such a group nothing is taken over.
  const whole = before && isWhole(before) ? before : null;
  const made = { naked: ofThese(holdings, whole?.made.naked), longRates: ofThese(holdings, whole?.made.longRates), amounts: ofThese(holdings, whole?.made.amounts) };
  const context = { ...pool, ...made, problems: new Map() };
  const unpriced: Unpriced[] = [];
  const pairing = pair(holdings, context);
  const known = whole?.strategies ?? [];
  const strategies = pairing.strategies.map((strategy) => known.find((one) => isSame(one.strategy, strategy)) ?? chargedStrategy(id, strategyName(strategy), strategy, priceStrategy(strategy, context) ?? fallBack(strategy, context, unpriced), context));
  // What lacks an input is charged what it is worth; to compare pairings it counts otherwise.
  const charged = (): Decimal | undefined => (unpriced.length === 0 ? strategies.reduce((total: Decimal, { stacks }) => total.plus(stacks.houseMaintenance.amount), ZERO) : undefined);
  const { quality: qualityOf } = pairing;
  const quality = qualityOf && (() => qualityOf(charged()));
  return chargedGroup({ id, holdings, notPairedYet: notPairedYet(pairing), pairing, quality, made, unpriced, problems: new Map(context.problems) }, strategies, context, before);
}

/** What was made of these holdings. */
function ofThese<Held extends Holding, Made>(holdings: readonly Holding[], made: ReadonlyMap<Held, Made> = new Map()): Map<Held, Made> {
  return new Map([...made].filter(([holding]) => holdings.includes(holding)));
}

/** Every rule had what it needs. */
function isWhole({ unpriced, problems }: PricedGroup): boolean {
  return unpriced.length === 0 && problems.size === 0;
}

function isSame(one: PairedStrategy, other: PairedStrategy): boolean {
  return one.kind === other.kind && one.legs.length === other.legs.length && one.legs.every(({ holding, quantity }, at) => other.legs[at]?.holding === holding && other.legs[at].quantity.eq(quantity));
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
