import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkVectors, type Outcome } from './check.ts';
import { GREEN } from './green.ts';
import { idMatcher } from './id-matcher.ts';
import { loadVectors, type LoadedVector } from './load.ts';

const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const PUBLISHED = fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const published = existsSync(PUBLISHED);
if (!published) console.log('Skipped: the published vectors are not here (../shared/vectors).');

function load(directory: string): LoadedVector[] {
  const loaded = loadVectors(directory);
  if (!loaded.ok) throw new Error(loaded.fault.message);
  return loaded.value;
}

const fixtures = load(FIXTURES);

function notPassed(outcomes: readonly Outcome[]): string[] {
  return outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id, reasons }) => `${id}: ${reasons.join('; ')}`);
}

test('every committed example is reproduced', () => {
  const outcomes = checkVectors(fixtures, () => true);
  expect(notPassed(outcomes)).toEqual([]);
  expect(outcomes.every(({ outcome }) => outcome === 'passed')).toBe(true);
  expect(outcomes.length).toBeGreaterThan(50);
});

test('every committed example fails when any number it expects is changed', () => {
  for (const entry of fixtures) {
    if (!entry.vector.ok) throw new Error(entry.id);
    const { expected } = entry.vector.value;
    for (const [key, value] of Object.entries(expected)) {
      const changed: LoadedVector = { ...entry, vector: { ok: true, value: { ...entry.vector.value, expected: { ...expected, [key]: otherThan(value) } } } };
      const others = fixtures.filter(({ id }) => id !== entry.id);
      const [outcome] = checkVectors([changed, ...others], (id) => id === entry.id);
      expect(`${entry.id} ${key}: ${outcome?.outcome}`).toBe(`${entry.id} ${key}: failed`);
    }
  }
});

test('an input that no adapter knows is a failure, and so is a family without an adapter', () => {
  const [entry] = fixtures.filter(({ id }) => id.startsWith('trigger/long/'));
  if (!entry?.vector.ok) throw new Error('no trigger in the fixtures');
  const strange = { ...entry.vector.value, inputs: { ...entry.vector.value.inputs, surcharge: '1' } };
  const homeless = { ...entry.vector.value, id: 'moon/phase/1' };
  const outcomes = checkVectors(
    [
      { ...entry, vector: { ok: true, value: strange } },
      { ...entry, id: homeless.id, vector: { ok: true, value: homeless } },
    ],
    () => true,
  );
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  expect(outcomes[0]?.reasons[0]).toContain('surcharge');
  expect(outcomes[1]?.reasons[0]).toBe('No adapter for the family moon/phase.');
});

test('an example under another name of its namespace is reproduced all the same', () => {
  const renamed = fixtures.flatMap((entry): LoadedVector[] => {
    if (!entry.vector.ok || entry.vector.value.model !== undefined || !/^(?:ibkr|regt|bonds)\//.test(entry.id)) return [];
    const id = `${entry.id}-again`;
    return [{ ...entry, id, vector: { ok: true, value: { ...entry.vector.value, id } } }];
  });
  expect(renamed.length).toBeGreaterThan(2);
  expect(notPassed(checkVectors([...renamed, ...fixtures], (id) => id.endsWith('-again')))).toEqual([]);
});

const publishedVectors = published ? load(PUBLISHED) : [];

test.runIf(published).each(GREEN)('the published figures of %s are reproduced', (pattern) => {
  const outcomes = checkVectors(publishedVectors, idMatcher(pattern));
  expect(notPassed(outcomes)).toEqual([]);
  expect(outcomes.some(({ outcome }) => outcome === 'passed')).toBe(true);
});

function otherThan(value: unknown): string | boolean {
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' && /^-?\d/.test(value) ? (Number(value) * 1.5 + 7.77).toFixed(6) : 'something else';
}
