import type { AccountId } from '../../../shared/domain/facts.ts';
import type { MarginRun } from '../../../shared/domain/call.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS } from '../digests/partitions.ts';
import { ensureHistory, intactRows } from '../digests/verify.ts';
import { CALL_SQL } from '../sql/call-statements.ts';
import { statement } from '../sql/connect.ts';
import { snapshot } from './snapshot.ts';

/**
 * What an official run leaves to the next day, in the account's base currency: the special memorandum account, null where
 * trades were not known, equity, and equity less exchange maintenance.
 */
export interface PriorMargin {
  account: AccountId;
  currency: Currency;
  sma: DecimalText | null;
  equity: DecimalText;
  excess: DecimalText;
}

/** The last official run before a day, what it left of each account, and the activity that it did not know. */
export interface Prior {
  run: MarginRun;
  margins: PriorMargin[];
  /** Account and id of the activity that came into the book after it, whatever day it is of. */
  news: { account: AccountId; id: string }[];
}

/**
 * What a day's figures start from, of all accounts or of some by their numbers; null before the first official run. A
 * correction of activity that the run knew is no news: its first version is in the balance. Throws BookDamaged.
 */
export function readPrior(book: Book, day: IsoDate, accounts: readonly number[] | null = null): Prior | null {
  return snapshot(book, () => {
    ensureHistory(book, PARTITION_KINDS.runs, 0);
    const row = statement(book.db, CALL_SQL.lastRunBefore).get('official', day) as [string, string, string, MarginRun['kind'], number, string] | undefined;
    if (!row) return null;
    const [id, businessDate, marksAsOf, kind, sequence, at] = row;
    for (const account of accounts ?? [null]) {
      intactRows(book, PARTITION_KINDS.priorMargin, account);
      for (const part of ['priorMargin', 'activity'] as const) ensureHistory(book, PARTITION_KINDS[part], account);
    }
    const { margins, news } = accounts ? ofAccounts(book, accounts, { id, sequence }) : ofAll(book, { id, sequence });
    return {
      run: { id, businessDate, marksAsOf, kind, sequence, at },
      margins: margins.map(([account, currency, sma, equity, excess]) => ({ account, currency, sma, equity, excess })),
      news: news.map(([account, reference]) => ({ account, id: reference })),
    };
  });
}

interface PriorRows {
  margins: [account: string, currency: string, sma: string | null, equity: string, excess: string][];
  news: [account: string, reference: string][];
}

type Run = Pick<MarginRun, 'id' | 'sequence'>;

function ofAll({ db }: Book, { id, sequence }: Run): PriorRows {
  return { margins: statement(db, CALL_SQL.priorOfRun).all(id) as PriorRows['margins'], news: statement(db, CALL_SQL.activitySince).all(sequence, sequence) as PriorRows['news'] };
}

function ofAccounts({ db }: Book, accounts: readonly number[], { id, sequence }: Run): PriorRows {
  return {
    margins: accounts.flatMap((account) => statement(db, CALL_SQL.priorOfRunOf).all({ account, run: id }) as PriorRows['margins']),
    news: accounts.flatMap((account) => statement(db, CALL_SQL.activitySinceOf).all(account, sequence, sequence) as PriorRows['news']),
  };
}
