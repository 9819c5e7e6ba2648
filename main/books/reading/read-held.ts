import type { AccountId, Facts } from '../../../shared/domain/facts.ts';
import type { InstrumentText, PositionColumns } from '../../../shared/domain/position-columns.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS, type PartitionKind } from '../digests/partitions.ts';
import { eachIntactAccount } from '../digests/verify-accounts.ts';
import { intactTexts } from '../digests/verify-texts.ts';
import { idsByCode, namesInOrder, type NamesInOrder } from '../facts/ids.ts';
import { guarded } from '../faults.ts';
import type { Row } from '../tables/bind.ts';
import { mark, position } from '../tables/versioned-tables.ts';
import { addRows, currentRows, FACT_KINDS, factsOf, type RowsByTable } from './read-facts.ts';
import { positionTexts, type PositionTexts } from './position-texts.ts';
import { snapshot } from './snapshot.ts';

/** What a book holds now: every fact as `readFacts` gives it, but positions and instruments. */
export interface Held {
  /** `position` and `instrument` are empty. */
  facts: Facts;
  /** In the order of their keys. `instruments` are all that the book knows, `accounts` all that were read. */
  held: PositionColumns;
}

/**
 * What `readFacts` gives of these accounts (of all, when left out) as it is now, with the positions in columns and the
 * instruments as text beside them: a million positions in a second, where objects take twice that and half a gigabyte.
 * Verified and at fault as there. Accounts and instruments stand in the order of their numbers in the book, which is the
 * order of `facts.account` where each has a fact of its own.
 */
export function readHeld(book: Book, accounts?: readonly AccountId[]): Result<Held> {
  return guarded(book.path, () =>
    snapshot(book, () => {
      const ids = accounts && idsByCode(book.db, 'account');
      const known = accounts?.map((code) => ids?.get(code)).filter((id) => id !== undefined) ?? null;
      const rows = currentRows(book, known, FACT_KINDS.filter((kind) => !READ_AS_TEXT.includes(kind)));
      const names = namesOf(book);
      // Verified before the accounts that refer to their numbers.
      const instruments = instrumentTexts(book, names.instrument);
      addRows(rows, mark, intactTexts(book, PARTITION_KINDS.marks).flatMap((texts) => rowsIn(texts.rows)));
      const { facts, held } = heldOf(book, known, rows, names);
      return succeed({ facts, held: { ...held, instrumentTexts: instruments } });
    }),
  );
}

const READ_AS_TEXT: readonly PartitionKind[] = [PARTITION_KINDS.account, PARTITION_KINDS.instruments, PARTITION_KINDS.marks];

/** Of that, what each of these accounts has, by its number (all of them, when null): `readMarket` has the rest. Throws BookDamaged. */
export function readHoldings(book: Book, accounts: readonly number[] | null): Held {
  return snapshot(book, () => {
    const kinds = FACT_KINDS.filter((kind) => kind.split === 'byAccount' && !READ_AS_TEXT.includes(kind));
    return heldOf(book, accounts, currentRows(book, accounts, kinds), namesOf(book));
  });
}

interface Names {
  account: NamesInOrder;
  instrument: NamesInOrder;
}

function namesOf({ db }: Book): Names {
  return { account: namesInOrder(db, 'account'), instrument: namesInOrder(db, 'instrument') };
}

function rowsIn(text: string | Uint8Array): Row[] {
  return JSON.parse(typeof text === 'string' ? text : new TextDecoder().decode(text)) as Row[];
}

/** The accounts' own rows beside those of other kinds. */
function heldOf(book: Book, accounts: readonly number[] | null, rows: RowsByTable, names: Names): Held {
  const held = readAccounts(book, accounts, rows, names);
  return { facts: factsOf(book, rows, { account: names.account.codeOf, instrument: names.instrument.codeOf }), held: held.columns() };
}

/** Adds the rows of accounts to the others, and answers their positions. */
function readAccounts(book: Book, known: readonly number[] | null, rows: RowsByTable, names: Names): PositionTexts {
  const accounts: string[] = [];
  const positions = positionTexts(accounts, names.instrument.codes, names.instrument.placeOf);
  eachIntactAccount(book, known, ({ account, texts }) => {
    const place = accounts.push(names.account.codeOf(account)) - 1;
    for (const [table, text] of texts) {
      if (table !== position) addRows(rows, table, rowsIn(text));
      else if (typeof text !== 'string') positions.add({ place, number: account, text });
    }
  });
  return positions;
}

/** What the book holds of each instrument, by its place among the names. */
function instrumentTexts(book: Book, { codes, placeOf }: NamesInOrder): (InstrumentText | null)[] {
  const intact = intactTexts(book, PARTITION_KINDS.instruments);
  const found = codes.map((): InstrumentText | null => null);
  for (const { rows } of intact) {
    for (const [, instrument, terms, identifiers] of rowsIn(rows) as [0, number, string, string][]) found[placeOf(instrument)] = { terms, identifiers };
  }
  return found;
}
