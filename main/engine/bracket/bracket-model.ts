import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { choice, difference, greatest, input, least, product, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel, PoolLevels, PositionMargin, Unpriced } from '../margin-model.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import { liquidationMultiple } from '../pool/liquidation-level.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { chargeLeg, type LegCharge } from './charge.ts';
import { crossingsIn, type PoolAtMark } from './crossings.ts';
import { isShort, type Leg } from './leg.ts';
import { gainOf, inPool, notionalOf } from './notional.ts';
import type { OptionHolding } from '../pool/holding.ts';
import { chargeOptions, optionMargin } from './options.ts';
import { orderMargin } from './orders.ts';
import { prepareLegs } from './prepare-legs.ts';
import { searchedCrossings } from './searched-crossings.ts';
import { bracketTerms, ruleInput, type BracketTerms } from './terms.ts';
import { bracketWorth } from './worth.ts';

/** A leg with everything that is said of it. */
interface Charged {
  leg: Leg;
  charge: LegCharge;
  /** In the currency it is paid in, and in the pool's. */
  localGain: Figure;
  gain: Figure;
  notional: Figure;
}

type ChargeName = 'initial' | 'maintenance' | 'search' | 'release';

/**
 * Perpetuals and futures by a venue's brackets: what a position is asked grows with its notional value or size, gains
 * not yet paid out count towards equity, and one requirement stands in all stacks.
 */
export const bracketModel: MarginModel = (pool, market, rules) => {
  const { currency } = pool.input;
  const terms = bracketTerms(rules);
  const { legs, setAside, remarks } = prepareLegs(pool, market, rules);
  const charged = legs.map((leg) => charge(leg, terms, currency));
  const { options, setAside: optionsAside } = chargeOptions(pool, market, rules);
  const values = options.map(({ holding }) => holding.value);
  const { worth, unpriced: assets } = bracketWorth(pool, [...charged.map(({ gain }) => gain), ...values], [...charged.map(({ notional }) => notional), ...options.map(({ holding }) => grossOf(holding, currency))], market, rules);
  const orders = orderMargin(pool, legs, market, rules);
  const beside = besidePositions(pool, charged, terms);
  const maintenance = sum(currency, [...groupTotals(charged, 'maintenance', terms, currency), ...options.map((option) => option.maintenance), ...beside.both], { label: 'Maintenance requirement', subject: { pool: pool.input.id } });
  const initial = sum(currency, [...groupTotals(charged, 'initial', terms, currency), ...options.map((option) => option.initial), ...beside.both, ...beside.initial, ...((pool.input.orders ?? []).length > 0 ? [orders.figure] : [])], { label: 'Initial requirement', subject: { pool: pool.input.id } });
  const atMark: PoolAtMark = { equity: worth.equity.amount, maintenance: maintenance.amount, liquidationLevel: liquidationMultiple(rules), legs: charged, terms };
  const levels = levelsOf(charged, beside.both, terms, currency, pool);
  const cheaper = cheaperSides(charged, terms);
  const positions = [...charged.map((entry) => positionMargin(entry, terms, currency, cheaper.get(entry.leg.group) === (isShort(entry.leg) ? 'short' : 'long'))), ...options.map((option) => optionMargin(option, currency))];
  const state = assemblePool({ ...pool, setAside: [...setAside, ...optionsAside] }, rules, { requirement: riskRequirement(currency, initial, maintenance), positions: [positions], unpriced: [...charged.flatMap(problemsOf), ...remarks, ...assets, ...orders.unpriced], ...SAME_SHAPE }, worth);
  const ofVenue = crossingsIn(atMark);
  return {
    ...state,
    crossings: pool.overlay ? searchedCrossings({ pool, market, rules, model: bracketModel, legs, equity: worth.equity.amount, liquidationLevel: atMark.liquidationLevel, jumps: state.thresholds.length > 0, ofVenue }) : ofVenue,
    ...(levels ? { levels, callAmount: callAmount(worth.equity, levels, initial, currency, terms) } : {}),
  };
};

function charge(leg: Leg, terms: BracketTerms, currency: string): Charged {
  const size = leg.quantity.abs();
  const localGain = gainOf(leg);
  return { leg, charge: chargeLeg(leg, size, terms, currency), localGain, gain: inPool(leg, localGain, currency), notional: inPool(leg, notionalOf(leg, size, leg.price), currency) };
}

/** Of options: their market value, whichever side is held. */
function grossOf({ value, instrument }: OptionHolding, currency: string): Figure {
  const nothing = input(new Decimal(0), currency, { label: 'Nothing', source: 'by definition' });
  return value.amount.isNegative() ? difference(currency, [nothing, value], { label: `Market value of ${instrument}, short` }) : value;
}

