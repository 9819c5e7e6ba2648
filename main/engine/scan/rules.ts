import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import type { Rules } from '../packs/rules.ts';
import type { Commodity, InterSpread, PortfolioType, ProductGroup, Scenario, ScanSection, ScenarioSet } from './section.ts';

/** A part of the scan rules with what it rests on. */
export type Cited<Value> = Value & { rule: RuleReference };

/** Which method the packs name; the last layer wins. */
export function scanMethod(rules: Rules): ScanRules['method'] {
  const method = rules.sections('scan').findLast(({ value }) => value.method !== undefined)?.value.method?.value;
  assert(method !== undefined, 'no rule pack sets scan.method');
  return method;
}

/** The scan sections of a pool's packs laid over each other: later layers win, table by table and name by name. */
export interface ScanRules {
  method: NonNullable<ScanSection['method']>['value'];
  set: Cited<ScenarioSet>;
  extreme: Cited<{ multiplier: string; coveredFraction: string }> | null;
  order: Cited<{ value: NonNullable<ScanSection['order']>['value'] }>;
  weightedRisk: Cited<{ value: NonNullable<ScanSection['weightedRisk']>['value'] }>;
  commodities: ReadonlyMap<string, Cited<Commodity>>;
  interSpreads: readonly Cited<InterSpread>[];
  superSpreads: readonly Cited<InterSpread>[];
  portfolioTypes: ReadonlyMap<string, Cited<PortfolioType>>;
  productGroups: ReadonlyMap<string, Cited<ProductGroup>>;
  /** Yearly rate that options are priced at where the market data has no curve. */
  rate: number;
}

const known = new WeakMap<Rules, ScanRules>();

/** The scan rules of a stack of packs. A pure memo: rules never change. Throws when a part is missing: see packs/required.ts. */
export function scanRules(rules: Rules): ScanRules {
  const before = known.get(rules);
  if (before) return before;
  const made = layScanRules(rules);
  known.set(rules, made);
  return made;
}

function layScanRules(rules: Rules): ScanRules {
  const layers = rules.sections('scan');
  const must = <Name extends 'method' | 'scenarioSet' | 'order' | 'weightedRisk'>(name: Name): Cited<NonNullable<ScanSection[Name]>> => {
    const found = layers.findLast(({ value }) => value[name] !== undefined);
    const value = found?.value[name];
    assert(found !== undefined && value !== undefined, `no rule pack sets scan.${name}`);
    return cited(value, found.pack, `scan.${name}`);
  };
  const extreme = layers.findLast(({ value }) => value.extreme !== undefined);
  const named = <Name extends 'commodities' | 'portfolioTypes' | 'productGroups'>(name: Name) =>
    new Map(layers.flatMap(({ pack, value }) => Object.entries(value[name] ?? {}).map(([id, row]) => [id, cited(row as NonNullable<ScanSection[Name]>[string], pack, `scan.${name}.${id}`)] as const)));
  const spreads = (name: 'interSpreads' | 'superSpreads'): Cited<InterSpread>[] => {
    const layer = layers.findLast(({ value }) => value[name] !== undefined);
    return (layer?.value[name] ?? []).map((row) => cited(row, layer?.pack ?? '', `scan.${name}, priority ${row.priority}`)).toSorted((a, b) => a.priority - b.priority);
  };
  return {
    method: must('method').value,
    set: must('scenarioSet'),
    extreme: extreme?.value.extreme ? cited(extreme.value.extreme, extreme.pack, 'scan.extreme') : null,
    // Only SPAN asks for these two; a pack by classes need not have them.
    get order() {
      return must('order');
    },
    get weightedRisk() {
      return must('weightedRisk');
    },
    commodities: named('commodities'),
    interSpreads: spreads('interSpreads'),
    superSpreads: spreads('superSpreads'),
    portfolioTypes: named('portfolioTypes'),
    productGroups: named('productGroups'),
    rate: Number(rules.optional('scan.rate')?.value ?? '0'),
  };
}

function cited<Value extends { cites: string; status: RuleReference['status'] }>(value: Value, pack: string, parameter: string): Cited<Value> {
  return { ...value, rule: { pack, cites: value.cites, parameter, status: value.status } };
}

/** Digits behind the point of a move: thirds of a range do not end. */
const MOVE_PLACES = 12;

/** `-2/3` of a range, as a decimal of at most twelve places, half-even. */
export function shareOf(range: Decimal, fraction: string): Decimal {
  const [over = '0', under = '1'] = fraction.split('/');
  return range.times(over).div(under).toDecimalPlaces(MOVE_PLACES);
}

/** How far a scenario's price goes, in ranges, and how much of the result counts. An extreme one takes both from `extreme`. */
export function reachOf({ price, weight = '1', extreme }: Scenario, given: { multiplier: string; coveredFraction: string } | null): { price: string; multiplier: Decimal; weight: Decimal } {
  const beyond = extreme === true ? given : null;
  return { price, multiplier: new Decimal(beyond?.multiplier ?? 1), weight: new Decimal(weight).times(beyond?.coveredFraction ?? 1) };
}
