import { z } from 'zod';
import { call, callState, callType, marginRun } from './domain/call.ts';
import { cure, poolCures } from './domain/cure.ts';
import { importFormat } from './domain/import-plan.ts';
import { currency, instrumentId } from './domain/instrument.ts';
import { figureName, positionBadge, stacks, triggerPrice } from './domain/margin-state.ts';
import { marginStatus } from './domain/status.ts';
import { listChange } from './list-change.ts';
import { decimalText } from './money.ts';
import { pairingView } from './pairing.ts';
import { isoDate, isoInstant } from './time.ts';

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
  /** Business days from the day it was raised on to the book's business day; null on a line without a call. */
  ageInBusinessDays: z.int().nullable(),
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
  /** Figures that rest on a rule which nobody has checked against its text. */
  unverified: z.array(figureName),
});
export type QueueRow = z.infer<typeof queueRow>;

export const accountRow = z.strictObject({
  account: z.string(),
  client: z.string().nullable(),
  regime: z.enum(['cash', 'regT', 'portfolio', 'venue']),
  /** True for a venue account shown under rule-based margin. */
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
  /** Of Reg T: what may be used of the special memorandum account; null where trades are not known. */
  specialMemorandum: decimalText.nullable(),
  /** Stock that could be bought and held overnight; null where no model of the account knows it. */
  buyingPower: decimalText.nullable(),
  regTInitial: decimalText,
  exchangeMaintenance: decimalText,
  /** Largest group's share of gross market value. */
  concentration: decimalText.nullable(),
  concentrationGroup: z.string().nullable(),
  calls: z.int(),
  positions: z.int(),
  excluded: z.int(),
  notPairedYet: z.int(),
  /** Figures that rest on a rule which nobody has checked against its text. */
  unverified: z.array(figureName),
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
  /** Where the position's pool is liquidated, and where nothing of it is left; only under rules that state such prices. */
  liquidation: triggerPrice.optional(),
  bankruptcy: triggerPrice.optional(),
  badges: z.array(positionBadge),
  /** On a branch, the live figures of a row that an edit changed; null on rows the branch leaves alone. */
  live: z.strictObject({ quantity: decimalText, mark: decimalText.nullable(), houseMaintenance: decimalText }).nullable(),
  /** Added by the branch: not in the live book. */
  added: z.boolean(),
});
export type PositionRow = z.infer<typeof positionRow>;

/** `pool` names where the money is, for an account of several pools that each have their own. */
export const cashRow = z.strictObject({ currency, kind: z.string(), amount: decimalText, inBase: decimalText.nullable(), asOf: z.string(), pool: z.string().optional() });
export type CashRow = z.infer<typeof cashRow>;

/** One headline figure, live and on a branch. */
export const headline = z.strictObject({
  figure: figureName,
  label: z.string(),
  unit: z.string(),
  live: decimalText.nullable(),
  branch: decimalText.nullable(),
  change: decimalText.nullable(),
  /** True when what is shown rests on a rule which nobody has checked against its text. */
  unverified: z.boolean(),
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

/** What would meet an account's house calls, by pool; each cure with the edits that put it on a what-if branch. */
export const accountCures = z.strictObject({
  account: z.string(),
  pools: z.array(poolCures.extend({ cures: z.array(cure.extend({ edits: z.array(edit) })) })),
});
export type AccountCures = z.infer<typeof accountCures>;

/** Positions and pairings are all there are, or, with `changes`, only those that differ from what the answer `since` said. */
export const branchView = z.strictObject({
  branchId: z.string(),
  /** Raised with every edit, undo and redo. */
  version: z.int(),
  changes: z.strictObject({ since: z.int(), positions: listChange, pairings: listChange }).nullable(),
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
  /** Of every underlying with something to pair: what is not proved first, then what saves most. */
  pairings: z.array(pairingView),
  cash: z.array(cashRow),
});
export type BranchView = z.infer<typeof branchView>;

/** Where an account would be called: nearest prices of an instrument, all others frozen. */
const pricedInstrument = z.strictObject({ instrument: instrumentId, callPrice: triggerPrice });

/** Call prices at a version of a branch; null where there are so many that they are not looked for, or the branch moved on meanwhile. */
export const branchCallPrices = z.strictObject({ version: z.int(), prices: z.array(pricedInstrument).nullable() });

export const accountView = z.strictObject({
  row: accountRow,
  stacks,
  packs: z.array(z.string()),
  cash: z.array(cashRow),
  positions: z.array(positionRow),
  /** Call prices of underlyings of options that the account does not hold itself. */
  underlyings: z.array(pricedInstrument),
  /** Of every underlying with something to pair: what is not proved first, then what saves most. */
  pairings: z.array(pairingView),
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
  /** There while the most urgent accounts are shown and the others still computed: how many the book has. All else here is of those that are shown. */
  accountsInAll: z.int().optional(),
  positions: z.int(),
  instruments: z.int(),
  excluded: z.int(),
  readOnly: z.boolean(),
  /** True of a calc pack opened as a book: it has no journal, no imports and no margin runs. */
  isCalcPack: z.boolean().optional(),
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
