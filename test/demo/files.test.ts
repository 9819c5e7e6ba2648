import { readdirSync, readFileSync, statSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { mappingProfile } from '../../shared/domain/import-plan.ts';
import { symbolId } from '../../shared/domain/instrument-id.ts';
import { demoFiles } from '../../main/demo/make-files.ts';
import { demoFile, demoSteps } from '../../main/demo/manifest.ts';
import { UNDERLYINGS } from '../../main/demo/universe.ts';
import { playDemo, type Played } from './play.ts';

const imported = demoSteps().flatMap((step) => (step.kind === 'import' ? [step.file] : []));
const inFolder = readdirSync(demoFile('.')).sort();
let played: Played;
beforeAll(() => {
  played = playDemo();
});

test('generating the demo again gives the committed bytes', () => {
  const made = demoFiles();
  expect([...made.keys()].sort()).toEqual(inFolder);
  // Names only: a differing file is regenerated with `node main/demo/generate.ts`, not read in a test's output.
  expect([...made].filter(([name, text]) => readFileSync(demoFile(name), 'utf8') !== text).map(([name]) => name)).toEqual([]);
});

test('the files together stay under three megabytes', () => {
  expect(inFolder.reduce((sum, name) => sum + statSync(demoFile(name)).size, 0)).toBeLessThan(3_000_000);
});

test('every file is part of the story', () => {
  expect([...imported, 'custody-profile.json'].sort()).toEqual(inFolder);
});

test('the saved mapping profile is one the contract takes', () => {
  const profiles = demoSteps().flatMap((step) => (step.kind === 'profile' ? [step.profile] : []));
  expect(profiles.map((profile) => mappingProfile.parse(profile).name)).toEqual(['Custody extract']);
});

test('every file is recognised for what it is, of the day in its name', () => {
  const formats = Object.fromEntries([...played.files].map(([name, { format, asOf }]) => [name, `${format} ${asOf}`]));
  expect(formats).toEqual({
    'prime-2026-11-16.xml': 'ibkr-flex-xml 2026-11-16',
    'prime-2026-11-19.xml': 'ibkr-flex-xml 2026-11-19',
    'prime-2026-11-20.xml': 'ibkr-flex-xml 2026-11-20',
    'advisors-2026-11-19.xml': 'ibkr-flex-xml 2026-11-19',
    'statement-U4300029-2026-11-19.csv': 'ibkr-activity-csv 2026-11-19',
    'statement-U4300058-2026-11-19.csv': 'ibkr-activity-csv 2026-11-19',
    'statement-U4300087-2026-11-19.csv': 'ibkr-activity-csv 2026-11-19',
    'All-Accounts-Positions-2026-11-19.csv': 'schwab-positions-csv 2026-11-19',
    'Portfolio_Positions_Nov-19-2026.csv': 'fidelity-positions-csv 2026-11-19',
    'custody-2026-11-19.csv': 'generic-csv 2026-11-19',
  });
});

test('every row can be read', () => {
  const trouble = [...played.files].flatMap(([name, { rejected }]) => rejected.map(({ line, reason }) => `${name}:${line} ${reason}`));
  expect(trouble).toEqual([]);
});

test('the only remarks are on what those formats leave out, and on what Plimsoll took from elsewhere', () => {
  const notes = [...played.files].flatMap(([name, { notes: of }]) => of.map((note) => `${name}: ${note}`));
  const remarks = [/which margin rules govern/, /the base currency of its accounts/, /Leverage as the file gives it: /, /Taken as broad-market funds from Plimsoll's own list: /];
  expect(notes.filter((note) => !remarks.some((remark) => remark.test(note)))).toEqual([]);
  expect(remarks.filter((remark) => !notes.some((note) => remark.test(note)))).toEqual([]);
});

test('whichever file came last, every stock, fund and index is known for what it is, with its leverage', () => {
  const terms = new Map(played.facts.instrument.map((fact) => [fact.id, fact.terms]));
  const known = UNDERLYINGS.map(({ symbol, currency }) => terms.get(symbolId(symbol, currency)));
  const leverage = known.map((of) => (of?.kind === 'etf' ? (of.leverage ?? '1') : '1'));
  expect(known.map((of) => of?.kind)).toEqual(UNDERLYINGS.map(({ kind }) => (kind === 'stock' ? 'equity' : kind)));
  expect(leverage).toEqual(UNDERLYINGS.map((underlying) => String(underlying.leverage ?? 1)));
});

test('the desk has some 250 accounts, 4,000 positions and 60 underlyings, in six currencies', () => {
  const { facts } = played;
  const terms = new Map(facts.instrument.map((fact) => [fact.id, fact.terms]));
  const underlyings = new Set(
    facts.position.map(({ instrument }) => {
      const of = terms.get(instrument);
      return of?.kind === 'option' ? of.underlying : instrument;
    }),
  );
  expect(facts.account.length).toBeGreaterThanOrEqual(230);
  expect(facts.account.length).toBeLessThanOrEqual(270);
  expect(facts.position.length).toBeGreaterThanOrEqual(3800);
  expect(facts.position.length).toBeLessThanOrEqual(4400);
  expect(underlyings.size).toBeGreaterThanOrEqual(60);
  expect(new Set(facts.position.map(({ instrument }) => terms.get(instrument)?.currency))).toEqual(new Set(['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'JPY']));
});

test('all kinds of holdings are there: stock and funds long and short, bonds, options, a future, an adjusted contract', () => {
  const terms = new Map(played.facts.instrument.map((fact) => [fact.id, fact.terms]));
  const seen = new Set(played.facts.position.map(({ instrument, quantity }) => `${quantity.startsWith('-') ? 'short' : 'long'} ${terms.get(instrument)?.kind ?? ''}`));
  for (const kind of ['long equity', 'short equity', 'long etf', 'long bond', 'long option', 'short option']) expect(seen).toContain(kind);
  expect(seen.has('long future') || seen.has('short future')).toBe(true);
  const adjusted = played.facts.instrument.filter(({ terms: of }) => of.kind === 'option' && of.adjusted === true);
  expect(adjusted.map(({ id }) => id)).toEqual(['INTC1 2027-01-15 C 37.5']);
});

test('nobody prices the halted stock, which one account is short of and another long', () => {
  const halted = played.facts.position.filter(({ instrument }) => instrument === 'HLCB');
  expect(halted.some(({ quantity }) => quantity.startsWith('-')) && halted.some(({ quantity }) => !quantity.startsWith('-'))).toBe(true);
  expect(played.facts.mark.some(({ instrument }) => instrument === 'HLCB')).toBe(false);
});

test('clients have names of their own', () => {
  const names = played.facts.account.map(({ name }) => name).filter((name) => name !== null);
  expect(names.length).toBeGreaterThan(200);
  expect(new Set(names).size).toBe(names.length);
});
