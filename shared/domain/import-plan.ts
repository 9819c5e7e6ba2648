import { z } from 'zod';
import type { FactName, Facts, FactTypes, ImportScope } from './facts.ts';
import { isoDate, isoInstant, type IsoDate } from '../time.ts';
import { positionAt, type PositionColumns } from './position-columns.ts';

export const IMPORT_FORMATS = ['ibkr-flex-xml', 'ibkr-activity-csv', 'schwab-positions-csv', 'fidelity-positions-csv', 'generic-csv'] as const;
export const importFormat = z.enum(IMPORT_FORMATS);
export type ImportFormat = z.infer<typeof importFormat>;

/** A row of a file that was not taken, and why. `rejected` needs a person's eye; `skipped` is a total or a footer. */
export const rowNote = z.strictObject({
  file: z.string(),
  line: z.int().nonnegative(),
  column: z.string().optional(),
  code: z.string(),
  reason: z.string(),
  /** The start of the row as it stands in the file. */
  text: z.string().optional(),
});
export type RowNote = z.infer<typeof rowNote>;

/** A file as its reader understood it: everything readable, and a reason for every row that was not. */
export interface ReadFile {
  format: ImportFormat;
  /** Day the positions are of, and where the file says so: `title line`, `reportDate`, `file name`. */
  asOf: IsoDate;
  asOfSource: string;
  facts: Facts;
  /** The positions of a large file, in the order of their keys; `facts.position` is empty then. */
  columns?: PositionColumns;
  /** Line of each fact, by the same index. */
  lines: { [Name in FactName]: number[] };
  scopes: ImportScope[];
  rejected: RowNote[];
  skipped: RowNote[];
  /** Things a person should know: `Windows-1252 text, converted to UTF-8`. */
  notes: string[];
}

export type FactChange = {
  [Name in FactName]: {
    fact: Name;
    change: 'new' | 'changed' | 'closed';
    before: FactTypes[Name] | null;
    after: FactTypes[Name] | null;
    line: number;
  };
}[FactName];

/**
 * What the positions of a large file do to the book, row by row: `rows` lists those of the file that are new or changed,
 * and `before` tells the row of `held` that each of the file's rows takes the place of, -1 where the book has none.
 */
export interface PlannedPositions {
  file: PositionColumns;
  held: PositionColumns;
  before: Int32Array;
  rows: Int32Array;
  /** How many of them are new; the others change what is held. */
  isNew: number;
}

/** What one row of a large file does to the book, as a change of its own. */
export function columnChange({ file, held, before }: PlannedPositions, row: number): FactChange {
  const heldRow = before[row] ?? -1;
  const known = heldRow < 0 ? null : positionAt(held, heldRow);
  return { fact: 'position', change: known ? 'changed' : 'new', before: known, after: positionAt(file, row), line: file.line[row] ?? 0 };
}

/** What applying a file would do to the book. Nothing is written until a person (or a script) accepts it. */
export interface ImportPlan {
  file: { name: string; sha256: string; bytes: number };
  format: ImportFormat;
  asOf: IsoDate;
  asOfSource: string;
  changes: FactChange[];
  /** New and changed positions of a large file, which stand before those of `changes`. */
  columns?: PlannedPositions;
  unchanged: number;
  /** Positions the file lists, changed or not. */
  positions?: number;
  scopes: ImportScope[];
  rejected: RowNote[];
  skipped: RowNote[];
  notes: string[];
  /** Accounts for which the book already knows a later day: their facts are recorded as history, not as current. */
  backDated: string[];
}

/** How many changes of a kind a plan makes, those of its columns among them. */
export function countChanges({ changes, columns }: ImportPlan, kind: FactChange['change']): number {
  const inColumns = { new: columns?.isNew ?? 0, changed: (columns?.rows.length ?? 0) - (columns?.isNew ?? 0), closed: 0 };
  return changes.reduce((sum, { change }) => sum + (change === kind ? 1 : 0), inColumns[kind]);
}

