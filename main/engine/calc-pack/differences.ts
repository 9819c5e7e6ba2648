import type { Difference } from '../../../shared/difference.ts';
import { jsonPath } from './json-path.ts';

/** Every place where two JSON documents differ, in the order of the first; the order of keys does not matter. */
export function differencesBetween(before: unknown, after: unknown, path: readonly PropertyKey[] = []): Difference[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differencesBetween(own(before, key), own(after, key), [...path, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => differencesBetween(before[index], after[index], [...path, index])).flat();
  }
  return Object.is(before, after) ? [] : [{ at: jsonPath(path), before, after }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
