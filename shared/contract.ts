import { z } from 'zod';
import { call, callEvent, callState, callType, marginRun } from './domain/call.ts';
import { importFormat, mappingProfile, planRow, planSummary } from './domain/import-plan.ts';
import { currency, instrumentId } from './domain/instrument.ts';
import { accountState, figureName, positionBadge, stacks } from './domain/margin-state.ts';
import { marginStatus } from './domain/status.ts';
import { explainNode } from './explain.ts';
import { decimalText } from './money.ts';
import { isoDate, isoInstant } from './time.ts';

/**
 * The contract: every question a screen, a script or a person can ask the desk, and every message the desk sends
 * unasked. One row each, validated at the door by these schemas; TypeScript infers both ends from the same row. To add
 * a question: one row here, one handler in main/desk, one hook in renderer/.
 */

// ------------------------------------------------------------------ rows and views

/** One line of the call queue: a call, or an account that would be called now. */
export const queueRow = z.strictObject({
  /** `account/callId`, or `account/expected`. */
  key: z.string(),
  /** Place in the queue, most urgent first, from 1. */
  rank: z.int(),
  account: z.string(),
  client: z.string().nullable(),
  status: marginStatus,
  /** Null on a row that is there because the account is indeterminate, not because it is called. */
  type: callType.nullable(),
  state: callState.nullable(),
  callId: z.string().nullable(),
  currency,
  called: decimalText.nullable(),
  met: decimalText.nullable(),
  outstanding: decimalText.nullable(),
  raisedAt: isoInstant.nullable(),
  raisedOn: isoDate.nullable(),
  dueOn: isoDate.nullable(),
  /** Business days from the book's day to the due day; negative when overdue. */
  dueInBusinessDays: z.int().nullable(),
  excess: decimalText,
  healthRatio: decimalText.nullable(),
  /** (equity − maintenance) / net liquidation value; null when that is not positive. */
  cushion: decimalText.nullable(),
  /** Excess now less excess when the call was raised. */
  changeSinceRaise: decimalText.nullable(),
  /** The group that takes most of the requirement: `TSLA`. */
  driver: z.string().nullable(),
  driverShare: decimalText.nullable(),
  owner: z.string().nullable(),
  lastAction: z.string().nullable(),
  statusReason: z.string(),
});
export type QueueRow = z.infer<typeof queueRow>;

export const accountRow = z.strictObject({
  account: z.string(),
  client: z.string().nullable(),
  regime: z.enum(['cash', 'regT', 'portfolio', 'venue']),
  /** True for a portfolio-margin account shown under rule-based margin. */
  indicative: z.boolean(),
  status: marginStatus,
  statusReason: z.string(),
  currency,
  netLiq: decimalText,
  equity: decimalText,
  initial: decimalText,
  maintenance: decimalText,
  available: decimalText,
  excess: decimalText,
  deficit: decimalText,
  healthRatio: decimalText.nullable(),
  cushion: decimalText.nullable(),
  utilisation: decimalText.nullable(),
  leverage: decimalText.nullable(),
  regTInitial: decimalText,
  exchangeMaintenance: decimalText,
  /** Largest group's share of gross market value. */
  concentration: decimalText.nullable(),
  concentrationGroup: z.string().nullable(),
  calls: z.int(),
  positions: z.int(),
  excluded: z.int(),
  notPairedYet: z.int(),
  asOf: isoDate,
});
export type AccountRow = z.infer<typeof accountRow>;