/** The accounts of which a plan changes something, or claims to list something in full. */
export function accountsOfPlan({ changes, columns, scopes }: ImportPlan): Set<string> {
  const accounts = new Set(scopes.map(({ account }) => account));
  for (const { after, before } of changes) {
    const fact = after ?? before;
    if (fact && 'account' in fact) accounts.add(fact.account);
  }
  if (!columns) return accounts;
  // Rows of one account stand together, and there may be a million of them.
  const { file, rows } = columns;
  let last = -1;
  for (let at = 0; at < rows.length; at += 1) {
    const account = file.account[rows[at] as number] as number;
    if (account !== last) accounts.add(file.accounts[account] as string);
    last = account;
  }
  return accounts;
}

export const changeKind = z.enum(['new', 'changed', 'closed']);
/** One line of the plan as people see it. */
export const planRow = z.strictObject({
  fact: z.enum(['account', 'instrument', 'position', 'cash', 'mark', 'fx', 'activity', 'brokerFigure', 'exclusion']),
  change: changeKind,
  account: z.string().nullable(),
  label: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  line: z.int(),
});
export type PlanRow = z.infer<typeof planRow>;

export const planSummary = z.strictObject({
  planId: z.string(),
  file: z.strictObject({ name: z.string(), sha256: z.string(), bytes: z.int() }),
  format: importFormat,
  asOf: isoDate,
  asOfSource: z.string(),
  accounts: z.array(z.string()),
  backDated: z.array(z.string()),
  counts: z.strictObject({
    new: z.int(),
    changed: z.int(),
    closed: z.int(),
    unchanged: z.int(),
    positions: z.int(),
    rejected: z.int(),
    skipped: z.int(),
  }),
  rejected: z.array(rowNote),
  skipped: z.array(rowNote),
  notes: z.array(z.string()),
  /** Set when this very file was applied before. */
  appliedBefore: z.strictObject({ sequence: z.int(), at: isoInstant }).nullable(),
});
export type PlanSummary = z.infer<typeof planSummary>;

/** How the columns of a desk's own CSV map to facts; saved under a name and offered again. */
export const mappingProfile = z.strictObject({
  name: z.string().min(1).max(60),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  decimalComma: z.boolean().optional(),
  dateFormat: z.enum(['YYYY-MM-DD', 'MM/DD/YYYY', 'DD/MM/YYYY', 'DD.MM.YYYY', 'YYYYMMDD']).optional(),
  /** Fact column -> header in the file. */
  columns: z.strictObject({
    account: z.string().optional(),
    client: z.string().optional(),
    symbol: z.string(),
    description: z.string().optional(),
    quantity: z.string(),
    side: z.string().optional(),
    price: z.string().optional(),
    entryPrice: z.string().optional(),
    currency: z.string().optional(),
    fxRate: z.string().optional(),
    multiplier: z.string().optional(),
    kind: z.string().optional(),
    underlying: z.string().optional(),
    right: z.string().optional(),
    strike: z.string().optional(),
    expiry: z.string().optional(),
    asOf: z.string().optional(),
    subType: z.string().optional(),
    isin: z.string().optional(),
    maturity: z.string().optional(),
    coupon: z.string().optional(),
    issuer: z.string().optional(),
    grade: z.string().optional(),
    leverage: z.string().optional(),
    class: z.string().optional(),
  }),
  /** Used where the file has no such column. */
  constants: z
    .strictObject({
      account: z.string().optional(),
      currency: z.string().optional(),
      asOf: isoDate.optional(),
      regime: z.enum(['cash', 'regT', 'portfolio', 'venue']).optional(),
    })
    .optional(),
  /** True when the file lists every position of its accounts, so that a missing row means closed. */
  complete: z.boolean(),
});
export type MappingProfile = z.infer<typeof mappingProfile>;
