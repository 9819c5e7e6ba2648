import type { AccountId, Facts } from '../../../shared/domain/facts.ts';
import type { PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert, succeed, type Result } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS, type PartitionKind } from '../digests/partitions.ts';
import { eachIntactAccount } from '../digests/verify-accounts.ts';
import { codesInOrder, findId, readCodes } from '../facts/ids.ts';
import { guarded } from '../faults.ts';
import { position } from '../tables/versioned-tables.ts';
import { addRows, currentRows, FACT_KINDS, factsOf, type RowsByTable } from './read-facts.ts';
import { positionTexts, type PositionTexts } from './position-texts.ts';
import { snapshot } from './snapshot.ts';

/** What a book holds now: every fact as `readFacts` gives it, but the positions, which are in columns. */
export interface Held {
  /** `position` is empty. */
  facts: Facts;
  /** In the order of their keys. `instruments` are all that the book knows, `accounts` all that were read. */
  held: PositionColumns;
}

/**
 * What `readFacts` gives of these accounts (of all, when left out) as it is now, with the positions in columns: a million
 * of them in a second, where objects take twice that and half a gigabyte. Verified and at fault as there. Accounts and
 * instruments stand in the order of their numbers in the book, which is the order of `facts.account` and
 * `facts.instrument` where each has a fact of its own.
 */
export function readHeld(book: Book, accounts?: readonly AccountId[]): Result<Held> {
  return guarded(book.path, () =>
    snapshot(book, () => {
      const known = accounts?.map((code) => findId(book.db, 'account', code)).filter((id) => id !== null);
      return succeed(heldOf(book, known ?? null, FACT_KINDS));
    }),
  );
}

/** Of that, what each of these accounts has, by its number (all of them, when null): `readMarket` has the rest. Throws BookDamaged. */
export function readHoldings(book: Book, accounts: readonly number[] | null): Held {
  return snapshot(book, () => heldOf(book, accounts, FACT_KINDS.filter(({ split }) => split === 'byAccount')));
}

/** The accounts' own rows, and those of the other kinds. */
function heldOf(book: Book, accounts: readonly number[] | null, kinds: readonly PartitionKind[]): Held {
  const rows = currentRows(book, accounts, kinds.filter((kind) => kind !== PARTITION_KINDS.account));
  const held = readAccounts(book, accounts, rows);
  return { facts: factsOf(book, rows), held: held.columns() };
}

/** Adds the rows of accounts to the others, and answers their positions. */
function readAccounts(book: Book, known: readonly number[] | null, rows: RowsByTable): PositionTexts {
  const accountCode = readCodes(book.db, 'account');
  const instruments = codesInOrder(book.db, 'instrument');
  const accounts: string[] = [];
  const texts = positionTexts(accounts, instruments.codes, (id) => {
    const place = instruments.places[id] ?? -1;
    assert(place >= 0, `instrument ${id} has a name`);
    return place;
  });
  eachIntactAccount(book, known, ({ account, current, positions }) => {
    texts.add({ place: accounts.push(accountCode(account)) - 1, number: account, text: positions });
    PARTITION_KINDS.account.current.forEach((table, at) => {
      if (table !== position) addRows(rows, table, current[at] ?? []);
    });
  });
  return texts;
}
