import type { $ZodIssue } from 'zod/v4/core';
import { fail, succeed, assert, type Result } from '../../../shared/result.ts';
import brokerList from './data/broker-list.json' with { type: 'json' };
import houseApex from './brokers/house-apex.json' with { type: 'json' };
import houseFidelity from './brokers/house-fidelity.json' with { type: 'json' };
import houseFirstrade from './brokers/house-firstrade.json' with { type: 'json' };
import houseIbkr from './brokers/house-ibkr.json' with { type: 'json' };
import houseLightspeed from './brokers/house-lightspeed.json' with { type: 'json' };
import housePassfolio from './brokers/house-passfolio.json' with { type: 'json' };
import houseDrivewealth from './brokers/house-drivewealth.json' with { type: 'json' };
import houseLongrun from './brokers/house-longrun.json' with { type: 'json' };
import houseOptionshouse from './brokers/house-optionshouse.json' with { type: 'json' };
import houseSofi from './brokers/house-sofi.json' with { type: 'json' };
import houseTastytrade from './brokers/house-tastytrade.json' with { type: 'json' };
import houseTd from './brokers/house-td.json' with { type: 'json' };
import cashAccount from './data/cash-account.json' with { type: 'json' };
import houseConcentration from './data/house-concentration.json' with { type: 'json' };
import houseFutures from './data/house-futures.json' with { type: 'json' };
import houseStandard from './data/house-standard.json' with { type: 'json' };
import usDayTrading2001 from './data/us-day-trading-2001.json' with { type: 'json' };
import usDayTrading2026 from './data/us-day-trading-2026.json' with { type: 'json' };
import usFutures from './data/us-futures.json' with { type: 'json' };
import usRegT from './data/us-reg-t.json' with { type: 'json' };
import type { IsoDate } from '../../../shared/time.ts';
import { PARSING, troubleOf } from '../calc-pack/json-path.ts';
import { VENUE_PACKS } from './venues/venue-packs.ts';
import usRegTEarlier from './data/us-reg-t-earlier.json' with { type: 'json' };
import { OVERLAY_PACKS } from './overlay-packs.ts';
import { missingFrom } from './required.ts';
import { SCAN_PACKS } from './scan/scan-packs.ts';
import { layRules, type Rules } from './rules.ts';
import { LAYERS, rulePack, type RulePack } from './schema.ts';

/** An immutable set of rule packs by id: the newest version of each, and those that were in force before it. */
export interface PackShelf {
  readonly packs: ReadonlyMap<string, RulePack>;
  readonly older?: ReadonlyMap<string, readonly RulePack[]>;
}

const SHIPPED: readonly unknown[] = [...usRegTVersions(), houseStandard, brokerList, cashAccount, houseFidelity, houseFirstrade, houseApex, houseTd, houseIbkr, houseLightspeed, housePassfolio, usFutures, houseFutures, houseConcentration, usDayTrading2001, usDayTrading2026, houseDrivewealth, houseLongrun, houseOptionshouse, houseSofi, houseTastytrade, ...VENUE_PACKS, ...SCAN_PACKS, ...OVERLAY_PACKS];

/** Which packs come with Plimsoll, in which versions: `us-reg-t@2024-05-28`. Reads none of them. */
export function shippedVersions(): string[] {
  return (SHIPPED as readonly RulePack[]).map(({ id, version }) => `${id}@${version}`);
}

let shipped: PackShelf | null = null;

/** The packs that come with Plimsoll. The same shelf every time. */
export function shippedPacks(): PackShelf {
  if (shipped) return shipped;
  const result = withVersions({ packs: new Map() }, SHIPPED);
  assert(result.ok, result.ok ? '' : `a shipped rule pack is not valid: ${result.fault.at} ${result.fault.message}`);
  shipped = result.value;
  return shipped;
}

/** Regulation T as it stands, and as it stood while trades took longer to settle: stated as what was different. */
function usRegTVersions(): unknown[] {
  return [usRegT, ...usRegTEarlier.map((earlier) => ({ ...usRegT, ...earlier, parameters: { ...usRegT.parameters, ...earlier.parameters } }))];
}

/**
 * A shelf with more packs on it; one with an id already there takes the place of all its versions. Faults `bad-rule-pack`, at the JSON path
 * of the first thing wrong: `packs[0].parameters["exchange.stock.long"].value`.
 */
export function withPacks(shelf: PackShelf, packs: readonly unknown[]): Result<PackShelf> {
  const read = readPacks(packs);
  if (!read.ok) return read;
  const next = new Map(shelf.packs);
  const older = new Map(shelf.older);
  for (const pack of read.value) {
    next.set(pack.id, pack);
    older.delete(pack.id);
  }
  return succeed({ packs: next, older });
}

/** A shelf with more versions of packs on it, beside those that are there; the same version again takes its place. Faults as `withPacks`. */
export function withVersions(shelf: PackShelf, packs: readonly unknown[]): Result<PackShelf> {
  const read = readPacks(packs);
  if (!read.ok) return read;
  const next = new Map(shelf.packs);
  const older = new Map(shelf.older);
  for (const pack of read.value) {
    const others = versionsOf({ packs: next, older }, pack.id).filter(({ version }) => version !== pack.version);
    const [newest, ...rest] = [...others, pack].toSorted((a, b) => (a.effectiveFrom > b.effectiveFrom ? -1 : 1));
    assert(newest !== undefined, 'a pack has a version');
    next.set(pack.id, newest);
    older.set(pack.id, rest);
  }
  return succeed({ packs: next, older });
}

