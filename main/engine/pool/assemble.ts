import { Decimal } from '../../../shared/money.ts';
import { absent, difference, greatest, input, least, sum, type AbsentFigure, type Figure } from '../figure/figure.ts';
import type { MarginFigures, Memorandum, PoolMargin, PositionMargin, Requirement, Unpriced } from '../margin-model.ts';
import type { Rules } from '../packs/rules.ts';
import { statusOf } from '../status.ts';
import { poolWorth, type PoolWorth } from './equity.ts';
import { leftToLiquidation, marginToLiquidation } from './liquidation-level.ts';
import type { SetAside } from './holding.ts';
import { nearMade } from './near.ts';
import type { PreparedPool } from './prepare-pool.ts';
import { byInstrument } from './prepared-group.ts';
import { ratio } from './ratio.ts';

/** What a model hands over for its pool to become a margin state. */
export interface ModelResult {
  requirement: Requirement;
  /** Group by group where the model goes by groups, else in one list. */
  positions: readonly (readonly PositionMargin[])[];
  unpriced: readonly Unpriced[];
  thresholds: readonly Figure[];
  candidates: readonly (() => readonly Figure[])[];
  pairings?: NonNullable<PoolMargin['pairings']>;
  /** Buying power where the model knows it, from equity and excess. */
  buyingPower?: (equity: Figure, excess: Figure) => Figure | AbsentFigure;
  houseRates?: NonNullable<PoolMargin['houseRates']>;
  strategies?: NonNullable<PoolMargin['strategies']>;
  /** Where a model's health is not equity by maintenance: of loans, collateral at its liquidation threshold by debt. */
  health?: { dividend: Figure; divisor: Figure; otherwise: string; places: number };
}

/** Of a model whose trees keep their shape whatever a price does. */
export const SAME_SHAPE: Pick<ModelResult, 'thresholds' | 'candidates'> = { thresholds: [], candidates: [] };

/**
 * The part of a margin state that is the same for every model: equity against requirement, ratios, status. `worth` is
 * given by models whose positions are not worth their market value.
 */
export function assemblePool(pool: PreparedPool, rules: Rules, result: ModelResult, worth: PoolWorth = poolWorth(pool, rules)): PoolMargin {
  const { id, mode, model, currency } = pool.input;
  const { requirement, health, unpriced: notCharged, thresholds } = withOverlay(pool, result);
  const { netLiq, equity } = worth;
  const initial = requirement.houseInitial;
  const maintenance = requirement.houseMaintenance;
  const known: Omit<MarginFigures, 'marginToLiquidation'> = {
    netLiq,
    equity,
    initial,
    maintenance,
    ...headroom(currency, equity, initial, maintenance),
    ...ratios(equity, initial, maintenance, worth),
    ...(health ? { healthRatio: ratio('Health ratio', health.dividend, health.divisor, health.otherwise, health.places) } : {}),
    regTInitial: requirement.regT,
    ...memorandumFigures(currency, requirement.specialMemorandum),
    buyingPower: absent(currency, { label: 'Buying power, overnight', arithmetic: 'the model of this pool knows none' }),
    exchangeInitial: requirement.exchangeInitial,
    exchangeMaintenance: requirement.exchangeMaintenance,
  };
  const left = leftToLiquidation(known, currency, rules);
  const figures: MarginFigures = { ...known, marginToLiquidation: marginToLiquidation(known, left) };
  if (result.buyingPower) figures.buyingPower = result.buyingPower(equity, figures.excess);
  // A pool that keeps another one by a sweep stands on the money in both: its status is the account's.
  const standing = pool.beside ? { ...figures, netLiq: sum(currency, [netLiq, pool.beside], { label: 'Net liquidation value' }) } : figures;
  const { unpriced, problems } = notIncluded(pool, result.unpriced.concat(notCharged));
  const positionLists = result.positions.concat([nearMade(pool.near, `${id} aside`, pool.setAside, (asides) => asides.map(asidePosition))]);
  let sorted: PositionMargin[] | null = null;
  return {
    id,
    mode,
    model,
    currency,
    packs: rules.packs,
    figures,
    specialMemorandum: requirement.specialMemorandum,
    risk: requirement.risk ?? null,
    leftToLiquidation: left,
    ...statusOf(standing, currency, rules, problems.concat(pool.cash.problems)),
    get positions() {
      return (sorted ??= positionLists.flat().sort(byGroup));
    },
    positionLists,
    unpriced,
    thresholds,
    candidates: result.candidates,
    pairings: result.pairings ?? [],
    houseRates: result.houseRates ?? [],
    strategies: result.strategies ?? (() => []),
  };
}

/** What the figures do not include in full, by instrument, and what of it could make them worse: mostly what it was before an edit. */
function notIncluded({ near, input: { id, excluded }, setAside }: PreparedPool, charged: readonly Unpriced[]): { unpriced: readonly Unpriced[]; problems: readonly string[] } {
  return nearMade<object, ReturnType<typeof notIncluded>>(near, `${id} unpriced`, ([] as readonly object[]).concat(charged, setAside, excluded), () => {
    const asides = setAside.map(({ instrument, reason, indeterminate }) => ({ instrument, reason, indeterminate }));
    const outside = excluded.map(({ symbol, reason, short }) => ({ instrument: symbol, reason, indeterminate: short }));
    const unpriced = [...charged, ...asides, ...outside].toSorted((a, b) => (a.instrument < b.instrument ? -1 : 1));
    return { unpriced, problems: unpriced.filter(({ indeterminate }) => indeterminate).map(({ instrument, reason }) => `${instrument}: ${reason}`) };
  });
}

