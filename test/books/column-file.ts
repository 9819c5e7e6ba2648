import { createHash } from 'node:crypto';
import type { Book } from '../../main/books/book.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import { readColumns } from '../../main/import/columns/read-columns.ts';
import { planImport } from '../../main/import/plan.ts';
import type { ImportPlan, MappingProfile } from '../../shared/domain/import-plan.ts';
import { faultLine, type Result } from '../../shared/result.ts';

const PROFILE: MappingProfile = { name: 'Desk', columns: { account: 'account', symbol: 'symbol', quantity: 'quantity', price: 'price', currency: 'currency', multiplier: 'multiplier', asOf: 'day' }, complete: true };

/** A file of some accounts that hold the same positions, all of one quantity, beside their cash. */
export interface ColumnFile {
  accounts: number;
  positions: number;
  quantity: string;
  day: string;
}

/** A plan of such a file for a book, made with columns; run by a child process, too. */
export function planOf(book: Book, { accounts, positions, quantity, day }: ColumnFile): { plan: ImportPlan; bytes: Uint8Array } {
  const rows = Array.from({ length: accounts }, (_, account) => [
    ...Array.from({ length: positions }, (_, position) => `U${account},S${position},${quantity},${10 + (position % 7)},USD,100,${day}`),
    `U${account},CASH,${quantity},,USD,,${day}`,
  ]);
  const bytes = new TextEncoder().encode(['account,symbol,quantity,price,currency,multiplier,day', ...rows.flat()].join('\n'));
  const read = readColumns({ name: 'desk.csv', bytes }, { profile: PROFILE, profiles: [] });
  if (read === null) throw new Error('the file is read into columns');
  const { facts, held } = valueOf(readHeld(book, read.facts.account.map(({ account }) => account)));
  const file = { name: 'desk.csv', sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
  return { plan: planImport(read, facts, file, { appliedBefore: false, held, onThatDay: (backDated) => valueOf(readFacts(book, backDated, { day: read.asOf })) }), bytes };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(faultLine(result.fault));
  return result.value;
}
