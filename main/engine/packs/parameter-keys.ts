import { nearestName } from '../calc-pack/nearest-name.ts';
import { KNOWN_PARAMETERS, type KnownParameter } from './known-parameters.ts';
import type { Parameter } from './schema.ts';

const CURRENCY = '{currency}';

const byKey = new Map(KNOWN_PARAMETERS.map((known) => [known.key, known]));
const families = KNOWN_PARAMETERS.filter(({ key }) => key.endsWith(CURRENCY)).map((known) => ({ known, prefix: known.key.slice(0, -CURRENCY.length) }));

/** What a pack may say under a key; null for a key that nobody knows. */
export function knownParameter(key: string): KnownParameter | null {
  const family = families.find(({ prefix }) => key.startsWith(prefix) && /^[A-Z][A-Z0-9]{2,9}$/.test(key.slice(prefix.length)));
  return byKey.get(key) ?? family?.known ?? null;
}

/** What is wrong with one parameter of a pack, and what to do about it. */
export interface ParameterTrouble {
  /** The field it is about; the whole parameter when null. */
  field: 'unit' | 'value' | null;
  message: string;
  fix: string;
}

/**
 * Checks a parameter against what is known of its key: the key itself, its unit, and values that could not be used (part
 * of a day, calls in multiples of nothing). Null when it is as it should be.
 */
export function parameterTrouble(key: string, { unit, value }: Pick<Parameter, 'unit' | 'value'>): ParameterTrouble | null {
  const known = knownParameter(key);
  if (!known) return { field: null, message: 'no rule has a parameter of this name', fix: `The nearest is ${JSON.stringify(nearestName(key, [...byKey.keys()]))}.` };
  if (measured(unit) !== measured(known.unit)) return { field: 'unit', message: `${key} is counted in ${known.unit}, not in ${unit}`, fix: `Write ${JSON.stringify(known.unit)}: ${known.says}` };
  if (unit === 'days' && (value.includes('.') || Number(value) > DAYS_MAX)) return { field: 'value', message: `expected whole days from 0 to ${DAYS_MAX}`, fix: known.says };
  if (key === 'calls.amountQuantum' && value === '0') return { field: 'value', message: 'expected an amount above zero', fix: known.says };
  return null;
}

const DAYS_MAX = 366;

/** A ratio and a count are both plain numbers: 1.25 times is one as well as the other. */
function measured(unit: Parameter['unit']): string {
  return unit === 'count' ? 'ratio' : unit;
}
