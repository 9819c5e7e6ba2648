import { createHash } from 'node:crypto';
import type { FactName, FactTypes, ImportScope } from '../../shared/domain/facts.ts';
import type { FactChange, ImportPlan } from '../../shared/domain/import-plan.ts';

/** One change of a plan; the line only matters to people. */
export function changeOf<Name extends FactName>(fact: Name, change: FactChange['change'], subject: FactTypes[Name]): FactChange {
  const sides = change === 'closed' ? { before: subject, after: null } : { before: null, after: subject };
  return { fact, change, ...sides, line: 1 } as FactChange;
}

/** A plan as the importer would make it, with the bytes of the file it is of. */
export function makePlan(
  asOf: string,
  changes: readonly FactChange[],
  extra: { scopes?: ImportScope[]; backDated?: string[]; text?: string; name?: string } = {},
): { plan: ImportPlan; bytes: Uint8Array } {
  const { scopes = [], backDated = [], name = `positions ${asOf}.csv` } = extra;
  const bytes = Buffer.from(extra.text ?? JSON.stringify([asOf, changes, scopes]));
  return {
    bytes,
    plan: {
      file: { name, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length },
      format: 'generic-csv',
      asOf,
      asOfSource: 'column "as of"',
      changes: [...changes],
      unchanged: 0,
      scopes,
      rejected: [],
      skipped: [],
      notes: [],
      backDated,
    },
  };
}