/** Pool → underlying → leg. */
function groupTotals(charged: readonly Charged[], stack: ChargeName, terms: BracketTerms, currency: string): Figure[] {
  const groups = [...Map.groupBy(charged, ({ leg }) => leg.group)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([group, entries]) => {
    const about = { label: `${group} at the venue`, subject: { group } };
    const total = (of: readonly Charged[], label: string): Figure => sum(currency, of.flatMap(({ charge: asked }) => asked[stack] ?? []), { ...about, label });
    if (terms.netting.value !== 'greaterSide') return total(entries, about.label);
    const sides = Object.groupBy(entries, ({ leg }) => (isShort(leg) ? 'short' : 'long'));
    return greatest(currency, [total(sides.long ?? [], `${group}, longs`), total(sides.short ?? [], `${group}, shorts`)], { ...about, rule: terms.netting.rule });
  });
}

/** What is asked beyond the positions: of both stacks, and of the initial one alone. */
function besidePositions({ input: { currency, external } }: PreparedPool, charged: readonly Charged[], { liquidationReward }: BracketTerms): { both: Figure[]; initial: Figure[] } {
  const stated = (amount: string | undefined, label: string): Figure[] => (amount === undefined ? [] : [input(fromDecimalText(amount), currency, { label, source: 'external' })]);
  const both = stated(external?.maintenance, 'Maintenance of positions not seen one by one');
  if (liquidationReward && charged.length > 0) {
    const { value, rule } = liquidationReward;
    const notional = sum(currency, charged.map((entry) => entry.notional), { label: 'Notional value of all positions' });
    const cost = product(currency, [notional, ruleInput(fromDecimalText(value.rate), 'ratio', 'Cost of liquidation, of notional value', rule)], { label: 'Cost of liquidation', rule });
    both.push(value.most === undefined ? cost : least(currency, [cost, ruleInput(fromDecimalText(value.most), currency, 'Cost of liquidation, at most', rule)], { label: 'Cost of liquidation', rule }));
  }
  return { both, initial: stated(external?.reserved, 'Reserved elsewhere') };
}

function levelsOf(charged: readonly Charged[], beside: readonly Figure[], terms: BracketTerms, currency: string, { input: { id } }: PreparedPool): PoolLevels | null {
  if (!terms.levels) return null;
  const level = (name: 'search' | 'release', label: string): Figure => sum(currency, [...groupTotals(charged, name, terms, currency), ...beside], { label, subject: { pool: id } });
  return { search: level('search', 'Search level: below it more is asked for'), release: level('release', 'Release level: above it money is given back') };
}

/** Below the search level the call restores equity to the initial level. */
function callAmount(equity: Figure, { search }: PoolLevels, initial: Figure, currency: string, terms: BracketTerms): Figure {
  const nothing = input(new Decimal(0), currency, { label: 'No call', source: 'by definition' });
  const missing = difference(currency, [initial, equity], { label: 'Initial level less equity' });
  const isBelow = equity.amount.lt(search.amount);
  return choice(currency, [nothing, missing], isBelow ? 1 : 0, {
    label: 'Margin call of the venue',
    arithmetic: isBelow ? 'equity is below the search level: the call restores it to the initial level' : 'equity is not below the search level',
    ...(terms.levels ? { rule: terms.levels.rule } : {}),
  });
}

/** Of a netted underlying, the side for which nothing is asked because the other one is the dearer. */
function cheaperSides(charged: readonly Charged[], terms: BracketTerms): ReadonlyMap<string, 'long' | 'short'> {
  if (terms.netting.value !== 'greaterSide') return new Map();
  const total = (entries: readonly Charged[], short: boolean): Decimal => entries.filter(({ leg }) => isShort(leg) === short).reduce((reached, { charge: asked }) => reached.plus(asked.maintenance.amount), new Decimal(0));
  const groups = Map.groupBy(charged, ({ leg }) => leg.group);
  return new Map([...groups].map(([group, entries]) => [group, total(entries, false).gte(total(entries, true)) ? 'short' : 'long']));
}

function positionMargin({ leg, charge: asked, localGain, gain }: Charged, terms: BracketTerms, currency: string, isNetted: boolean): PositionMargin {
  const { instrument, subType, quantity, price, market, group } = leg;
  const zero = (label: string, source: string): Figure => input(new Decimal(0), currency, { label, source });
  const counted = (figure: Figure): Figure => (isNetted ? zero(`${instrument} nets against the dearer side`, 'by the venue’s netting') : figure);
  const maintenance = counted(asked.maintenance);
  const initial = counted(asked.initial);
  return {
    instrument,
    subType,
    quantity: toDecimalText(quantity),
    price: toDecimalText(price.amount),
    localValue: localGain.amount,
    value: gain,
    requirement: { regT: zero('Regulation T does not apply at a venue', 'by definition'), exchange: maintenance, houseInitial: initial, houseMaintenance: maintenance },
    group,
    strategy: `${terms.netting.value === 'hedge' ? (isShort(leg) ? 'short side' : 'long side') : leg.terms.kind}, by bracket`,
    rule: market.rule.cites,
    parts: null,
    badges: market.rule.status === 'unverified' ? ['unverifiedRule'] : [],
  };
}

function problemsOf({ leg, charge: { problem } }: Charged): Unpriced[] {
  return problem === null ? [] : [{ instrument: leg.instrument, reason: problem, indeterminate: true }];
}
