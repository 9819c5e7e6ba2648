import { toDecimalText } from '../../../shared/money.ts';
import { product, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel, PositionMargin, Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import { madeOf } from '../pool/kept.ts';
import { areThose, nearEach, nearFlat } from '../pool/near.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { movedCallPrices } from '../trigger/moved-market.ts';
import { besideRequirement } from './beside.ts';
import type { ClassBundle } from './classes/class-group.ts';
import { classesRequirement } from './classes/classes-model.ts';
import { classCallPrices } from './classes/call-prices.ts';
import { countingOf, type ScanLeg } from './leg.ts';
import { movedOptions } from './options/moved-options.ts';
import { heldLegs, scanPart, type HeldLegs, type ScanPart } from './part.ts';
import { scanRules, type ScanRules } from './rules.ts';
import { spanRequirement } from './span/span-model.ts';
import { legShare, nothing, type ScanFrame } from './table.ts';
import { worthOf } from './worth.ts';

/** What a method makes of the legs: the stacks, each leg's share, and what it could not tell. */
interface Scanned {
  clearing: Figure;
  initial: Figure;
  maintenance: Figure;
  positions: readonly (readonly PositionMargin[])[];
  unpriced: Unpriced[];
  /** By classes, for the prices at which the pool is called. */
  bundles?: readonly ClassBundle[];
}

/**
 * Risk arrays: every holding's gain in every scenario, added up by group; the worst scenario decides, with the charges
 * and offsets of the method that the packs name. One requirement stands in all stacks.
 */
export const scanModel: MarginModel = (pool, market, rules) => {
  const scan = scanRules(rules);
  const { near, input: { id, currency } } = pool;
  const parts = nearEach(near, `${id} scan`, pool.groups, (group) => madeOf(group, 'scan', () => scanPart(group, currency, market, rules, scan)));
  const frame: ScanFrame = { currency, counting: countingOf(rules.moneyQuantum(currency), () => Math.max(0, ...parts.map(({ finest }) => finest()))), scenarios: scan.set.scenarios };
  const scanned = scan.method === 'classes' ? byClasses(pool, parts, market, rules, scan, frame) : bySpan(heldLegs(parts), market, rules, scan, frame);
  const { bundles } = scanned;
  const counted = nearEach(near, `${id} counted`, parts, (part) => part.counted);
  const contracts = nearFlat(near, `${id} contracts`, parts, (part) => part.contracts);
  const margin = assemblePool(
    { ...pool, setAside: nearFlat(near, `${id} not scanned`, parts, ({ setAside }) => setAside) },
    rules,
    {
      requirement: { ...riskRequirement(currency, scanned.initial, scanned.maintenance), exchangeInitial: scanned.clearing, exchangeMaintenance: scanned.clearing },
      positions: scanned.positions,
      unpriced: [...nearFlat(near, `${id} unsure`, parts, (part) => part.scanned.unpriced), ...scanned.unpriced, ...notUsed(pool)],
      ...SAME_SHAPE,
    },
    worthOf({ ...pool, groups: counted }, contracts, rules),
  );
  if (bundles) return Object.assign(margin, classCallPrices({ pool, market, rules, bundles, model: scanModel, excess: () => margin.figures.excess.amount }));
  // Arrays that are given say nothing of other prices; those of a range or a model are made anew.
  if (pool.input.positions.some(({ instrument }) => market.input.riskArrays?.has(instrument))) return margin;
  return Object.assign(margin, movedCallPrices({ pool, market, rules, model: scanModel, excess: () => margin.figures.excess.amount, withOptions: movedOptions(pool.input.positions, market, scan) }));
};

function byClasses(pool: PreparedPool, parts: readonly ScanPart[], market: MarketView, rules: Rules, scan: ScanRules, frame: ScanFrame): Scanned {
  const { currency } = frame;
  const { near, input: { id } } = pool;
  const ruleMoney = market.conversion(rules.currency, currency);
  const { maintenance: scanRequirement, bundles } = classesRequirement(id, parts, ruleMoney ?? [], market, rules, scan, frame);
  const beside = besideRequirement(nearFlat(near, `${id} charges beside`, parts, (part) => part.beside.charges), currency);
  const maintenance = sum(currency, [scanRequirement, beside], { label: 'Maintenance requirement', subject: { pool: id } });
  const multiple = rules.parameter('portfolio.initialMultiple');
  const initial = product(currency, [multiple.figure, maintenance], { label: 'Initial requirement', rule: multiple.rule, subject: { pool: id } });
  const positions = nearEach(near, `${id} class margins`, bundles, (bundle) => madeOf(bundle, 'positions', () => positionsOf(bundle, frame)));
  const noRate = ruleMoney === null ? [{ instrument: currency, reason: `no exchange rate from ${rules.currency} into ${currency} is known for the minimum charge`, indeterminate: true }] : [];
  return { clearing: maintenance, initial, maintenance, positions: [...positions, nearFlat(near, `${id} margins beside`, parts, (part) => part.beside.positions)], unpriced: noRate, bundles };
}

function positionsOf({ classes, worst, requirement, title }: ClassBundle, frame: ScanFrame): PositionMargin[] {
  return classes.flatMap(({ underlying, table }) => table.legs.map((leg) => {
    const of = [worst, title, underlying, requirement.unverified, requirement.about.rule, frame.currency, frame.counting.places, frame.counting.rounds, frame.scenarios];
    const known = margins.get(leg);
    if (known && areThose(known.of, of)) return known.margin;
    const margin = { ...positionOf(leg, legShare(leg, worst, frame), title, 'portfolio margin', requirement, frame.currency), movesWith: underlying };
    margins.set(leg, { of, margin });
    return margin;
  }));
}

// Where the same scenario decides, a leg that another one's edit leaves alone has the very share that it had.
const margins = new WeakMap<ScanLeg, { of: readonly unknown[]; margin: PositionMargin }>();

function bySpan(held: readonly HeldLegs[], market: MarketView, rules: Rules, scan: ScanRules, frame: ScanFrame): Scanned {
  const { currency } = frame;
  const options = held.flatMap(({ legs }) => legs).filter(({ terms }) => terms.kind === 'option').map(({ value }) => value);
  const optionValue = rules.optionValueIn === 'equity' ? null : sum(currency, options, { label: 'Net option value' });
  const { commodities, clearing, initial, maintenance, unpriced } = spanRequirement(new Map(held.map(({ id, legs }) => [id, legs])), optionValue, market, scan, frame);
  const positions = commodities.map(({ id, terms, table }) => table.legs.map((leg) => ({ ...positionOf(leg, legShare(leg, table.worst, frame), terms.title, 'SPAN', maintenance, currency), movesWith: id })));
  const lost = held.filter(({ id }) => commodities.every((commodity) => commodity.id !== id)).map(({ id }) => ({ instrument: id, reason: 'no exchange rate into the currency of the pool is known', indeterminate: true }));
  return { clearing, initial, maintenance, positions, unpriced: [...unpriced, ...lost] };
}

/** A leg's share: what it loses in the scenario that its group loses most in; a hedge has a share below zero. */
function positionOf({ instrument, subType, quantity, price, localValue, value }: ScanLeg, share: Figure, group: string, strategy: string, requirement: Figure, currency: string): PositionMargin {
  return {
    instrument,
    subType,
    quantity: toDecimalText(quantity),
    price: price && toDecimalText(price.amount),
    localValue,
    value,
    requirement: { regT: nothing(currency, 'Regulation T does not apply under this model'), exchange: share, houseInitial: share, houseMaintenance: share },
    group,
    strategy,
    rule: requirement.about.rule?.cites ?? '',
    parts: null,
    badges: requirement.unverified ? ['unverifiedRule'] : [],
  };
}

/** Parts of the pool that this method leaves out of its figures: it must not be taken for the whole requirement. */
function notUsed({ input: { id, collateral, debt, orders, external } }: PreparedPool): Unpriced[] {
  const parts = Object.entries({ collateral, debt, orders }).filter(([, rows]) => rows !== undefined && rows.length > 0).map(([name]) => name);
  return [...parts, ...(external ? ['external'] : [])].map((name) => ({ instrument: id, reason: `the pool's ${name} is not part of a scan`, indeterminate: true }));
}

