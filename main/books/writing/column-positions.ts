import type { AccountId } from '../../../shared/domain/facts.ts';
import type { FactChange, PlannedPositions } from '../../../shared/domain/import-plan.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import { SUB_TYPE_ORDER } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { bucketOf } from '../digests/partitions.ts';
import { FACT_TABLES } from '../facts/fact-tables.ts';
import { bulkPositions } from './bulk-positions.ts';
import type { AccountRows } from './by-account.ts';
import type { Entry } from './entry.ts';
import type { Horizons } from './horizons.ts';
import type { EntryNumbering } from './numbering.ts';
import { textOf } from './partition-edit.ts';
import { tableKey } from './table-key.ts';

/**
 * Takes in what a plan in columns says of the positions of one account, closed ones among it, as a whole. Answers how many
 * of the changes were news; null where only one by one will do: then nothing was done.
 */
export type ColumnPositions = (account: AccountId, rows: AccountRows) => number | null;

export interface ColumnsAt {
  horizons: Horizons;
  /** The day of a position that is no longer in the file. */
  closedOn: (account: AccountId) => IsoDate;
}

const { kind: KIND, table: TABLE } = FACT_TABLES.position;

export function columnPositions(entry: Entry, number: EntryNumbering, { file, rows: planned }: PlannedPositions, at: ColumnsAt): ColumnPositions {
  const instrument = instrumentNumbers(entry, number);
  const bulk = bulkPositions(entry.writes, file, {
    sequence: entry.sequence,
    nextEnded: entry.nextEnded,
    instrument: (place) => instrument(file.instruments[place] as InstrumentId),
  });
  const day = file.days[0] as IsoDate;

  return (account, { from, to, changes }) => {
    const ofPositions = changes.filter(({ fact }) => fact === 'position');
    if (to === from && ofPositions.length === 0) return 0;
    const ended = closedKeys(ofPositions, instrument);
    const id = number.account(account);
    if (ended === null) return null;
    assert(ended.length === 0 || at.closedOn(account) === day, `a file in columns is of one day, also for ${account}`);
    // Of an account that came with this entry no file has ever listed anything.
    if (!number.isNewAccount(id) && !at.horizons.isOpen(id, day)) return null;
    const edit = entry.partition(KIND, id);
    const made = bulk({ account: id, rows: planned.subarray(from, to), ended, held: textOf(edit, TABLE) });
    if (made === null) return null;
    edit.bulk = made;
    return made.changes;
  };
}

/** The places in their account of the positions that are closed; null when other changes are among them. */
function closedKeys(changes: readonly FactChange[], instrument: (code: InstrumentId) => number): number[] | null {
  const keys: number[] = [];
  for (const change of changes) {
    if (change.fact !== 'position' || change.change !== 'closed' || !change.before) return null;
    keys.push(tableKey(SUB_TYPE_ORDER.indexOf(change.before.subType), instrument(change.before.instrument)));
  }
  return keys;
}

/** The numbers of instruments, whose partitions vouch for them. */
function instrumentNumbers(entry: Entry, number: EntryNumbering): (code: InstrumentId) => number {
  const { kind } = FACT_TABLES.instrument;
  const intact = new Set<number>();
  return (code) => {
    const id = number.instrument(code);
    const bucket = bucketOf(kind, id);
    if (!intact.has(bucket)) entry.ensureIntact(kind, bucket);
    intact.add(bucket);
    return id;
  };
}
