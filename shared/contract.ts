import { z } from 'zod';
import { calcPack } from './calc-pack.ts';
import { comparisonWithOffers } from './comparison.ts';
import { call, callEvent, marginRun } from './domain/call.ts';
import { importFormat, mappingProfile, planRow, planSummary } from './domain/import-plan.ts';
import { instrumentId } from './domain/instrument.ts';
import { accountState, explainedFigure } from './domain/margin-state.ts';
import { explainNode } from './explain.ts';
import { decimalText } from './money.ts';
import { packedBytes, rowSort, ROWS_READ_MAX, tableName } from './packed-rows/sort.ts';
import { accountPools } from './pool-view.ts';
import type { Result } from './result.ts';
import { poolRules } from './rule-values.ts';
import { isoDate } from './time.ts';
import { accountCures, accountRow, accountView, bookInfo, branchCallPrices, branchView, edit, exclusionRow, hostInfo, importRow, progress, queueRow } from './views.ts';

/**
 * The contract: every question a screen, a script or a person can ask the desk, and every message the desk sends
 * unasked. One row each, validated at the door by these schemas; TypeScript infers both ends from the same row. To add
 * a question: one row here, one handler in main/desk, one hook in renderer/.
 */

interface QueryRow<I extends z.ZodType, O extends z.ZodType> {
  kind: 'query' | 'command' | 'upload';
  input: I;
  output: O;
}
const query = <I extends z.ZodType, O extends z.ZodType>(row: { input: I; output: O }): QueryRow<I, O> & { kind: 'query' } => ({ kind: 'query', ...row });
const command = <I extends z.ZodType, O extends z.ZodType>(row: { input: I; output: O }): QueryRow<I, O> & { kind: 'command' } => ({ kind: 'command', ...row });
/** Like a command, with the bytes of a file in its input; the loopback door carries them as the request's body. */
const upload = <I extends z.ZodType, O extends z.ZodType>(row: { input: I; output: O }): QueryRow<I, O> & { kind: 'upload' } => ({ kind: 'upload', ...row });

const nothing = z.strictObject({});
const done = z.strictObject({ sequence: z.int() });
const fileToken = z.strictObject({ fileId: z.string(), name: z.string(), bytes: z.int() });
const fileName = z.string().min(1).max(255);

/** A page of rows: no more than so many, so that no door is held up by a long list. */
const page = z.strictObject({ offset: z.int().nonnegative().optional(), limit: z.int().positive().max(ROWS_READ_MAX).optional() });
const paged = <Row extends z.ZodType>(row: Row) => z.strictObject({ sequence: z.int(), rows: z.array(row), total: z.int() });

/** A what-if, and the version of it that whoever asks has: then only what differs is sent, where that is still known. */
const branchAt = z.strictObject({ branchId: z.string(), since: z.int().optional() });

