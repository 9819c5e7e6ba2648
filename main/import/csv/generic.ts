import type { Regime } from '../../../shared/domain/facts.ts';
import type { MappingProfile, ReadFile } from '../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { regimeFrom } from '../facts/account.ts';
import { addAccount, addFx, startCollecting } from '../facts/collect.ts';
import { finishReading } from '../facts/finish.ts';
import { INSTRUMENT_KINDS } from '../facts/kinds.ts';
import { csvRows, isBlank, type RowCursor } from '../text/csv-rows.ts';
import { sniffDelimiter } from '../text/delimiter.ts';
import { headerScore, placeColumns } from '../text/headers.ts';
import { dayInFileName } from '../values/day.ts';
import { HEADER_ROWS_MAX, mappedFields, profileAliases } from './generic-columns.ts';
import { readDeferred, readGenericRow, type GenericFile } from './generic-rows.ts';
import type { ReaderOptions } from './read-options.ts';

type GenericOptions = ReaderOptions & { profile: MappingProfile | null };

/** A file whose header has been found: the cursor stands on it, and the rows are still to be read. */
export interface GenericStart {
  file: GenericFile;
  cursor: RowCursor;
  delimiter: string;
}

/** Reads a desk's own CSV by a mapping profile that says which column is what. */
export function readGeneric(name: string, text: string, options: GenericOptions): Result<ReadFile> {
  const begun = beginGeneric(name, text, options);
  if (!begun.ok) return begun;
  const { file, cursor } = begun.value;
  while (cursor.next()) if (!isBlank(cursor.cells)) readGenericRow(file, cursor);
  if (cursor.fault) return fail(cursor.fault);
  readDeferred(file);
  return finishGeneric(file, options.regime);
}

/** Finds the header and what the profile makes of it. */
export function beginGeneric(name: string, text: string, options: GenericOptions): Result<GenericStart> {
  const { profile } = options;
  if (profile === null) return fail({ code: 'no-profile', message: 'No saved mapping profile fits the columns of this file.', at: name, fix: 'Make a mapping profile for it.' });
  const unsaid = unsaidByProfile(name, profile);
  if (unsaid) return unsaid;
  const delimiter = profile.delimiter ?? sniffDelimiter(text);
  const cursor = csvRows(name, text, delimiter, options.tick);
  const file = openFile(name, cursor, profile);
  return file.ok ? succeed({ file: file.value, cursor, delimiter }) : file;
}

// What neither a column nor a constant gives would have to be guessed for every row.
function unsaidByProfile(name: string, { columns, constants, name: profileName }: MappingProfile): Result<never> | null {
  const at = `${name}, profile ${profileName}`;
  if (columns.account === undefined && constants?.account === undefined) return fail({ code: 'no-account', message: 'The mapping profile has neither a column nor a constant for the account.', at, fix: 'Map the account column, or set the account as a constant.' });
  if (columns.currency === undefined && constants?.currency === undefined) return fail({ code: 'no-currency', message: 'The mapping profile has neither a column nor a constant for the currency.', at, fix: 'Map the currency column, or set the currency as a constant.' });
  if (columns.asOf === undefined && constants?.asOf === undefined && dayInFileName(name) === null) return fail({ code: 'no-day', message: 'Nothing says which day the positions are of: no column, no constant, no date in the file name.', at, fix: 'Set the day in the mapping profile.' });
  return null;
}

function openFile(name: string, cursor: RowCursor, profile: MappingProfile): Result<GenericFile> {
  const aliases = profileAliases(profile);
  const wanted = mappedFields(profile);
  let best: { cells: string[]; line: number; score: number } | null = null;
  for (let row = 0; row < HEADER_ROWS_MAX && cursor.next(); row += 1) {
    const score = headerScore(cursor.cells, aliases);
    if (score > (best?.score ?? 0)) best = { cells: cursor.cells, line: cursor.line, score };
    if (score === wanted.length) break;
  }
  if (cursor.fault) return fail(cursor.fault);
  const columns = placeColumns(best?.cells ?? [], aliases, wanted, best ? `${name}:${best.line}` : name);
  if (!columns.ok) return columns;
  const day = profile.constants?.asOf ?? dayInFileName(name);
  return succeed({
    collected: startCollecting(name, 'CSV'),
    profile,
    columns: columns.value,
    columnCount: best?.cells.length ?? 0,
    day,
    daySource: profile.columns.asOf !== undefined ? `column ${profile.columns.asOf}` : profile.constants?.asOf ? 'mapping profile' : 'file name',
    decimalComma: profile.decimalComma ?? false,
    accounts: new Map(),
    rates: new Map(),
    currencies: new Set(),
    instruments: new Map(),
    underlyings: new Map(),
    deferred: [],
    lastDay: null,
    dayRead: null,
    cashRead: null,
  });
}

/** What has been read of a file, once all of its rows have gone by. `chosen` governs accounts of which the file does not say what does. */
export function finishGeneric(file: GenericFile, chosen: Regime | undefined): Result<ReadFile> {
  const { collected, profile, accounts, lastDay } = file;
  const asOf = lastDay ?? file.day;
  if (asOf === null) return fail({ code: 'no-day', message: 'No row of the file has a day that can be read.', at: collected.file, fix: 'Check the date column and the date format of the mapping profile.' });
  const baseCurrency = profile.constants?.currency ?? (file.currencies.size === 1 ? [...file.currencies][0] : undefined) ?? 'USD';
  if (profile.constants?.currency === undefined && file.currencies.size > 1) collected.notes.add('The file does not say the base currency of its accounts; USD is taken.');
  for (const [account, seen] of accounts) {
    const regime = profile.constants?.regime ? { regime: profile.constants.regime, regimeSource: `mapping profile ${profile.name}` } : regimeFrom(undefined, chosen);
    addAccount(collected, { account, name: seen.client, baseCurrency, ...regime, asOf: seen.day }, seen.line);
  }
  for (const [currency, { rate, asOf: day, line }] of file.rates) addFx(collected, { currency, base: baseCurrency, rate, asOf: day, source: collected.source }, line, true);
  const scopes = profile.complete ? [...accounts].map(([account, { listsCash, day }]) => ({ account, kinds: INSTRUMENT_KINDS, cash: listsCash, asOf: day })) : [];
  return succeed(finishReading(collected, { format: 'generic-csv', asOf, asOfSource: file.daySource, scopes }));
}
