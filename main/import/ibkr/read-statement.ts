import type { ImportScope, Regime } from '../../../shared/domain/facts.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { readCurrency, regimeFrom } from '../facts/account.ts';
import { addAccount, type Collected } from '../facts/collect.ts';
import { readActivity } from './activity.ts';
import type { InstrumentCache } from './instrument.ts';
import { readPositions } from './positions.ts';
import { textOf, withAttributes } from './rows.ts';
import { readCash, readFigures, readRates, readSecurities } from './state.ts';
import { ROW_LISTS, statedBaseCurrency, statementDay, type Statement, type StatementRows } from './statement.ts';

/** What the statements of a file amount to, beside the facts gathered from them. */
export interface StatementsRead {
  asOf: IsoDate;
  asOfSource: string;
  scopes: ImportScope[];
}

/** Turns statements into facts; a fault when one of them does not say whose it is or of which day. */
export function readStatements(all: readonly StatementRows[], collected: Collected, regime: Regime | undefined): Result<StatementsRead> {
  const read: Statement[] = [];
  const instruments: InstrumentCache = new Map();
  for (const rows of all.flatMap(byAccount)) {
    const statement = readStatement(rows, collected, regime, instruments);
    if (!statement.ok) return statement;
    read.push(statement.value);
  }
  const last = read.toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))[0];
  if (!last) return fail({ code: 'no-statement', message: 'The file holds no statement.', at: collected.file, fix: 'Run the query again and download its result.' });
  return succeed({ asOf: last.day, asOfSource: last.daySource, scopes: lastScopes(read.flatMap(({ scopes }) => scopes)) });
}

function readStatement(rows: StatementRows, collected: Collected, regime: Regime | undefined, instruments: InstrumentCache): Result<Statement> {
  const at = `${collected.file}:${rows.opening.line}`;
  const account = (rows.account && textOf(rows.account, 'accountId')) ?? textOf(rows.opening, 'accountId');
  if (account === undefined) return fail({ code: 'no-account', message: 'A statement does not say whose it is.', at, fix: 'Add the account number to the query.' });
  const day = statementDay(rows, collected.file);
  if (!day) return fail({ code: 'no-day', message: `The statement of ${account} does not say which day it is of.`, at, fix: 'Add the report date to the query.' });
  const baseCurrency = baseCurrencyOf(rows, collected, account);
  const statement: Statement = {
    rows,
    collected,
    account: {
      account,
      name: (rows.account && textOf(rows.account, 'name')) ?? null,
      baseCurrency,
      ...regimeFrom((rows.account && textOf(rows.account, 'accountCapabilities')) ?? undefined, regime),
      asOf: day.day,
    },
    baseCurrency,
    day: day.day,
    daySource: day.source,
    scopes: [],
    instruments,
  };
  addAccount(collected, statement.account, rows.account?.line ?? rows.opening.line);
  readRates(statement);
  readSecurities(statement);
  readPositions(statement);
  readCash(statement);
  readFigures(statement);
  readActivity(statement);
  return succeed(statement);
}

function baseCurrencyOf(rows: StatementRows, collected: Collected, account: string): string {
  const stated = readCurrency(statedBaseCurrency(rows));
  if (stated) return stated;
  collected.notes.add(`The file does not say the base currency of ${account}; USD is taken.`);
  return 'USD';
}

/** A consolidated statement holds several accounts' rows under one opening; each account is read as its own. */
function byAccount(rows: StatementRows): StatementRows[] {
  const own = (rows.account && textOf(rows.account, 'accountId')) ?? textOf(rows.opening, 'accountId');
  const owners = new Set<string | undefined>();
  for (const list of ROW_LISTS) for (const row of rows[list]) owners.add(textOf(row, 'accountId') ?? own);
  owners.add(own);
  if (owners.size === 1) return [rows];
  return [...owners].map((account) => {
    const part: StatementRows = { ...rows, account: account === own ? rows.account : null };
    if (account !== own && account !== undefined) part.opening = withAttributes(rows.opening, { accountId: account });
    for (const list of ROW_LISTS) {
      // Securities and rates belong to nobody: every account reads by them.
      if (list !== 'securities' && list !== 'rates') part[list] = rows[list].filter((row) => (textOf(row, 'accountId') ?? own) === account);
    }
    return part;
  });
}

// The same account on several days: only the last day's list is the state that a missing row closes against.
function lastScopes(scopes: readonly ImportScope[]): ImportScope[] {
  const last = new Map<string, ImportScope>();
  for (const scope of scopes) {
    const known = last.get(scope.account);
    if (!known || scope.asOf > known.asOf) last.set(scope.account, scope);
  }
  return [...last.values()];
}
