import type { Instrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import type { RuleReference } from '../../../shared/explain.ts';
import { fromDecimalText, type Decimal } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import { input, type Figure } from '../figure/figure.ts';
import type { Rules } from '../packs/rules.ts';
import type { BracketMarket } from './market-schema.ts';
import type { BracketSection, OptionRates, RuleStatus } from './section.ts';

/** A choice, table or market of the packs in force, and what it rests on. */
export interface Sourced<Value> {
  value: Value;
  rule: RuleReference;
}

/** A market's terms as a pool is under them. */
export interface MarketTerms extends Sourced<BracketMarket> {
  name: string;
}

type Entry<Name extends keyof BracketSection> = NonNullable<BracketSection[Name]>;

/** The venue's rules a pool is under: sections of its packs laid over each other, entry by entry. */
export interface BracketTerms {
  netting: Sourced<Entry<'netting'>['value']>;
  notionalAt: Sourced<Entry<'notionalAt'>['value']>;
  initialPrice: Sourced<Entry<'initialPrice'>['value']>;
  maintenancePrice: Sourced<Entry<'maintenancePrice'>['value']>;
  rounding: Sourced<Entry<'rounding'>> | null;
  levels: Sourced<Entry<'levels'>> | null;
  liquidationReward: Sourced<Entry<'liquidationReward'>> | null;
  haircut: (instrument: InstrumentId) => Figure | null;
  /** Rates of options on an underlying. */
  optionRates: (underlying: InstrumentId) => Sourced<OptionRates> | null;
  /** Found by the instrument's own name, by what it is on, by another name of either; else the terms of all others. */
  market: (instrument: InstrumentId, terms: Instrument) => MarketTerms | null;
}

/** Entries without which no position can be margined. */
export const BRACKET_ENTRIES = ['netting', 'notionalAt', 'initialPrice', 'maintenancePrice'] as const;

const known = new WeakMap<Rules, BracketTerms>();

/** The same terms every time for the same rules: rules never change. */
export function bracketTerms(rules: Rules): BracketTerms {
  const before = known.get(rules);
  if (before) return before;
  const made = layTerms(rules);
  known.set(rules, made);
  return made;
}

function layTerms(rules: Rules): BracketTerms {
  const entry = <Name extends 'rounding' | 'levels' | 'liquidationReward' | (typeof BRACKET_ENTRIES)[number]>(name: Name): Sourced<Entry<Name>> | null => {
    const layer = rules.sections('bracket').findLast((section) => section.value[name] !== undefined);
    const value = layer?.value[name] as (Entry<Name> & { cites: string; status: RuleStatus }) | undefined;
    return layer && value ? { value, rule: reference(layer.pack, name, value) } : null;
  };
  const choice = <Name extends (typeof BRACKET_ENTRIES)[number]>(name: Name): Sourced<Entry<Name>['value']> => {
    const found = entry(name);
    assert(found !== null, `no rule pack sets bracket.${name}`);
    return { value: found.value.value, rule: found.rule };
  };
  const markets = marketsOf(rules);
  return {
    netting: choice('netting'),
    notionalAt: choice('notionalAt'),
    initialPrice: choice('initialPrice'),
    maintenancePrice: choice('maintenancePrice'),
    rounding: entry('rounding'),
    levels: entry('levels'),
    liquidationReward: entry('liquidationReward'),
    haircut: (instrument) => haircutOf(rules, instrument),
    optionRates: (underlying) => optionRatesOf(rules, underlying) ?? optionRatesOf(rules, '*'),
    market: (instrument, terms) => {
      const names = [instrument, ...('underlying' in terms && terms.underlying ? [terms.underlying] : [])];
      return names.map((name) => markets.get(name)).find((market) => market !== undefined) ?? markets.get(OTHERS) ?? null;
    },
  };
}

/** No instrument is called this: names have at least one character. */
const OTHERS = '';

function marketsOf(rules: Rules): Map<string, MarketTerms> {
  const found = new Map<string, MarketTerms>();
  for (const { pack, value } of rules.sections('bracket')) {
    const { markets = {}, otherMarkets } = value;
    for (const [name, market] of Object.entries(markets)) {
      const terms: MarketTerms = { name, value: market, rule: reference(pack, `markets.${name}`, market) };
      for (const alias of [name, ...(market.names ?? [])]) found.set(alias, terms);
    }
    if (otherMarkets) found.set(OTHERS, { name: 'other markets', value: otherMarkets, rule: reference(pack, 'otherMarkets', otherMarkets) });
  }
  return found;
}

function optionRatesOf(rules: Rules, name: string): Sourced<OptionRates> | null {
  const layer = rules.sections('bracket').findLast(({ value }) => value.options && Object.hasOwn(value.options, name));
  const value = layer?.value.options?.[name];
  return layer && value ? { value, rule: reference(layer.pack, `options.${name}`, value) } : null;
}

function haircutOf(rules: Rules, instrument: InstrumentId): Figure | null {
  const layer = rules.sections('bracket').findLast(({ value }) => value.collateral && Object.hasOwn(value.collateral, instrument));
  const entry = layer?.value.collateral?.[instrument];
  return layer && entry ? ruleInput(fromDecimalText(entry.haircut), 'ratio', `Haircut on ${instrument}`, reference(layer.pack, `collateral.${instrument}`, entry)) : null;
}

function reference(pack: string, name: string, { cites, status }: { cites: string; status: RuleStatus }): RuleReference {
  return { pack, cites, parameter: `bracket.${name}`, status };
}

/** A number of a rule pack as a figure. */
export function ruleInput(amount: Decimal, unit: string, label: string, rule: RuleReference): Figure {
  return input(amount, unit, { label, rule, source: `rule pack ${rule.pack}, ${rule.parameter ?? ''}` });
}
