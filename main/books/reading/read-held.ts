import type { AccountId, Facts, SubType } from '../../../shared/domain/facts.ts';
import { grown, positionColumns, putAmount, SUB_TYPE_ORDER, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { findId, readCodes } from '../facts/ids.ts';
import { guarded } from '../faults.ts';
import type { Row } from '../tables/bind.ts';
import { position } from '../tables/versioned-tables.ts';
import { currentRows, factsOf } from './read-facts.ts';
import { snapshot } from './snapshot.ts';

const FIRST_ROWS = 4096;

/**
 * What `readFacts` gives of these accounts as it is now, with the positions in columns, account by account: a million of
 * them as objects would take half a gigabyte. Verified and at fault as there.
 */
export function readHeld(book: Book, accounts: readonly AccountId[]): Result<{ facts: Facts; held: PositionColumns }> {
  return guarded(book.path, () =>
    snapshot(book, () => {
      const known = accounts.map((code) => findId(book.db, 'account', code)).filter((id) => id !== null);
      const taker = positionTaker(book);
      const rows = currentRows(book, known, new Map([[position, taker.take]]));
      return succeed({ facts: factsOf(book, rows), held: taker.columns() });
    }),
  );
}

function positionTaker(book: Book): { take: (rows: readonly Row[]) => void; columns: () => PositionColumns } {
  const [accountCode, instrumentCode] = [readCodes(book.db, 'account'), readCodes(book.db, 'instrument')];
  const numbers = { accounts: new Map<number, number>(), instruments: new Map<number, number>(), days: new Map<string, number>() };
  let columns = positionColumns(FIRST_ROWS);

  function take(rows: readonly Row[]): void {
    columns = grown(columns, columns.count + rows.length);
    for (const values of rows) {
      const [, account, subType, instrument, quantity, entryPrice, validFrom] = values as [0, number, SubType, number, string, string | null, string];
      const row = columns.count;
      columns.account[row] = placeOf(numbers.accounts, account, () => columns.accounts.push(accountCode(account)) - 1);
      columns.subType[row] = SUB_TYPE_ORDER.indexOf(subType);
      columns.instrument[row] = placeOf(numbers.instruments, instrument, () => columns.instruments.push(instrumentCode(instrument)) - 1);
      putAmount(columns.quantity, row, quantity);
      putAmount(columns.entryPrice, row, entryPrice);
      columns.day[row] = placeOf(numbers.days, validFrom, () => columns.days.push(validFrom) - 1);
      columns.count += 1;
    }
  }
  return { take, columns: () => columns };
}

function placeOf<Key>(places: Map<Key, number>, key: Key, add: () => number): number {
  let place = places.get(key);
  if (place === undefined) places.set(key, (place = add()));
  return place;
}
