// Opens a book and writes to it until it is killed: marks mostly, and now and then an import of many rows. Every entry
// is acknowledged on standard output, synchronously, after the write has answered.
import { writeSync } from 'node:fs';
import { openBook } from '../../../main/books/open.ts';
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../../main/books/writing/save-mark.ts';
import { mark } from '../facts.ts';
import { crashFile, IMPORT_EVERY, markValue } from '../crash-content.ts';

const [path = ''] = process.argv.slice(2);
const by = { by: 'child', at: '2026-11-20T09:00:00Z' };
const opened = openBook(path, { user: 'child', program: 'Plimsoll child', now: () => by.at });
if (!opened.ok) throw new Error(opened.fault.message);
const book = opened.value;
for (let sequence = book.head.sequence + 1; ; sequence += 1) {
  const file = sequence % IMPORT_EVERY === 0 ? crashFile(sequence) : null;
  const written = file ? applyPlan(book, file.plan, file.bytes, by) : saveMark(book, mark('S0', markValue(sequence), '2026-11-20'), by);
  if (!written.ok || written.value.sequence !== sequence) throw new Error(`entry ${sequence}: ${JSON.stringify(written)}`);
  writeSync(1, `${sequence}\n`);
}
