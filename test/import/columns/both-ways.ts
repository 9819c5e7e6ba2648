import { readColumns } from '../../../main/import/columns/read-columns.ts';
import { readSourceFile, type ReadOptions } from '../../../main/import/read-file.ts';
import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { positionAt } from '../../../shared/domain/position-columns.ts';

/** A file in columns as the careful reader would have given it. */
export function withoutColumns({ columns, ...read }: ReadFile): ReadFile {
  if (!columns) throw new Error('a file read into columns has columns');
  const rows = Array.from({ length: columns.count }, (_, row) => row);
  return { ...read, facts: { ...read.facts, position: rows.map((row) => positionAt(columns, row)) }, lines: { ...read.lines, position: rows.map((row) => columns.line[row] ?? 0) } };
}

/** What either reader says of a file; `inColumns` is null where it is left to the careful one. */
export function readBothWays(bytes: Uint8Array, options: ReadOptions): { inColumns: ReadFile | null; careful: unknown } {
  const source = { name: 'random.csv', bytes };
  const read = readColumns(source, options);
  const careful = readSourceFile(source, options);
  return { inColumns: read && withoutColumns(read), careful: careful.ok ? careful.value : careful.fault };
}
