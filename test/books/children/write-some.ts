// Opens or makes a book and writes a number of entries to it, one small transaction each. With "stay" it then waits to
// be killed, so that the entries are still in the WAL.
import { closeBook, openBook } from '../../../main/books/open.ts';
import { saveProfile } from '../../../main/books/writing/save-profile.ts';

const [path = '', count = '1', then = 'close'] = process.argv.slice(2);
const by = { by: 'child', at: '2026-11-20T09:00:00Z' };
const opened = openBook(path, { user: 'child', program: 'Plimsoll child', now: () => by.at, create: true });
if (!opened.ok) throw new Error(opened.fault.message);
for (let number = 1; number <= Number(count); number += 1) {
  const saved = saveProfile(opened.value, { name: `profile ${number}`, columns: { symbol: 'a', quantity: 'b' }, complete: false }, by);
  if (!saved.ok) throw new Error(saved.fault.message);
}
if (then === 'stay') {
  process.stdout.write('written\n');
  // Held on to: a book that nobody refers to any more would be collected, and so closed.
  setInterval(() => opened.value, 1000);
} else {
  closeBook(opened.value);
}
