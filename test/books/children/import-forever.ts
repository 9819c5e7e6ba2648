// Imports into a book until it is killed, each file through the thread that writes behind: of each entry the quantity is its
// number. Every entry is acknowledged on standard output, synchronously, after the import has answered.
import { writeSync } from 'node:fs';
import { openBook } from '../../../main/books/open.ts';
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { planOf } from '../column-file.ts';

const [path = ''] = process.argv.slice(2);
const by = { by: 'child', at: '2026-11-20T09:00:00Z' };
const opened = openBook(path, { user: 'child', program: 'Plimsoll child', now: () => by.at });
if (!opened.ok) throw new Error(opened.fault.message);
const book = opened.value;
for (let sequence = book.head.sequence + 1; ; sequence += 1) {
  const { plan, bytes } = planOf(book, { accounts: 40, positions: 50, quantity: String(sequence), day: '2026-11-20' });
  const written = applyPlan(book, plan, bytes, by, undefined, undefined, 0);
  if (!written.ok || written.value.sequence !== sequence) throw new Error(`entry ${sequence}: ${JSON.stringify(written)}`);
  writeSync(1, `${sequence}\n`);
}
