import { toDecimalText } from '../../../shared/money.ts';
import { product, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel, PositionMargin, Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { chargeBeside, isScanned } from './beside.ts';
import type { ClassBundle } from './classes/class-group.ts';
import { classesRequirement } from './classes/classes-model.ts';
import { classCallPrices } from './classes/call-prices.ts';
import { isContract, prepareContracts } from './contracts.ts';
import { countingOf, type ScanLeg } from './leg.ts';
import { legsOf, type GroupedLegs } from './legs.ts';
import { movedOptions } from './options/moved-options.ts';
import { scanRules, type ScanRules } from './rules.ts';
import { spanRequirement } from './span/span-model.ts';
import { legShare, nothing, type ScanFrame } from './table.ts';
import { movedCallPrices } from '../trigger/moved-market.ts';
import { worthOf } from './worth.ts';

/** What a method makes of the legs: the stacks, each leg's share, and what it could not tell. */
interface Scanned {
  clearing: Figure;
  initial: Figure;
  maintenance: Figure;
  positions: PositionMargin[];
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
  const { currency } = pool.input;
  const { contracts, setAside } = prepareContracts(pool, market, rules);
  const byRule = scan.method === 'classes' ? pool.holdings.filter((holding) => !isScanned(holding)) : [];
  const grouped = legsOf(pool.holdings.filter((holding) => !byRule.includes(holding)), contracts, market, scan);
  const legs = [...grouped.groups.values()].flat();
  const frame: ScanFrame = { currency, counting: countingOf(rules.moneyQuantum(currency), legs), scenarios: scan.set.scenarios };
  const scanned = scan.method === 'classes' ? byClasses(pool, grouped, byRule, market, rules, scan, frame) : bySpan(grouped, market, rules, scan, frame);
  const { bundles } = scanned;
  const others = pool.setAside.filter(({ instrument }) => !isContract(market.terms(instrument)?.kind));
  const margin = assemblePool(
    { ...pool, setAside: [...others, ...setAside, ...grouped.setAside] },
    rules,
    {
      requirement: { ...riskRequirement(currency, scanned.initial, scanned.maintenance), exchangeInitial: scanned.clearing, exchangeMaintenance: scanned.clearing },
      positions: scanned.positions,
      unpriced: [...grouped.unpriced, ...scanned.unpriced, ...notUsed(pool)],
      ...SAME_SHAPE,
    },
    worthOf(pool, countForNothing(grouped), contracts, rules),
  );
  if (bundles) return { ...margin, ...classCallPrices({ pool, market, rules, bundles, model: scanModel, excess: () => margin.figures.excess.amount }) };
  // Arrays that are given say nothing of other prices; those of a range or a model are made anew.
  if (pool.input.positions.some(({ instrument }) => market.input.riskArrays?.has(instrument))) return margin;
  return { ...margin, ...movedCallPrices({ pool, market, rules, model: scanModel, excess: () => margin.figures.excess.amount, withOptions: movedOptions(pool.input.positions, market, scan) }) };
};

function byClasses(pool: PreparedPool, { groups }: GroupedLegs, byRule: PreparedPool['holdings'], market: MarketView, rules: Rules, scan: ScanRules, frame: ScanFrame): Scanned {
  const { currency } = frame;
  const ruleMoney = market.conversion(rules.currency, currency);
  const { maintenance: scanRequirement, bundles } = classesRequirement(groups, ruleMoney ?? [], market, rules, scan, frame);
  const beside = chargeBeside(byRule, currency, market, rules);
  const maintenance = sum(currency, [scanRequirement, beside.requirement], { label: 'Maintenance requirement', subject: { pool: pool.input.id } });
  const multiple = rules.parameter('portfolio.initialMultiple');
  const initial = product(currency, [multiple.figure, maintenance], { label: 'Initial requirement', rule: multiple.rule, subject: { pool: pool.input.id } });
  const positions = bundles.flatMap(({ classes, worst, requirement, title }) => classes.flatMap(({ underlying, table }) => table.legs.map((leg) => ({ ...positionOf(leg, legShare(leg, worst, frame), title, 'portfolio margin', requirement, currency), movesWith: underlying }))));
  const noRate = ruleMoney === null ? [{ instrument: currency, reason: `no exchange rate from ${rules.currency} into ${currency} is known for the minimum charge`, indeterminate: true }] : [];
  return { clearing: maintenance, initial, maintenance, positions: [...positions, ...beside.positions], unpriced: noRate, bundles };
}

function bySpan({ groups }: GroupedLegs, market: MarketView, rules: Rules, scan: ScanRules, frame: ScanFrame): Scanned {
  const { currency } = frame;
  const legs = [...groups.values()].flat();
  const options = legs.filter(({ terms }) => terms.kind === 'option').map(({ value }) => value);
  const optionValue = rules.optionValueIn === 'equity' ? null : sum(currency, options, { label: 'Net option value' });
  const { commodities, clearing, initial, maintenance, unpriced } = spanRequirement(groups, optionValue, market, scan, frame);
  const positions = commodities.flatMap(({ id, terms, table }) => table.legs.map((leg) => ({ ...positionOf(leg, legShare(leg, table.worst, frame), terms.title, 'SPAN', maintenance, currency), movesWith: id })));
  const lost = [...groups].filter(([id]) => commodities.every((commodity) => commodity.id !== id)).map(([id]) => ({ instrument: id, reason: 'no exchange rate into the currency of the pool is known', indeterminate: true }));
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

/** What was paid for but cannot be scanned is worth nothing here, as if it had no mark: it must not lend. */
function countForNothing({ setAside }: GroupedLegs): GroupedLegs['setAside'] {
  return setAside.filter(({ indeterminate }) => !indeterminate);
}

/** Parts of the pool that this method leaves out of its figures: it must not be taken for the whole requirement. */
function notUsed({ input: { id, collateral, debt, orders, external } }: PreparedPool): Unpriced[] {
  const parts = Object.entries({ collateral, debt, orders }).filter(([, rows]) => rows !== undefined && rows.length > 0).map(([name]) => name);
  return [...parts, ...(external ? ['external'] : [])].map((name) => ({ instrument: id, reason: `the pool's ${name} is not part of a scan`, indeterminate: true }));
}

