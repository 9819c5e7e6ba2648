import type { AccountRow, QueueRow } from '../views.ts';

/** What a field of a packed row holds: an exact amount, a whole number, yes or no, a text, or a list of names. */
export type FieldKind = 'amount' | 'count' | 'flag' | 'text' | 'names';

type KindOf<Value> = [Value] extends [boolean] ? 'flag' : [Value] extends [number | null] ? 'count' : [Value] extends [readonly string[]] ? 'names' : 'amount' | 'text';
/** Every field of a row with its kind: a field that is added to the row and forgotten here does not compile. */
type Layout<Row> = { readonly [Field in keyof Row]-?: KindOf<Row[Field]> };

const accountLayout: Layout<AccountRow> = {
  account: 'text',
  client: 'text',
  regime: 'text',
  indicative: 'flag',
  status: 'text',
  statusReason: 'text',
  currency: 'text',
  netLiq: 'amount',
  equity: 'amount',
  initial: 'amount',
  maintenance: 'amount',
  available: 'amount',
  excess: 'amount',
  deficit: 'amount',
  healthRatio: 'amount',
  cushion: 'amount',
  utilisation: 'amount',
  leverage: 'amount',
  specialMemorandum: 'amount',
  buyingPower: 'amount',
  regTInitial: 'amount',
  exchangeMaintenance: 'amount',
  concentration: 'amount',
  concentrationGroup: 'text',
  calls: 'count',
  positions: 'count',
  excluded: 'count',
  notPairedYet: 'count',
  unverified: 'names',
  asOf: 'text',
};

// The rank does not travel with a row: one call that comes in at the top would change the rank of every other row.
// It comes with the order instead.
const queueLayout: Layout<Omit<QueueRow, 'rank'>> = {
  key: 'text',
  account: 'text',
  client: 'text',
  status: 'text',
  type: 'text',
  state: 'text',
  callId: 'text',
  currency: 'text',
  called: 'amount',
  met: 'amount',
  outstanding: 'amount',
  raisedAt: 'text',
  raisedOn: 'text',
  ageInBusinessDays: 'count',
  dueOn: 'text',
  dueInBusinessDays: 'count',
  excess: 'amount',
  healthRatio: 'amount',
  cushion: 'amount',
  changeSinceRaise: 'amount',
  driver: 'text',
  driverShare: 'amount',
  owner: 'text',
  lastAction: 'text',
  statusReason: 'text',
  unverified: 'names',
};

/** The lists that the desk keeps current on every screen. */
export interface TableRows {
  accounts: AccountRow;
  queue: QueueRow;
}
export type TableName = keyof TableRows;
export const TABLES = ['accounts', 'queue'] as const satisfies readonly TableName[];

/** A field of a table in its packed form. */
export interface PackedField {
  name: string;
  kind: FieldKind;
}

const fieldsOf = (layout: Readonly<Record<string, FieldKind>>): PackedField[] => Object.entries(layout).map(([name, kind]) => ({ name, kind }));

/** The fields of each table, in the order in which they are packed. */
export const TABLE_FIELDS: Readonly<Record<TableName, readonly PackedField[]>> = { accounts: fieldsOf(accountLayout), queue: fieldsOf(queueLayout) };

/** The field whose text names a row for good. */
export const TABLE_KEYS = { accounts: 'account', queue: 'key' } as const satisfies { [Table in TableName]: keyof TableRows[Table] };

export function keyOfRow<Table extends TableName>(table: Table, row: TableRows[Table]): string {
  return (row as unknown as Record<string, string>)[TABLE_KEYS[table]] ?? '';
}
