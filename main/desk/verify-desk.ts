import type { Output } from '../../shared/contract.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { AccountLine } from './account-line.ts';
import type { BookRead, DeskState } from './desk-state.ts';
import type { Tick } from './job.ts';
import type { Caller } from './rpc.ts';
import { verifyStates } from './verify-states.ts';

/** Whom a verification asks. */
export interface Verifiers {
  book: Pick<Caller, 'ask'>;
  /** The desk as it is once the changes that it knows of are on it; stays as it is. */
  settled: () => Promise<DeskState>;
  accounts: Pick<AccountLine, 'verify'>;
}

/** A change that comes between is on the desk by the next time; who goes on changing the book is not waited for. */
const READ_AT_MOST = 5;

type Kept = Pick<Output<'book.verify'>, 'partitions' | 'journal' | 'files'>;

/** The book in full: what is on disk, then what the desk shows of it. Can be cancelled between the steps. */
export async function verifyDesk({ book, settled, accounts }: Verifiers, tick: Tick): Promise<Result<Output<'book.verify'>>> {
  tick(0, null, 'Verifying journal and files');
  const kept = (await book.ask('book.verify', {})) as Result<Kept>;
  if (!kept.ok) return kept;
  for (let times = 0; times < READ_AT_MOST; times += 1) {
    tick(0, null, 'Reading the book');
    const read = (await book.ask('book.read', {})) as Result<BookRead>;
    if (!read.ok) return read;
    // What the book took in is on the desk a moment later; then they are of one entry, unless it moved on again.
    const state = await settled();
    if (state.standing.sequence !== read.value.standing.sequence) continue;
    tick(0, null, 'Reading the book');
    const states = await verifyStates(state, read.value, accounts, tick);
    return states.ok ? succeed({ ...kept.value, ...states.value } as Output<'book.verify'>) : states;
  }
  return fail({ code: 'book-moved-on', message: 'The book changed every time it was read, so its figures could not be compared.', fix: 'Verify again while nobody imports, runs or types prices.' });
}