export const positionRow = z.strictObject({
  key: z.string(),
  account: z.string(),
  group: z.string(),
  strategy: z.string(),
  instrument: instrumentId,
  kind: z.string(),
  description: z.string().nullable(),
  subType: z.enum(['cash', 'margin', 'short', 'dvp', 'futures']),
  side: z.enum(['long', 'short', 'flat']),
  quantity: decimalText,
  currency,
  mark: decimalText.nullable(),
  markAsOf: z.string().nullable(),
  markSource: z.string().nullable(),
  value: decimalText.nullable(),
  /** In the account's base currency. */
  valueInBase: decimalText.nullable(),
  regTInitial: decimalText,
  exchangeMaintenance: decimalText,
  houseInitial: decimalText,
  houseMaintenance: decimalText,
  /** houseMaintenance / |valueInBase|; null when there is no value. */
  maintenanceShare: decimalText.nullable(),
  rule: z.string(),
  daysToExpiry: z.int().nullable(),
  callPriceDown: decimalText.nullable(),
  callPriceUp: decimalText.nullable(),
  badges: z.array(positionBadge),
  /** On a branch, the live figures of a row that an edit changed; null on rows the branch leaves alone. */
  live: z.strictObject({ quantity: decimalText, mark: decimalText.nullable(), houseMaintenance: decimalText }).nullable(),
  /** Added by the branch: not in the live book. */
  added: z.boolean(),
});
export type PositionRow = z.infer<typeof positionRow>;

export const cashRow = z.strictObject({ currency, kind: z.string(), amount: decimalText, inBase: decimalText.nullable(), asOf: z.string() });
export type CashRow = z.infer<typeof cashRow>;

/** One headline figure, live and on a branch. */
export const headline = z.strictObject({
  figure: figureName,
  label: z.string(),
  unit: z.string(),
  live: decimalText.nullable(),
  branch: decimalText.nullable(),
  change: decimalText.nullable(),
});
export type Headline = z.infer<typeof headline>;

/** What a what-if branch may change. The live book is never touched. */
export const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('setQuantity'), position: z.string(), quantity: decimalText }),
  z.strictObject({ kind: z.literal('setPrice'), instrument: instrumentId, price: decimalText }),
  z.strictObject({ kind: z.literal('closeLeg'), position: z.string() }),
  /** `symbol` in any spelling the importer knows; `price` is needed when the book has no mark for it. */
  z.strictObject({ kind: z.literal('addLeg'), symbol: z.string().min(1).max(80), quantity: decimalText, price: decimalText.optional() }),
  z.strictObject({ kind: z.literal('deposit'), currency, amount: decimalText }),
]);
export type Edit = z.infer<typeof edit>;

export const branchView = z.strictObject({
  branchId: z.string(),
  account: z.string(),
  /** Journal sequence the branch was taken at; `stale` once the live book has moved on. */
  sequence: z.int(),
  stale: z.boolean(),
  edits: z.array(z.strictObject({ edit, label: z.string() })),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  status: z.strictObject({ live: marginStatus, branch: marginStatus }),
  headlines: z.array(headline),
  positions: z.array(positionRow),
  cash: z.array(cashRow),
});
export type BranchView = z.infer<typeof branchView>;

export const accountView = z.strictObject({
  row: accountRow,
  stacks,
  packs: z.array(z.string()),
  cash: z.array(cashRow),
  positions: z.array(positionRow),
  calls: z.array(call),
  brokerFigures: z.array(z.strictObject({ name: z.string(), amount: decimalText, currency, asOf: isoDate })),
});
export type AccountView = z.infer<typeof accountView>;

export const exclusionRow = z.strictObject({
  account: z.string(),
  client: z.string().nullable(),
  symbol: z.string(),
  quantity: decimalText.nullable(),
  code: z.string(),
  reason: z.string(),
  treatment: z.string(),
  indeterminate: z.boolean(),
  at: z.string(),
  asOf: z.string(),
});
export type ExclusionRow = z.infer<typeof exclusionRow>;

export const importRow = z.strictObject({
  sequence: z.int(),
  at: isoInstant,
  by: z.string(),
  file: z.string(),
  sha256: z.string(),
  format: importFormat,
  asOf: isoDate,
  accounts: z.int(),
  new: z.int(),
  changed: z.int(),
  closed: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  skipped: z.int(),
});
export type ImportRow = z.infer<typeof importRow>;

