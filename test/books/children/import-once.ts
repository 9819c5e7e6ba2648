// Imports one file into a book through the thread that writes behind, and says which entry that made.
import { openBook } from '../../../main/books/open.ts';
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { planOf } from '../column-file.ts';

const [path = ''] = process.argv.slice(2);
const by = { by: 'child', at: '2026-11-20T09:00:00Z' };
const opened = openBook(path, { user: 'child', program: 'Plimsoll child', now: () => by.at, create: true });
if (!opened.ok) throw new Error(opened.fault.message);
const { plan, bytes } = planOf(opened.value, { accounts: 12, positions: 30, quantity: '7', day: '2026-11-20' });
console.log(JSON.stringify(applyPlan(opened.value, plan, bytes, by, undefined, undefined, 0)));
process.exit();
