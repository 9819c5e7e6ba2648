import { readColumns } from '../../../main/import/columns/read-columns.ts';
import { planImport, planRows } from '../../../main/import/plan.ts';
import { readSourceFile, type ReadOptions } from '../../../main/import/read-file.ts';
import { noFacts } from '../../../shared/domain/facts.ts';
import type { PlanRow, ReadFile } from '../../../shared/domain/import-plan.ts';
import { positionAt } from '../../../shared/domain/position-columns.ts';
import { addDays } from '../../../shared/time.ts';
import { inLockstep, shared, type Lockstep } from './lockstep.ts';

/** A file in columns as the careful reader would have given it. */
export function withoutColumns({ columns, ...read }: ReadFile): ReadFile {
  if (!columns) throw new Error('a file read into columns has columns');
  const rows = Array.from({ length: columns.count }, (_, row) => row);
  return { ...read, facts: { ...read.facts, position: rows.map((row) => positionAt(columns, row)) }, lines: { ...read.lines, position: rows.map((row) => columns.line[row] ?? 0) } };
}

/** What a reader says of a file, and what a plan makes of it for a book that knew its accounts the day before. */
export type ReadAndPlanned = ReadFile & { planned: PlanRow[] };

/** What either reader says of a file; `inColumns` is null where it is left to the careful one. `byTwo` is what it says with its rows cut by another thread. */
export function readBothWays(bytes: Uint8Array, options: ReadOptions, lockstep: Lockstep): { inColumns: ReadAndPlanned | null; byTwo: ReadFile | null; careful: unknown } {
  const source = { name: 'random.csv', bytes };
  const inShared = { name: 'random.csv', bytes: shared(bytes) };
  const read = readColumns(source, options);
  const byTwo = readColumns(inShared, options, inLockstep(inShared.bytes, lockstep));
  const careful = readSourceFile(source, options);
  return {
    inColumns: read && { ...withoutColumns(read), planned: plannedFor(read) },
    byTwo: byTwo && withoutColumns(byTwo),
    careful: careful.ok ? { ...careful.value, planned: plannedFor(careful.value) } : careful.fault,
  };
}

function plannedFor(read: ReadFile): PlanRow[] {
  const account = read.facts.account.map((fact) => ({ ...fact, asOf: addDays(fact.asOf, -1) }));
  return planRows(planImport(read, { ...noFacts(), account }, { name: 'random.csv', sha256: '', bytes: 0 }));
}
