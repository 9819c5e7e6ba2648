import type { RuleReference } from '../../../../shared/explain.ts';
import { fromDecimalText, type Decimal } from '../../../../shared/money.ts';
import { greatest, input, product, rounded, sum, type Figure } from '../../figure/figure.ts';
import type { Remembering } from '../../pool/kept.ts';
import type { ResolvedParameter } from '../../packs/rules.ts';
import { scanRisk, scenarioName, type ScanFrame, type ScanTable } from '../table.ts';
import type { Cited } from '../rules.ts';
import type { ProductGroup } from '../section.ts';
import { addRows, mapRow, scaled, worstOf, type Row } from '../whole-numbers.ts';
import type { ScanLeg } from '../leg.ts';

/** Everything on one underlying: its legs offset each other in full, scenario by scenario. */
export interface ClassGroup extends Remembering {
  underlying: string;
  table: ScanTable;
  /** The least a class is asked: so much for each of its option contracts, or a share of what its legs stand for. */
  minimum: Figure;
  /** The rule that says how far the underlying moves. */
  rule: RuleReference;
}

/** Classes that are charged together: one by itself, or those of a product group. */
export interface ClassBundle extends Remembering {
  title: string;
  classes: readonly ClassGroup[];
  /** The scenario that decided, −1 where none loses. */
  worst: number;
  requirement: Figure;
}

/** FINRA 4210(g): so much × the multiplier for each option contract, long or short. */
export function minimumCharge(legs: readonly ScanLeg[], { figure, rule }: ResolvedParameter, ruleMoney: readonly Figure[], currency: string): Figure {
  const charges = legs.filter(({ terms }) => terms.kind === 'option').map(({ instrument, quantity, multiplier }) => {
    const subject = { instrument };
    const count = input(quantity.abs(), 'contracts', { label: () => `Contracts of ${instrument}`, source: 'position', subject });
    return product(currency, [count, multiplier, figure, ...ruleMoney], { label: () => `Minimum charge, ${instrument}`, rule, subject });
  });
  return sum(currency, charges, { label: 'Minimum charge', rule });
}

/** A share of what the legs stand for at the price of their underlying: no hedge is smaller than it. */
export function notionalFloor(legs: readonly ScanLeg[], price: Figure | null, { figure, rule }: ResolvedParameter, currency: string): Figure {
  const sizes = price ? legs.map(({ instrument, quantity, multiplier, conversion }) => {
    const count = input(quantity.abs(), 'units', { label: () => `Size of ${instrument}`, source: 'position', subject: { instrument } });
    return product(currency, [figure, count, multiplier, price, ...conversion], { label: () => `Share of what ${instrument} stands for`, rule, subject: { instrument } });
  }) : [];
  return sum(currency, sizes, { label: 'Floor on what the legs stand for', rule });
}

/** One class by itself: its worst loss, at least its minimum charge. */
export function singleClass(group: ClassGroup, frame: ScanFrame): ClassBundle {
  const { underlying, table, minimum, rule } = group;
  const loss = scanRisk(table.gainFigure, table.row, frame, { label: `${underlying}, loss in the worst scenario`, subject: { group: underlying } });
  const requirement = greatest(frame.currency, [loss, minimum], { label: underlying, rule, subject: { group: underlying } });
  return { title: underlying, classes: [group], worst: table.worst, requirement, store: new Map() };
}

/**
 * Classes of a product group: in each scenario losses count in full and gains at the group's share; the worst of these
 * sums, at least the minimum charges of all its classes. Never more than the classes one by one.
 */
export function offsetClasses(classes: readonly ClassGroup[], group: Cited<ProductGroup>, frame: ScanFrame): ClassBundle {
  const { currency, counting, scenarios } = frame;
  const offset = fromDecimalText(group.offset);
  const rows = classes.map(({ table }) => sharedGains(table.row, offset));
  const row = addRows(rows, scenarios.length);
  const gainFigure = (scenario: number): Figure => sum(currency, classes.map(({ table, underlying }) => counted(table, scenario, underlying)), { label: scenarioName(scenarios, scenario) });
  const counted = (table: ScanTable, scenario: number, underlying: string): Figure => {
    const gain = { ...table.gainFigure(scenario), about: { label: `${underlying}, ${scenarioName(scenarios, scenario)}`, subject: { group: underlying } } };
    if (!gain.amount.gt(0)) return gain;
    const share = product(currency, [input(offset, 'ratio', { label: 'Share of a gain that offsets', source: `rule pack ${group.rule.pack}`, rule: group.rule }), gain], { label: `${underlying}, gain that counts` });
    return counting.rounds ? rounded(share, { name: 'down', places: counting.places }) : share;
  };
  const loss = scanRisk(gainFigure, row, frame, { label: `${group.title}, loss in the worst scenario`, rule: group.rule });
  const minimum = sum(currency, classes.map(({ minimum: own }) => own), { label: 'Minimum charges' });
  return { title: group.title, classes, worst: worstOf(row), requirement: greatest(currency, [loss, minimum], { label: group.title, rule: group.rule, subject: { group: group.title } }), store: new Map() };
}

/** Gains at a share of them, in whole steps, rounded towards zero; losses as they are. */
function sharedGains(row: Row, offset: Decimal): Row {
  const { coefficient, places } = scaled(offset);
  const divisor = 10n ** BigInt(places);
  return mapRow(row, (value) => (value > 0n ? (value * coefficient) / divisor : value));
}
