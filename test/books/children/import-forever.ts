// Imports into a book until it is killed, each file through the thread that writes behind: of each entry the quantity is its
// number.
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { planOf } from '../column-file.ts';
import { BY, writeUntilKilled } from './until-killed.ts';

writeUntilKilled((book, sequence) => {
  const { plan, bytes } = planOf(book, { accounts: 40, positions: 50, quantity: String(sequence), day: '2026-11-20' });
  return applyPlan(book, plan, bytes, BY, undefined, undefined, 0);
});
