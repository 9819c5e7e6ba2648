// Opens a book and writes to it until it is killed: marks mostly, and now and then an import of many rows.
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../../main/books/writing/save-mark.ts';
import { mark } from '../facts.ts';
import { crashFile, IMPORT_EVERY, markValue } from '../crash-content.ts';
import { BY, writeUntilKilled } from './until-killed.ts';

writeUntilKilled((book, sequence) => {
  const file = sequence % IMPORT_EVERY === 0 ? crashFile(sequence) : null;
  return file ? applyPlan(book, file.plan, file.bytes, BY) : saveMark(book, mark('S0', markValue(sequence), '2026-11-20'), BY);
});
