import { readFileSync } from 'node:fs';
import type { Call, CallEvent, MarginRun } from '../../shared/domain/call.ts';
import { factKey, noFacts, type FactName, type Facts } from '../../shared/domain/facts.ts';
import type { ImportPlan, MappingProfile, ReadFile } from '../../shared/domain/import-plan.ts';
import type { PriorMargin } from '../../main/books/reading/read-prior.ts';
import { computingRun } from '../../main/desk/official-run.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import type { DayStart } from '../../main/desk/day-start.ts';
import type { DeskState } from '../../main/desk/desk-state.ts';
import { businessDateOf } from '../../main/desk/holdings.ts';
import { openState } from '../../main/desk/recompute.ts';
import { isOpen } from '../../main/calls/transitions.ts';
import { demoFile, demoSteps, type DemoStep } from '../../main/demo/manifest.ts';
import { planImport } from '../../main/import/plan.ts';
import { readSourceFile } from '../../main/import/read-file.ts';

/** The demo's steps, played in memory: the same readers, plans, engine and calls as in the desk, without a book. */
export interface Played {
  facts: Facts;
  files: Map<string, ReadFile>;
  calls: Map<string, Call>;
  events: CallEvent[];
  runs: MarginRun[];
  profiles: MappingProfile[];
  /** What each run left to the next day, and the activity that it knew. */
  left: { run: MarginRun; margins: PriorMargin[]; known: ReadonlySet<string> }[];
}

export function playDemo(until: (step: DemoStep) => boolean = () => false): Played {
  const played: Played = { facts: noFacts(), files: new Map(), calls: new Map(), events: [], runs: [], profiles: [], left: [] };
  for (const step of demoSteps()) {
    take(played, step);
    if (until(step)) break;
  }
  return played;
}

function take(played: Played, step: DemoStep): void {
  switch (step.kind) {
    case 'profile':
      played.profiles.push(step.profile);
      break;
    case 'import':
      importFile(played, step);
      break;
    case 'mark': {
      const asOf = '2026-11-20T21:30:00Z';
      put(played.facts, 'mark', { instrument: step.instrument, value: step.price, bid: null, ask: null, kind: 'manual', asOf, source: 'typed' });
      break;
    }
    case 'officialRun':
      run(played, step.businessDate);
      break;
  }
}

function importFile(played: Played, { file, profile: wanted }: Extract<DemoStep, { kind: 'import' }>): void {
  const bytes = new Uint8Array(readFileSync(demoFile(file)));
  const profile = played.profiles.find(({ name }) => name === wanted);
  const read = readSourceFile({ name: file, bytes }, { profiles: played.profiles, ...(profile ? { profile } : {}) });
  if (!read.ok) throw new Error(`${file}: ${read.fault.message}`);
  played.files.set(file, read.value);
  applyPlan(played.facts, planImport(read.value, played.facts, { name: file, sha256: file, bytes: bytes.length }));
}

/** What a book does with a plan, for current facts only. */
function applyPlan(facts: Facts, plan: ImportPlan): void {
  for (const { fact, change, before, after } of plan.changes) {
    if (change === 'closed') drop(facts, fact, before);
    else if (after) put(facts, fact, after);
  }
}

function drop(facts: Facts, name: FactName, before: unknown): void {
  const key = (fact: unknown) => factKey[name](fact as never);
  const rows = facts[name] as unknown[];
  rows.splice(0, rows.length, ...rows.filter((row) => key(row) !== key(before)));
}

function put(facts: Facts, name: FactName, after: unknown): void {
  const key = (fact: unknown) => factKey[name](fact as never);
  const rows = facts[name] as unknown[];
  const known = indexOf(rows, key);
  const index = known.get(key(after));
  if (index === undefined) known.set(key(after), rows.push(after) - 1);
  else rows[index] = after;
}

// Looking a fact up by walking the list would make thousands of facts slow; the index is dropped when rows go.
const indices = new WeakMap<unknown[], Map<string, number>>();
function indexOf(rows: unknown[], key: (fact: unknown) => string): Map<string, number> {
  const known = indices.get(rows);
  if (known?.size === rows.length) return known;
  const byKey = new Map(rows.map((row, index) => [key(row), index]));
  indices.set(rows, byKey);
  return byKey;
}

/** The desk's state over the facts as they stand. */
export function stateOf(played: Played): DeskState {
  const calls = [...played.calls.values()].filter(({ state }) => isOpen(state));
  const standing = { name: 'demo', sequence: 1, readOnly: true, heldBy: null, lastOfficialRun: played.runs.at(-1) ?? null, calls, start: startOf(played), strikes: new Map<string, number>(), lastActions: new Map<string, string>() };
  return openState(standing, played.facts);
}

function startOf({ facts, left }: Played): DayStart {
  const day = businessDateOf(facts) ?? '';
  const before = left.findLast(({ run: { businessDate } }) => businessDate < day);
  if (!before) return { prior: null, closes: [] };
  const news = facts.activity.filter((fact) => !before.known.has(factKey.activity(fact))).map(({ account, id }) => ({ account, id }));
  return { prior: { run: before.run, margins: before.margins, news }, closes: [] };
}

function run(played: Played, businessDate: string): void {
  const state = stateOf(played);
  const margin: MarginRun = { id: `official-${businessDate}`, businessDate, marksAsOf: `${businessDate}T21:00:00Z`, kind: 'official', sequence: 1, at: `${businessDate}T22:00:00Z` };
  const outcome = finish(computingRun(state, { run: margin, by: 'demo' }));
  for (const call of outcome.calls) played.calls.set(call.id, call);
  played.events.push(...outcome.events);
  played.runs.push(margin);
  played.left.push({ run: margin, margins: outcome.priors, known: new Set(played.facts.activity.map(factKey.activity)) });
}
