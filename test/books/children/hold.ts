// Opens a book, says so, and holds it until it is killed.
import { openBook } from '../../../main/books/open.ts';

const [path = ''] = process.argv.slice(2);
const opened = openBook(path, { user: 'child', program: 'Plimsoll child', now: () => '2026-11-20T09:00:00Z', create: true });
process.stdout.write(`${opened.ok ? 'open' : opened.fault.code}\n`);
// Held on to: a book that nobody refers to any more would be collected, and its lock freed.
setInterval(() => opened, 1000);
