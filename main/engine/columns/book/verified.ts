import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { Rules } from '../../packs/rules.ts';
import type { Sliced } from '../sliced.ts';
import { settings, type InstrumentRateName, type Settings } from '../../packs/schema.ts';

/** Parameters of what the strategy lane leaves to the explaining engine. */
const OF_OTHERS = /^(?:exchange|house)\.(?:bond|stock\.(?:box|exchangeable)$|option\.long\.overTheCounter$)/;
const ASKS = /^(?:regT|exchange|house)\./;
const STOCK_RATES: readonly InstrumentRateName[] = ['maintenance.long', 'maintenance.short', 'initial.long', 'initial.short', 'option.short'];

/** True where nothing that the strategy lane reads is a rule that nobody has checked: its figures then rest on none. */
export function strategyIsVerified(rules: Rules): boolean {
  return rules.keys.every((key) => !ASKS.test(key) || OF_OTHERS.test(key) || isChecked(rules.parameter(key).rule)) && settingsAreVerified(rules);
}

function settingsAreVerified(rules: Rules): boolean {
  return (Object.keys(settings.shape) as (keyof Settings)[]).every((name) => rules.optionalSetting(name) === null || isChecked(rules.settingRule(name)));
}

/** True where the parameters with these names, and all choices, are checked. */
export function areVerified(rules: Rules, parameters: readonly string[]): boolean {
  return parameters.every((key) => isChecked(rules.optional(key)?.rule)) && settingsAreVerified(rules);
}

const ROWS_AT_ONCE = 512;

/** 1 for an instrument with a rate of its own that nobody has checked; an option's is its underlying's. */
export function* unverifiedRates(rows: readonly { id: InstrumentId; terms: Instrument }[], rules: Rules): Sliced<Uint8Array> {
  const found = new Uint8Array(rows.length);
  if (rules.sections('perInstrument').length === 0) return found;
  const known = new Map<InstrumentId, number>();
  for (let at = 0; at < rows.length; at += 1) {
    const { id, terms } = rows[at] as (typeof rows)[number];
    const own = terms.kind === 'option' ? terms.underlying : id;
    const isUnverified = known.get(own) ?? (STOCK_RATES.every((name) => isChecked(rules.instrumentRate(own, name)?.rule)) ? 0 : 1);
    known.set(own, isUnverified);
    found[at] = isUnverified;
    if (at % ROWS_AT_ONCE === 0) yield;
  }
  return found;
}

export function isChecked(rule: { status: string } | undefined): boolean {
  return rule?.status !== 'unverified';
}