export const contract = {
  'host.info': query({ input: nothing, output: hostInfo }),
  'book.info': query({ input: nothing, output: bookInfo }),

  'calls.queue': query({ input: page, output: paged(queueRow) }),
  'calls.events': query({ input: z.strictObject({ callId: z.string() }), output: z.strictObject({ call, events: z.array(callEvent) }) }),
  'accounts.list': query({ input: page, output: paged(accountRow) }),
  /** All rows of a list in an order that the desk makes (shared/packed-rows/order.ts); in the desk's own where none is named. */
  'rows.order': query({ input: z.strictObject({ table: tableName, sort: z.array(rowSort).max(8) }), output: packedBytes }),
  /** These rows, packed (shared/packed-rows/change.ts). */
  'rows.read': query({ input: z.strictObject({ table: tableName, slots: z.array(z.int().nonnegative()).max(ROWS_READ_MAX) }), output: packedBytes }),
  /** With `callPrices: false` at once: each call price is a search of its own, and a large account has thousands of them. */
  'accounts.view': query({ input: z.strictObject({ account: z.string(), callPrices: z.boolean().optional() }), output: accountView }),
  /** Ranked ways to meet the account's house calls, each with the account afterwards. No pools where nothing is missing. */
  'account.cures': query({ input: z.strictObject({ account: z.string() }), output: accountCures }),
  /** The account as it is beside other regimes: `portfolio`, or packs joined by `+`; beside the usual one where none is named. */
  'account.compare': query({ input: z.strictObject({ account: z.string(), regimes: z.array(z.string().min(1).max(400)).max(4) }), output: comparisonWithOffers }),
  /** The account's pools: model, levels and lines, what they are made of, scenarios; and what could move between them. */
  'account.pools': query({ input: z.strictObject({ account: z.string() }), output: accountPools }),
  /** Everything the account's figures depend on, as a calc pack with its result. */
  'account.pack': query({ input: z.strictObject({ account: z.string() }), output: calcPack }),
  /** Checks digests, journal and kept files, and every figure shown against one replayed from the book. */
  'book.verify': query({
    input: z.strictObject({ jobId: z.string().optional() }),
    output: z.strictObject({
      partitions: z.int(),
      journal: z.int(),
      files: z.int(),
      accounts: z.int(),
      /** Pools whose figures a second way of computing gave too. */
      columns: z.int(),
      differences: z.array(z.strictObject({ account: z.string(), at: z.string(), before: z.json().optional(), after: z.json().optional() })),
    }),
  }),
  'margin.state': query({ input: z.strictObject({ account: z.string() }), output: accountState }),
  /**
   * The explain tree of one figure, or of an instrument's call price (`callPrice:XYZ`); of one position's maintenance when `instrument` is named; on a branch or under a regime if named.
   * With `at`, of a large tree only a part: from the node at these places on, `[]` from the top; see `ExplainNode.left`.
   */
  'margin.explain': query({
    input: z.strictObject({ account: z.string(), figure: explainedFigure, position: z.string().optional(), branchId: z.string().optional(), regime: z.string().max(400).optional(), at: z.array(z.int().nonnegative()).max(200).optional() }),
    output: explainNode,
  }),
  /** The numbers and choices of the rules an account's pools are under; of the standard packs when none is named. */
  'rules.values': query({ input: z.strictObject({ account: z.string().optional() }), output: z.strictObject({ pools: z.array(poolRules) }) }),
  'exclusions.list': query({ input: nothing, output: z.strictObject({ rows: z.array(exclusionRow) }) }),

  'files.receive': upload({ input: z.strictObject({ name: fileName, bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected the bytes of a file') }), output: fileToken }),
  /** Opens the host's file dialog, where it has one; null when the person cancels. Paths never cross the bridge. */
  'files.choose': command({ input: nothing, output: z.strictObject({ files: z.array(fileToken) }) }),

  'import.plan': command({
    /** `profile` names a saved mapping; `mapping` gives one that need not be saved. */
    input: z.strictObject({ fileId: z.string(), format: importFormat.optional(), profile: z.string().optional(), mapping: mappingProfile.optional(), jobId: z.string().optional() }),
    output: planSummary,
  }),
  'import.planRows': query({
    input: z.strictObject({ planId: z.string(), offset: z.int().nonnegative(), limit: z.int().positive().max(5000) }),
    output: z.strictObject({ rows: z.array(planRow), total: z.int() }),
  }),
  'import.apply': command({
    input: z.strictObject({ planId: z.string(), jobId: z.string().optional() }),
    output: z.strictObject({ sequence: z.int(), changes: z.int() }),
  }),
  'import.discard': command({ input: z.strictObject({ planId: z.string() }), output: nothing }),
  'imports.list': query({ input: nothing, output: z.strictObject({ rows: z.array(importRow) }) }),
  'profiles.list': query({ input: nothing, output: z.strictObject({ profiles: z.array(mappingProfile) }) }),
  'profiles.save': command({ input: mappingProfile, output: done }),
  /** Header row and first rows of a CSV, for making a mapping profile, with columns suggested. */
  'profiles.suggest': query({
    input: z.strictObject({ fileId: z.string() }),
    output: z.strictObject({ headers: z.array(z.string()), sample: z.array(z.array(z.string())), suggestion: mappingProfile }),
  }),

  /** A person's price for an instrument; it joins the marks with their name as its source. */
  'marks.set': command({ input: z.strictObject({ instrument: instrumentId, price: decimalText }), output: done }),
  /** Runs the official margin run of a business day: raises, moves and meets calls. Repeating it changes nothing. */
  'runs.official': command({
    input: z.strictObject({ businessDate: isoDate.optional(), jobId: z.string().optional() }),
    output: z.strictObject({ run: marginRun, raised: z.int(), moved: z.int(), met: z.int() }),
  }),

  'whatif.open': command({ input: z.strictObject({ account: z.string() }), output: branchView }),
  'whatif.view': query({ input: branchAt, output: branchView }),
  'whatif.edit': command({ input: branchAt.extend({ edit }), output: branchView }),
  'whatif.undo': command({ input: branchAt, output: branchView }),
  'whatif.redo': command({ input: branchAt, output: branchView }),
  /** Each is a search: of an account with less than `POSITIONS_LARGE` positions they are found while somebody looks. */
  'whatif.callPrices': query({ input: z.strictObject({ branchId: z.string() }), output: branchCallPrices }),
  'whatif.discard': command({ input: z.strictObject({ branchId: z.string() }), output: nothing }),

  'jobs.cancel': command({ input: z.strictObject({ jobId: z.string() }), output: nothing }),
} as const;

export type Contract = typeof contract;
export type Channel = keyof Contract;
export type Input<C extends Channel> = z.input<Contract[C]['input']>;
export type Output<C extends Channel> = z.output<Contract[C]['output']>;

/** What the desk sends unasked, at most 20 times a second, newest values winning. */
export const pushes = {
  /** The book moved on: an import, a run, a mark. */
  'book.changed': bookInfo,
  /** Rows that changed, came or left, packed (shared/packed-rows/change.ts). Rows not named stand as they were. */
  'accounts.changed': packedBytes,
  'queue.changed': packedBytes,
  progress,
} as const;
export type Pushes = typeof pushes;
export type PushName = keyof Pushes;
export type PushMessage = { [Name in PushName]: { push: Name; value: z.output<Pushes[Name]> } }[PushName];

/** What every host gives whoever asks: the desk behind one function, and its messages. */
export interface Desk {
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<Result<Output<C>>>;
  onPush(listener: (message: PushMessage) => void): () => void;
}
