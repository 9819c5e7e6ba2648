import type { RuleValue } from '../../../shared/rule-values.ts';
import { fromDecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { spell } from '../figure/spell.ts';
import { overlayEntries } from './overlay-values.ts';
import { nameOf } from './rules.ts';
import type { FutureProduct, RulePack, StatusRung } from './schema.ts';
import { versionsOf, type PackShelf } from './shelf.ts';

/** What one pack says under one key, before the layers are laid over each other. */
type Entry = Omit<RuleValue, 'replaces' | 'pack' | 'layer'>;

/**
 * Everything that a stack of packs sets, each key once with the layer that won and what it took the place of, in the
 * order of the packs. `names` are `id@version` in layer order; futures' rates are those in force on the day.
 */
export function ruleValues(shelf: PackShelf, names: readonly string[], on: IsoDate | null): RuleValue[] {
  const values = new Map<string, RuleValue>();
  for (const name of names) {
    const pack = versionsOf(shelf, name.split('@')[0] ?? '').find((version) => nameOf(version) === name);
    for (const entry of pack ? entriesOf(pack, on) : []) {
      const before = values.get(entry.key);
      const replaces = before ? [...before.replaces, { value: before.value, pack: before.pack }] : [];
      values.set(entry.key, { ...entry, pack: name, layer: pack?.layer ?? '', replaces });
    }
  }
  return [...values.values()];
}

function entriesOf(pack: RulePack, on: IsoDate | null): Entry[] {
  const { parameters, settings = {}, perInstrument = {}, futures = {}, statusLadder = [], addOns = {}, overlay } = pack;
  return [
    ...Object.entries(parameters).map(([key, { label, value, unit, cites, status, note = null }]): Entry => ({ key, label, value: written(value, unit), cites, status, note })),
    ...Object.entries(settings).flatMap(([key, setting]): Entry[] => (setting ? [{ key, label: 'Choice of rule', value: setting.value, cites: setting.cites, status: setting.status, note: setting.note ?? null }] : [])),
    ...Object.entries(perInstrument).flatMap(([instrument, { rates, cites, status, note = null }]) =>
      Object.entries(rates).map(([rate, value]): Entry => ({ key: `perInstrument.${instrument}.${rate}`, label: `${instrument}: ${rate.replace('.', ' rate, ')}`, value: written(value, 'ratio'), cites, status, note })),
    ),
    ...Object.entries(futures).flatMap(([root, product]) => futureEntry(root, product, on, pack)),
    ...statusLadder.map(rungEntry),
    ...Object.entries(addOns).map(([name, { label, bands, effect, cites, status, note = null }]): Entry => ({ key: `addOns.${name}`, label, value: `${bands.map(bandText).join('; ')} (${effect === 'added' ? 'added' : 'at least'})`, cites, status, note })),
    ...(overlay ? overlayEntries(overlay) : []),
  ];
}

/** A ratio as a percentage, money with its cents, a count as it is. */
function written(value: string, unit: string): string {
  const text = spell(fromDecimalText(value), unit);
  return unit === 'ratio' || unit === 'count' ? text : `${text} ${unit}`;
}

function bandText(band: { rate: string } & ({ from: string } | { above: string })): string {
  return `${'from' in band ? `from ${band.from}` : `above ${band.above}`}: ${written(band.rate, 'ratio')}`;
}

function futureEntry(root: string, { title, currency, rates, knownUntil }: FutureProduct, on: IsoDate | null, { layer }: RulePack): Entry[] {
  const key = layer === 'regulatory' ? `futures.${root}` : `futures.${root} of the house`;
  const rate = rates.filter(({ effectiveFrom }) => on === null || effectiveFrom <= on).toSorted((a, b) => (a.effectiveFrom > b.effectiveFrom ? -1 : 1))[0];
  if (!rate) return [];
  const initial = rate.initial === undefined ? '' : `, initial ${written(rate.initial, currency)}`;
  const until = knownUntil === undefined ? '' : on !== null && knownUntil < on ? `; known only until ${knownUntil}, so not used` : `; known until ${knownUntil}`;
  return [{ key, label: `${title}, a contract`, value: `${written(rate.maintenance, currency)}${initial}`, cites: rate.cites, status: rate.status, note: `From ${rate.effectiveFrom}${until}.` }];
}

const METRIC_WORDS: Record<StatusRung['metric'], string> = {
  netLiq: 'net liquidation value',
  excess: 'excess',
  equityToMaintenance: 'equity as a multiple of maintenance',
  equityToExchangeMaintenance: 'equity as a multiple of exchange maintenance',
  healthRatio: 'health ratio',
  cushion: 'excess as a share of net liquidation value',
};

function rungEntry({ status, metric, comparison, strict, value, cites, certainty, note }: StatusRung): Entry {
  return { key: `statusLadder.${status}`, label: `${status}: ${METRIC_WORDS[metric]} ${comparison}${strict ? '' : ' or at'}`, value: fromDecimalText(value).toFixed(), cites, status: certainty, note: note ?? null };
}