/** Every version of a pack, the newest first; none when the shelf does not have it. */
export function versionsOf({ packs, older }: PackShelf, id: string): RulePack[] {
  const newest = packs.get(id);
  return newest ? [newest, ...(older?.get(id) ?? [])] : [];
}

/** The version of a pack that is in force on a day, the newest where no day is given. Faults: `unknown-rule-pack`, `no-version-in-force`. */
export function packInForce(shelf: PackShelf, id: string, on?: IsoDate): Result<RulePack> {
  const versions = versionsOf(shelf, id);
  const [newest] = versions;
  if (!newest) return fail({ code: 'unknown-rule-pack', message: `There is no rule pack "${id}".`, fix: `Known packs: ${[...shelf.packs.keys()].join(', ')}.` });
  const found = on === undefined ? newest : versions.find(({ effectiveFrom }) => effectiveFrom <= on);
  if (found) return succeed(found);
  return fail({ code: 'no-version-in-force', message: `No version of the rule pack "${id}" is in force on ${on ?? ''}: the first begins on ${versions.at(-1)?.effectiveFrom ?? ''}.`, fix: 'Add a version with an earlier "effectiveFrom", or compute a later day.' });
}

/** Each of them is read once, in every thread that starts: compiling the schema for them takes as long as reading them. */
const ONCE = { ...PARSING, jitless: true };

function readPacks(packs: readonly unknown[]): Result<RulePack[]> {
  const read: RulePack[] = [];
  for (const [index, candidate] of packs.entries()) {
    const parsed = rulePack.safeParse(candidate, ONCE);
    if (!parsed.success) {
      const { message, path, fix } = troubleOf(parsed.error.issues[0] as $ZodIssue, rulePack);
      return fail({ code: 'bad-rule-pack', message: `The rule pack is not valid: ${message}.`, at: `packs[${index}]${pathText(path)}`, ...(fix === null ? {} : { fix }) });
    }
    read.push(parsed.data);
  }
  return succeed(read);
}

const resolvedByShelf = new WeakMap<PackShelf, Map<string, Result<Rules>>>();

/**
 * The rules of a stack of packs: regulatory → house → broker list → account, later wins. Within a layer the order of
 * the list holds; a list in another order is put into layer order first. Of each pack the version in force on the day
 * counts, or the newest where no day is given. Faults: `unknown-rule-pack`, `no-version-in-force`, `mixed-models`,
 * `incomplete-rules`.
 */
export function resolveRules(shelf: PackShelf, packIds: readonly string[], on?: IsoDate): Result<Rules> {
  // A pure memo: a shelf never changes, so neither does the answer.
  const known = resolvedByShelf.get(shelf) ?? new Map<string, Result<Rules>>();
  resolvedByShelf.set(shelf, known);
  const key = [on ?? '', ...packIds].join('\n');
  const before = known.get(key);
  if (before) return before;
  const result = resolveFresh(shelf, packIds, on);
  known.set(key, result);
  return result;
}

function resolveFresh(shelf: PackShelf, packIds: readonly string[], on: IsoDate | undefined): Result<Rules> {
  const found: RulePack[] = [];
  for (const id of packIds) {
    const missing = collect(shelf, id, on, found, []);
    if (!missing.ok) return missing;
  }
  const model = found[0]?.model;
  if (!model) return fail({ code: 'unknown-rule-pack', message: 'The pool names no rule pack.' });
  const other = found.find((pack) => pack.model !== model);
  if (other) return fail({ code: 'mixed-models', message: `The packs ${found[0]?.id} and ${other.id} are for different margin models (${model} and ${other.model}).` });
  const layered = LAYERS.flatMap((layer) => found.filter((pack) => pack.layer === layer));
  const missing = missingFrom(layered, model);
  if (missing.length > 0) return fail({ code: 'incomplete-rules', message: `No pack of ${packIds.join(', ')} sets ${listed(missing)}.`, fix: 'Put a regulatory pack such as us-reg-t beneath them.' });
  return succeed(layRules(layered));
}

/** Adds a pack after the packs it extends, once each. */
function collect(shelf: PackShelf, id: string, on: IsoDate | undefined, found: RulePack[], path: readonly string[]): Result<null> {
  const pack = packInForce(shelf, id, on);
  if (!pack.ok) return pack;
  if (pack.value.extends !== undefined && !path.includes(id)) {
    const beneath = collect(shelf, pack.value.extends, on, found, [...path, id]);
    if (!beneath.ok) return beneath;
  }
  if (!found.includes(pack.value)) found.push(pack.value);
  return succeed(null);
}

const LISTED_MAX = 3;

function listed(names: readonly string[]): string {
  const more = names.length - LISTED_MAX;
  return more > 0 ? `${names.slice(0, LISTED_MAX).join(', ')} and ${more} more` : names.join(', ');
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : /^[A-Za-z]\w*$/.test(String(step)) ? `.${String(step)}` : `["${String(step)}"]`)).join('');
}
