import { closeBook, openBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { bookSequence } from '../../main/books/reading/read-journal.ts';
import type { BookStanding } from '../../main/desk/desk-state.ts';
import type { Facts } from '../../shared/domain/facts.ts';

/** The facts of a book, read once, and the standing a desk state needs to start from them. */
export function readDemoFacts(path: string): { facts: Facts; standing: BookStanding } {
  const opened = openBook(path, { user: 'bench', program: 'bench', now: () => new Date().toISOString(), readOnly: true });
  if (!opened.ok) throw new Error(opened.fault.message);
  const facts = readFacts(opened.value);
  const sequence = bookSequence(opened.value);
  closeBook(opened.value);
  if (!facts.ok) throw new Error(facts.fault.message);
  return {
    facts: facts.value,
    standing: { name: 'demo', sequence, readOnly: true, heldBy: null, lastOfficialRun: null, calls: [], start: { prior: null, closes: [] }, strikes: new Map(), lastActions: new Map() },
  };
}
