import type { $ZodIssue } from 'zod/v4/core';
import { fail, succeed, assert, type Result } from '../../../shared/result.ts';
import brokerList from './data/broker-list.json' with { type: 'json' };
import houseFidelity from './brokers/house-fidelity.json' with { type: 'json' };
import houseIbkr from './brokers/house-ibkr.json' with { type: 'json' };
import houseLightspeed from './brokers/house-lightspeed.json' with { type: 'json' };
import housePassfolio from './brokers/house-passfolio.json' with { type: 'json' };
import cashAccount from './data/cash-account.json' with { type: 'json' };
import houseFutures from './data/house-futures.json' with { type: 'json' };
import houseStandard from './data/house-standard.json' with { type: 'json' };
import usFutures from './data/us-futures.json' with { type: 'json' };
import usRegT from './data/us-reg-t.json' with { type: 'json' };
import { missingFrom } from './required.ts';
import { layRules, type Rules } from './rules.ts';
import { LAYERS, rulePack, type RulePack } from './schema.ts';

/** An immutable set of rule packs by id. */
export interface PackShelf {
  readonly packs: ReadonlyMap<string, RulePack>;
}

let shipped: PackShelf | null = null;

/** The packs that come with Plimsoll. The same shelf every time. */
export function shippedPacks(): PackShelf {
  if (shipped) return shipped;
  const result = withPacks({ packs: new Map() }, [usRegT, houseStandard, brokerList, cashAccount, houseFidelity, houseIbkr, houseLightspeed, housePassfolio, usFutures, houseFutures]);
  assert(result.ok, result.ok ? '' : `a shipped rule pack is not valid: ${result.fault.at} ${result.fault.message}`);
  shipped = result.value;
  return shipped;
}

/**
 * A shelf with more packs on it; one with an id already there takes its place. Faults `bad-rule-pack`, at the JSON path
 * of the first thing wrong: `packs[0].parameters["exchange.stock.long"].value`.
 */
export function withPacks(shelf: PackShelf, packs: readonly unknown[]): Result<PackShelf> {
  const next = new Map(shelf.packs);
  for (const [index, candidate] of packs.entries()) {
    const parsed = rulePack.safeParse(candidate);
    if (!parsed.success) {
      const issue = parsed.error.issues[0] as $ZodIssue;
      return fail({ code: 'bad-rule-pack', message: `The rule pack is not valid: ${issue.message}.`, at: `packs[${index}]${pathText(issue.path)}` });
    }
    next.set(parsed.data.id, parsed.data);
  }
  return succeed({ packs: next });
}

const resolvedByShelf = new WeakMap<PackShelf, Map<string, Result<Rules>>>();

/**
 * The rules of a stack of packs: regulatory → house → broker list → account, later wins. Within a layer the order of
 * the list holds; a list in another order is put into layer order first. Faults: `unknown-rule-pack`, `mixed-models`,
 * `incomplete-rules`.
 */
export function resolveRules(shelf: PackShelf, packIds: readonly string[]): Result<Rules> {
  // A pure memo: a shelf never changes, so neither does the answer.
  const known = resolvedByShelf.get(shelf) ?? new Map<string, Result<Rules>>();
  resolvedByShelf.set(shelf, known);
  const key = packIds.join('\n');
  const before = known.get(key);
  if (before) return before;
  const result = resolveFresh(shelf, packIds);
  known.set(key, result);
  return result;
}

function resolveFresh(shelf: PackShelf, packIds: readonly string[]): Result<Rules> {
  const found: RulePack[] = [];
  const unknown = packIds.map((id) => collect(shelf, id, found, [])).find((id) => id !== null);
  if (unknown) return fail({ code: 'unknown-rule-pack', message: `There is no rule pack "${unknown}".`, fix: `Known packs: ${[...shelf.packs.keys()].join(', ')}.` });
  const model = found[0]?.model;
  if (!model) return fail({ code: 'unknown-rule-pack', message: 'The pool names no rule pack.' });
  const other = found.find((pack) => pack.model !== model);
  if (other) return fail({ code: 'mixed-models', message: `The packs ${found[0]?.id} and ${other.id} are for different margin models (${model} and ${other.model}).` });
  const layered = LAYERS.flatMap((layer) => found.filter((pack) => pack.layer === layer));
  const missing = missingFrom(layered, model);
  if (missing.length > 0) return fail({ code: 'incomplete-rules', message: `No pack of ${packIds.join(', ')} sets ${listed(missing)}.`, fix: 'Put a regulatory pack such as us-reg-t beneath them.' });
  return succeed(layRules(layered));
}

/** Adds a pack after the packs it extends, once each. Returns the first id that is not on the shelf, or null. */
function collect(shelf: PackShelf, id: string, found: RulePack[], path: readonly string[]): string | null {
  const pack = shelf.packs.get(id);
  if (!pack) return id;
  if (pack.extends !== undefined && !path.includes(id)) {
    const unknown = collect(shelf, pack.extends, found, [...path, id]);
    if (unknown !== null) return unknown;
  }
  if (!found.includes(pack)) found.push(pack);
  return null;
}

const LISTED_MAX = 3;

function listed(names: readonly string[]): string {
  const more = names.length - LISTED_MAX;
  return more > 0 ? `${names.slice(0, LISTED_MAX).join(', ')} and ${more} more` : names.join(', ');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : /^[A-Za-z]\w*$/.test(String(step)) ? `.${String(step)}` : `["${String(step)}"]`)).join('');
}