export const bookInfo = z.strictObject({
  name: z.string(),
  sequence: z.int(),
  /** The book's business day: the latest day any position is of. Null while the book is empty. */
  businessDate: isoDate.nullable(),
  marksAsOf: z.string().nullable(),
  accounts: z.int(),
  positions: z.int(),
  instruments: z.int(),
  excluded: z.int(),
  readOnly: z.boolean(),
  /** Who holds the book for writing when we may only read. */
  heldBy: z.string().nullable(),
  lastOfficialRun: marginRun.nullable(),
  byStatus: z.record(marginStatus, z.int()),
  packs: z.array(z.string()),
});
export type BookInfo = z.infer<typeof bookInfo>;

export const hostInfo = z.strictObject({
  host: z.enum(['electron', 'loopback', 'cli']),
  version: z.string(),
  engine: z.string(),
  user: z.string(),
  /** True when the host opens its own file dialog (`files.choose`). */
  fileDialog: z.boolean(),
  /** True when the host itself blocks all other network traffic. */
  networkBlocked: z.boolean(),
});
export type HostInfo = z.infer<typeof hostInfo>;

export const progress = z.strictObject({
  jobId: z.string(),
  label: z.string(),
  done: z.number().nonnegative(),
  /** Null while the whole is not known. */
  total: z.number().nonnegative().nullable(),
  unit: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
});
export type Progress = z.infer<typeof progress>;

// ------------------------------------------------------------------ the table

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

/** Largest file any door takes. */
export const FILE_BYTES_MAX = 200 * 1024 * 1024;

export const contract = {
  'host.info': query({ input: nothing, output: hostInfo }),
  'book.info': query({ input: nothing, output: bookInfo }),

  'calls.queue': query({ input: nothing, output: z.strictObject({ sequence: z.int(), rows: z.array(queueRow) }) }),
  'calls.events': query({ input: z.strictObject({ callId: z.string() }), output: z.strictObject({ call, events: z.array(callEvent) }) }),
  'accounts.list': query({ input: nothing, output: z.strictObject({ sequence: z.int(), rows: z.array(accountRow) }) }),
  'accounts.view': query({ input: z.strictObject({ account: z.string() }), output: accountView }),
  'margin.state': query({ input: z.strictObject({ account: z.string() }), output: accountState }),
  /** The explain tree of one figure; of one position's maintenance when `instrument` is named; on a branch if named. */
  'margin.explain': query({
    input: z.strictObject({ account: z.string(), figure: figureName, position: z.string().optional(), branchId: z.string().optional() }),
    output: explainNode,
  }),
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
    input: z.strictObject({ businessDate: isoDate.optional() }),
    output: z.strictObject({ run: marginRun, raised: z.int(), moved: z.int(), met: z.int() }),
  }),

  'whatif.open': command({ input: z.strictObject({ account: z.string() }), output: branchView }),
  'whatif.view': query({ input: z.strictObject({ branchId: z.string() }), output: branchView }),
  'whatif.edit': command({ input: z.strictObject({ branchId: z.string(), edit }), output: branchView }),
  'whatif.undo': command({ input: z.strictObject({ branchId: z.string() }), output: branchView }),
  'whatif.redo': command({ input: z.strictObject({ branchId: z.string() }), output: branchView }),
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
  /** Account rows whose figures changed. Rows not named stand as they were. */
  'accounts.changed': z.strictObject({ sequence: z.int(), rows: z.array(accountRow), removed: z.array(z.string()) }),
  /** Queue rows that changed, and the whole order by key. */
  'queue.changed': z.strictObject({ sequence: z.int(), rows: z.array(queueRow), order: z.array(z.string()) }),
  progress,
} as const;
export type Pushes = typeof pushes;
export type PushName = keyof Pushes;
export type PushMessage = { [Name in PushName]: { push: Name; value: z.output<Pushes[Name]> } }[PushName];

/** What every host gives whoever asks: the desk behind one function, and its messages. */
export interface Desk {
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<import('./result.ts').Result<Output<C>>>;
  onPush(listener: (message: PushMessage) => void): () => void;
}
