import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { suggestProfile } from '../../main/import/profile.ts';
import { planImport, planRows } from '../../main/import/plan.ts';
import { readSourceFile } from '../../main/import/read-file.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { planRow } from '../../shared/domain/import-plan.ts';
import { instrument } from '../../shared/domain/instrument.ts';
import { isDecimalText } from '../../shared/money.ts';
import { faultLine } from '../../shared/result.ts';
import { isIsoDate } from '../../shared/time.ts';
import { DESK_PROFILE, fixtureBytes } from './read-fixture.ts';

const RUNS = Number(process.env['PLIMSOLL_FUZZ_RUNS'] ?? 1_200);

const FIXTURES = ['flex-two-accounts.xml', 'activity-statement.csv', 'schwab-individual.csv', 'schwab-all-accounts.csv', 'fidelity-positions.csv', 'desk-semicolon.csv'].map((name) => ({ name, bytes: fixtureBytes(name) }));
const SNIPPETS = ['"', ',', ';', '\n', '\r', '<', '>', '/>', '&', '-', '--', '0', '9', '1e999', 'NaN', ' ', '"",""', '<!--', ']]>', '\u00e9', '__proto__', '20261119', 'Header', 'Data', 'Total', '**', 'Short', '\ufeff'].map((text) => new TextEncoder().encode(text));

const mutation = fc.record({ at: fc.nat(), cut: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 4_000 })), put: fc.oneof(fc.constantFrom(...SNIPPETS), fc.uint8Array({ maxLength: 4 })) });
const mutated = fc.tuple(fc.constantFrom(...FIXTURES), fc.array(mutation, { minLength: 1, maxLength: 4 })).map(([{ name, bytes }, mutations]) => {
  let text = [...bytes];
  for (const { at, cut, put } of mutations) {
    const from = text.length === 0 ? 0 : at % text.length;
    text = [...text.slice(0, from), ...put, ...text.slice(from + cut)];
  }
  return { name, bytes: Uint8Array.from(text) };
});

/** Reading answers: with one line that says what is wrong, or with facts that keep every promise of their types. */
function answers(source: { name: string; bytes: Uint8Array }): void {
  const read = readSourceFile(source, { profiles: [DESK_PROFILE] });
  expect(read.ok ? 'it was read' : faultLine(read.fault)).toMatch(/^[^\n]{10,}$/);
  if (!read.ok) return;
  const { facts, lines } = read.value;
  expect(isIsoDate(read.value.asOf)).toBe(true);
  for (const [name, list] of Object.entries(facts)) expect([name, lines[name as keyof typeof lines].length]).toEqual([name, list.length]);
  for (const { terms } of facts.instrument) instrument.parse(terms);
  for (const { quantity, entryPrice, asOf } of facts.position) expect([isDecimalText(quantity), entryPrice === null || isDecimalText(entryPrice), isIsoDate(asOf)]).toEqual([true, true, true]);
  for (const amount of [...facts.cash.map((cash) => cash.amount), ...facts.mark.map(({ value }) => value), ...facts.fx.map(({ rate }) => rate), ...facts.brokerFigure.map((figure) => figure.amount)]) expect(isDecimalText(amount)).toBe(true);
  const known = new Set(facts.instrument.map(({ id }) => id));
  expect(facts.position.filter((position) => !known.has(position.instrument))).toEqual([]);
  const accounts = new Set(facts.account.map(({ account }) => account));
  expect([...facts.position, ...facts.cash, ...facts.exclusion].filter(({ account }) => !accounts.has(account))).toEqual([]);
  const plan = planImport(read.value, noFacts(), { name: source.name, sha256: '', bytes: source.bytes.length });
  for (const row of planRows(plan)) planRow.parse(row);
  expect(planImport(read.value, facts, plan.file).changes).toEqual([]);
}

test('a damaged file is answered with a fault or with sound facts, never with a throw', () => {
  fc.assert(fc.property(mutated, answers), { numRuns: RUNS });
});

test('random bytes are answered too, also when a profile is asked for', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      answers({ name: 'random.csv', bytes });
      expect(typeof suggestProfile({ name: 'random.csv', bytes }, 'random.csv').ok).toBe('boolean');
    }),
    { numRuns: RUNS },
  );
});