type Overlaid = Pick<ModelResult, 'requirement' | 'unpriced' | 'thresholds' | 'health'>;

/**
 * What the packs lay over the model's requirement. Of a loan the add-on is taken off the collateral that counts, and is no
 * more than that: what an asset lends cannot fall below nothing, and who owes nothing is asked nothing.
 */
function withOverlay({ overlay, input: { currency } }: PreparedPool, result: ModelResult): Overlaid {
  const { health } = result;
  if (!overlay) return { requirement: result.requirement, unpriced: [], thresholds: result.thresholds, ...(health ? { health } : {}) };
  const { requirement, unpriced, thresholds } = overlay(result.requirement, result.positions.flat());
  const known = { unpriced, thresholds: [...result.thresholds, ...thresholds] };
  if (!health) return { ...known, requirement };
  const beyond = (house: Figure, model: Figure): Figure => least(currency, [difference(currency, [house, model], { label: 'Asked by the house beyond what does not count' }), health.dividend], { label: 'Taken off the collateral that counts' });
  const initial = beyond(requirement.houseInitial, result.requirement.houseInitial);
  const maintenance = beyond(requirement.houseMaintenance, result.requirement.houseMaintenance);
  const asked = (model: Figure, addOn: Figure, label: string): Figure => sum(currency, [model, addOn], { label });
  return {
    ...known,
    requirement: { ...requirement, houseInitial: asked(result.requirement.houseInitial, initial, 'Initial requirement'), houseMaintenance: asked(result.requirement.houseMaintenance, maintenance, 'Maintenance requirement') },
    health: { ...health, dividend: difference(currency, [health.dividend, maintenance], { label: 'Collateral that counts, less what the house asks beyond it' }) },
  };
}

/**
 * The stacks of a pool under a risk-based model or a venue's rules: one requirement stands as risk, exchange and house
 * alike, and Regulation T asks nothing.
 */
export function riskRequirement(currency: string, initial: Figure, maintenance: Figure): Requirement {
  const regT = input(new Decimal(0), currency, { label: 'Regulation T does not apply under this model', source: 'by definition' });
  return { regT, exchangeInitial: initial, exchangeMaintenance: maintenance, houseInitial: initial, houseMaintenance: maintenance, specialMemorandum: null, risk: { initial, maintenance } };
}

type Headroom = Pick<MarginFigures, 'available' | 'excess' | 'deficit'>;

export function headroom(currency: string, equity: Figure, initial: Figure, maintenance: Figure): Headroom {
  const nothing = input(new Decimal(0), currency, { label: 'No deficit', source: 'by definition' });
  const missing = difference(currency, [maintenance, equity], { label: 'Maintenance less equity' });
  return {
    available: difference(currency, [equity, initial], { label: 'Available' }),
    excess: difference(currency, [equity, maintenance], { label: 'Excess' }),
    deficit: greatest(currency, [nothing, missing], { label: 'Deficit' }),
  };
}

/** Ratios exist only where their divisor is positive; comparisons are never made with them. */
function ratios(equity: Figure, initial: Figure, maintenance: Figure, { gross, grossBy }: PoolWorth): Pick<MarginFigures, 'healthRatio' | 'utilisation' | 'leverage'> {
  return {
    healthRatio: ratio('Health ratio', equity, maintenance, 'there is no maintenance requirement'),
    utilisation: ratio('Utilisation', initial, equity, 'equity is not positive'),
    leverage: ratio(`Leverage, by ${grossBy}`, gross, equity, 'equity is not positive'),
  };
}

/** Reg T asks for what the day's trades leave uncovered in the special memorandum account (12 CFR 220.4 and 220.5). */
function memorandumFigures(currency: string, memorandum: Memorandum | null): Pick<MarginFigures, 'regTDueToday' | 'specialMemorandum'> {
  const arithmetic = 'trades are not known: a requirement is shown, never a call';
  const today = memorandum?.days.at(-1);
  return {
    regTDueToday: today ? sum(currency, [today.due], { label: 'Regulation T, due today' }) : absent(currency, { label: 'Regulation T, due today', arithmetic }),
    specialMemorandum: memorandum?.usable ?? absent(currency, { label: 'Special memorandum account', arithmetic: 'trades are not known' }),
  };
}

// What stands aside in a group that an edit leaves alone is the very same, and so is its row.
const asides = new WeakMap<SetAside, PositionMargin>();

function asidePosition(aside: SetAside): PositionMargin {
  const known = asides.get(aside);
  if (known) return known;
  const { instrument, subType, quantity, price, group, badges } = aside;
  const position: PositionMargin = { instrument, subType, quantity, price, localValue: null, value: null, requirement: null, group, strategy: 'not included', rule: '', parts: null, badges };
  asides.set(aside, position);
  return position;
}

function byGroup(a: PositionMargin, b: PositionMargin): number {
  if (a.group !== b.group) return a.group < b.group ? -1 : 1;
  return byInstrument(a, b);
}
