// Opens a book with a program that has a later, slow migration.
import { closeBook, openBook } from '../../../main/books/open.ts';
import { WITH_SLOW } from '../slow-migration.ts';

const [path = ''] = process.argv.slice(2);
process.stdout.write('opening\n');
const opened = openBook(path, { user: 'child', program: 'Plimsoll child', now: () => '2026-11-20T09:00:00Z' }, WITH_SLOW);
if (!opened.ok) throw new Error(opened.fault.message);
closeBook(opened.value);
