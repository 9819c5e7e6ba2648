import type { Regime } from '../../../shared/domain/facts.ts';
import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { finishGeneric } from '../csv/generic.ts';
import { readDeferred, type GenericFile } from '../csv/generic-rows.ts';
import { gather, type Gathering } from './gathering.ts';
import { inKeyOrder } from './key-order.ts';

/** Everything gathered, as the file's facts with its positions in columns. Null when its accounts are of several days. */
export function finishColumns(file: GenericFile, gathering: Gathering, chosen: Regime | undefined): ReadFile | null {
  let isOfOneDay = true;
  file.collected.takePosition = (fact, line) => (isOfOneDay &&= gather(gathering, fact, line));
  readDeferred(file);
  if (!isOfOneDay) return null;
  const days = new Set([...gathering.columns.days, ...[...file.accounts.values()].map(({ day }) => day)]);
  if (days.size > 1) return null;
  const columns = inKeyOrder(gathering.columns, file.collected);
  const finished = finishGeneric(file, chosen);
  return finished.ok ? { ...finished.value, columns } : null;
}
