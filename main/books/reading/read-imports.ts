import type { ImportRow } from '../../../shared/views.ts';
import type { ImportFormat, MappingProfile } from '../../../shared/domain/import-plan.ts';
import type { IsoInstant } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS } from '../digests/partitions.ts';
import { ensureHistory, intactRows } from '../digests/verify.ts';
import { statement } from '../sql/connect.ts';
import { IMPORT_SQL } from '../sql/import-statements.ts';
import { snapshot } from './snapshot.ts';

type Counts = [accounts: number, isNew: number, changed: number, closed: number, unchanged: number, rejected: number, skipped: number];
type ImportListRow = [number, IsoInstant, string, string, string, ImportFormat, string, ...Counts];

/** What was imported, latest first. Throws BookDamaged. */
export function readImports(book: Book): ImportRow[] {
  return snapshot(book, () => {
    ensureHistory(book, PARTITION_KINDS.imports, 0);
    const rows = statement(book.db, IMPORT_SQL.all).all() as ImportListRow[];
    return rows.map(([sequence, at, by, file, sha256, format, asOf, accounts, isNew, changed, closed, unchanged, rejected, skipped]) => ({
      sequence,
      at,
      by,
      file,
      sha256,
      format,
      asOf,
      accounts,
      new: isNew,
      changed,
      closed,
      unchanged,
      rejected,
      skipped,
    }));
  });
}

/** When this very file was last applied; null when it never was. */
export function appliedBefore(book: Book, sha256: string): { sequence: number; at: IsoInstant } | null {
  const row = statement(book.db, IMPORT_SQL.appliedBefore).get(sha256) as [number, IsoInstant] | undefined;
  return row ? { sequence: row[0], at: row[1] } : null;
}

/** The saved mapping profiles, by name. Throws BookDamaged. */
export function readProfiles(book: Book): MappingProfile[] {
  return snapshot(book, () => {
    const rows = [...intactRows(book, PARTITION_KINDS.profiles, 0).values()].flatMap(({ current }) => current[0] ?? []);
    return rows.map((row) => JSON.parse(row[2] as string) as MappingProfile);
  });
}
