import type { InstrumentId, Currency } from '../../../shared/domain/instrument.ts';
import type { RuleReference } from '../../../shared/explain.ts';
import { fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { MoneyQuantum } from '../../../shared/quantum.ts';
import { assert } from '../../../shared/result.ts';
import { input, type Figure } from '../figure/figure.ts';
import { spell } from '../figure/spell.ts';
import { lowerEnd } from './add-on-schema.ts';
import type { MarginModelId } from '../input.ts';
import type { AddOnTable, FutureProduct, InstrumentRateName, Parameter, RulePack, Settings, StatusRung } from './schema.ts';

/** A number of the rules in force: the layer that won, with its citation, and the node that every figure shares. */
export interface ResolvedParameter {
  value: DecimalText;
  rule: RuleReference;
  figure: Figure;
}

/** A futures product and the pack it stands in. */
export interface LayeredProduct {
  root: string;
  pack: string;
  product: FutureProduct;
}

/** A table of account add-ons in force, and the pack it stands in. */
export interface LayeredTable {
  name: string;
  table: AddOnTable;
  rule: RuleReference;
  /** Nothing, and each band's rate and lower end, as the nodes that every figure shares. A rounded share is in a band half a step earlier. */
  none: Figure;
  rates: readonly Figure[];
  ends: readonly Figure[];
}

type Conduct = NonNullable<RulePack['conduct']>;
type ConductName = 'strikes' | 'portfolioDecline';
type SettingName = keyof Settings;
type SettingValue<Name extends SettingName> = NonNullable<Settings[Name]>['value'];

/** The rules a pool is under: its packs' layers resolved, later layers winning. */
export interface Rules {
  /** Packs in layer order, each `id@version`. */
  packs: readonly string[];
  model: MarginModelId;
  /** Currency of the rules' money amounts. */
  currency: Currency;
  optionValueIn: 'requirement' | 'equity';
  quantityLot: DecimalText;
  moneyQuantum: (currency: Currency) => MoneyQuantum;
  statusLadder: readonly StatusRung[];
  /** A parameter that must be there. Throws when no layer has it: packs are checked when they are resolved. */
  parameter: (key: string) => ResolvedParameter;
  /** A parameter that a layer may set, such as a house rate; null when none does. */
  optional: (key: string) => ResolvedParameter | null;
  /** Keys of all parameters that a layer sets. */
  keys: readonly string[];
  setting: <Name extends SettingName>(name: Name) => SettingValue<Name>;
  /** A choice that the packs need not make; null when none does. */
  optionalSetting: <Name extends SettingName>(name: Name) => SettingValue<Name> | null;
  /** What a setting rests on. */
  settingRule: (name: SettingName) => RuleReference;
  /** The rate set for one instrument, or null. */
  instrumentRate: (instrument: InstrumentId, name: InstrumentRateName) => ResolvedParameter | null;
  /** A futures product as the regulatory layer, or the layers above it, have it; the highest of those wins. */
  future: (root: string, by: 'exchange' | 'house') => LayeredProduct | null;
  /** What follows unmet calls, as the last layer that says so has it. */
  conduct: <Name extends ConductName>(name: Name) => { value: NonNullable<Conduct[Name]>; rule: RuleReference } | null;
  /** Tables of account add-ons, by name; of several layers' tables of one name the last. */
  addOns: readonly LayeredTable[];
  /** A model's own part of the packs, in layer order; the model lays them over each other itself. */
  sections: <Name extends keyof RulePack>(name: Name) => readonly { pack: string; value: NonNullable<RulePack[Name]> }[];
}

/** The layers as one set of rules. `packs` are in layer order and complete; the shelf has checked both. */
export function layRules(packs: readonly RulePack[]): Rules {
  const parameters = new Map<string, ResolvedParameter>();
  const rates = new Map<string, ResolvedParameter>();
  for (const pack of packs) {
    for (const [key, parameter] of Object.entries(pack.parameters)) parameters.set(key, resolved(pack, key, parameter));
    for (const [instrument, entry] of Object.entries(pack.perInstrument ?? {})) {
      for (const [name, value] of Object.entries(entry.rates)) {
        const label = `${instrument}: ${name.replace('.', ' rate, ')}`;
        rates.set(`${instrument} ${name}`, resolved(pack, `perInstrument.${instrument}.${name}`, { ...entry, value, unit: 'ratio', label }));
      }
    }
  }
  return {
    packs: packs.map(nameOf),
    model: last(packs, 'model'),
    currency: last(packs, 'currency'),
    optionValueIn: last(packs, 'optionValueIn'),
    quantityLot: last(packs, 'quantityLot'),
    moneyQuantum: (currency) => quantumOf(packs, currency),
    statusLadder: last(packs, 'statusLadder'),
    parameter: (key) => {
      const found = parameters.get(key);
      assert(found !== undefined, `no rule pack sets ${key}`);
      return found;
    },
    optional: (key) => parameters.get(key) ?? null,
    keys: [...parameters.keys()],
    setting: (name) => settingOf(packs, name),
    optionalSetting: (name) => packs.findLast((pack) => pack.settings?.[name] !== undefined)?.settings?.[name]?.value ?? null,
    conduct: (name) => conductOf(packs, name),
    settingRule: (name) => settingRuleOf(packs, name),
    instrumentRate: (instrument, name) => rates.get(`${instrument} ${name}`) ?? null,
    future: (root, by) => futureOf(packs, root, by),
    addOns: addOnsOf(packs),
    sections: (name) => packs.flatMap((pack) => (pack[name] === undefined || pack[name] === null ? [] : [{ pack: nameOf(pack), value: pack[name] }])),
  };
}

/** `us-reg-t@2026-06-04`. */
export function nameOf(pack: RulePack): string {
  return `${pack.id}@${pack.version}`;
}

function resolved(pack: RulePack, key: string, { value, unit, label, cites, status }: Parameter): ResolvedParameter {
  const rule: RuleReference = { pack: nameOf(pack), cites, parameter: key, status };
  const source = `rule pack ${nameOf(pack)}, ${key}`;
  return { value, rule, figure: input(fromDecimalText(value), unit, { label, rule, source }) };
}

function last<Key extends keyof RulePack>(packs: readonly RulePack[], key: Key): NonNullable<RulePack[Key]> {
  const value = packs.findLast((pack) => pack[key] !== undefined)?.[key];
  assert(value !== undefined && value !== null, `no rule pack declares ${key}`);
  return value;
}

function settingOf<Name extends SettingName>(packs: readonly RulePack[], name: Name): SettingValue<Name> {
  const setting = packs.findLast((pack) => pack.settings?.[name] !== undefined)?.settings?.[name];
  assert(setting !== undefined, `no rule pack sets ${name}`);
  return setting.value;
}

function settingRuleOf(packs: readonly RulePack[], name: SettingName): RuleReference {
  const pack = packs.findLast(({ settings }) => settings?.[name] !== undefined);
  const setting = pack?.settings?.[name];
  assert(pack !== undefined && setting !== undefined, `no rule pack sets ${name}`);
  return { pack: nameOf(pack), cites: setting.cites, parameter: name, status: setting.status };
}

function conductOf<Name extends ConductName>(packs: readonly RulePack[], name: Name): { value: NonNullable<Conduct[Name]>; rule: RuleReference } | null {
  const pack = packs.findLast(({ conduct }) => conduct?.[name] !== undefined);
  const value = pack?.conduct?.[name];
  if (!pack?.conduct || !value) return null;
  return { value, rule: { pack: nameOf(pack), cites: pack.conduct.cites, parameter: `conduct.${name}`, status: pack.conduct.status } };
}

function futureOf(packs: readonly RulePack[], root: string, by: 'exchange' | 'house'): LayeredProduct | null {
  const pack = packs.findLast(({ layer, futures }) => (layer === 'regulatory') === (by === 'exchange') && futures && Object.hasOwn(futures, root));
  const product = pack?.futures?.[root];
  return pack && product ? { root, pack: nameOf(pack), product } : null;
}

function addOnsOf(packs: readonly RulePack[]): LayeredTable[] {
  const tables = new Map<string, LayeredTable>();
  for (const pack of packs) {
    for (const [name, table] of Object.entries(pack.addOns ?? {})) {
      tables.set(name, layeredTable(pack, name, table));
    }
  }
  return [...tables.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function layeredTable(pack: RulePack, name: string, table: AddOnTable): LayeredTable {
  const parameter = `addOns.${name}`;
  const source = `rule pack ${nameOf(pack)}, ${parameter}`;
  const half = fromDecimalText(table.roundedTo ?? '0').div(2);
  return {
    name,
    table,
    rule: { pack: nameOf(pack), cites: table.cites, parameter, status: table.status },
    none: input(fromDecimalText('0'), 'ratio', { label: 'Nothing', source }),
    rates: table.bands.map((band) => input(fromDecimalText(band.rate), 'ratio', { label: bandWords(band, table.measure), source })),
    ends: table.bands.map((band) => input(lowerEnd(band).minus(half), 'ratio', { label: 'End of the band', source })),
  };
}

/** `above 40%`, `from 3 days`. */
export function bandWords(band: AddOnTable['bands'][number], measure: AddOnTable['measure']): string {
  const end = lowerEnd(band);
  const days = end.eq(1) ? ' day' : ' days';
  return `${'above' in band ? 'above' : 'from'} ${measure === 'daysOfVolume' ? `${spell(end, 'days')}${days}` : spell(end, 'ratio')}`;
}

function quantumOf(packs: readonly RulePack[], currency: Currency): MoneyQuantum {
  const quanta = last(packs, 'moneyQuantum');
  const quantum = quanta[currency] ?? quanta['*'];
  assert(quantum !== undefined, `no money quantum is declared for ${currency}`);
  return quantum;
}
