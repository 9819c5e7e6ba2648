import { closeSync, openSync, writeSync } from 'node:fs';
import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import { accountName, type BookM } from './book.ts';
import { centsText } from './facts.ts';
import { BUSINESS_DATE, FUTURE, FUTURE_EXPIRIES, FUTURE_MULTIPLIER, OPTION_MULTIPLIER, PER_UNDERLYING, SPOT, type UniverseM } from './universe.ts';

/** How the position file is read: the profile that a desk would have saved for it. */
export const PROFILE_M: MappingProfile = {
  name: 'Book M positions',
  delimiter: ',',
  dateFormat: 'YYYY-MM-DD',
  columns: { account: 'Account', symbol: 'Symbol', kind: 'Kind', quantity: 'Quantity', price: 'Price', currency: 'Currency', multiplier: 'Multiplier', underlying: 'Underlying', expiry: 'Expiry', asOf: 'As of' },
  complete: true,
};

const HEADER = 'Account,Symbol,Kind,Quantity,Price,Currency,Multiplier,Underlying,Expiry,As of';
const CHUNK_BYTES = 1 << 20;

/** Writes every position, and each account's cash, as a row of a desk's own CSV; gives back the number of rows. */
export function writePositionFile(path: string, book: BookM): number {
  const { universe, positions, cashCents } = book;
  const tails = Array.from({ length: universe.count }, (_, at) => tailOf(universe, at));
  return writeLines(path, HEADER, function* rows() {
    for (let account = 0; account < book.accounts; account += 1) {
      const name = accountName(account);
      yield `${name},USD,cash,${centsText(cashCents[account] as number)},,USD,,,,${BUSINESS_DATE}`;
      for (let at = positions.start[account] as number; at < (positions.start[account + 1] as number); at += 1) {
        const instrument = positions.instrument[at] as number;
        yield `${name},${universe.id[instrument] as string},${kindOf(universe, instrument)},${positions.quantity[at] as number},${tails[instrument] as string}`;
      }
    }
  });
}

function kindOf({ kind }: UniverseM, instrument: number): string {
  return kind[instrument] === SPOT ? 'stock' : kind[instrument] === FUTURE ? 'future' : 'option';
}

function tailOf(universe: UniverseM, instrument: number): string {
  const kind = universe.kind[instrument] as number;
  const underlying = universe.id[instrument - (instrument % PER_UNDERLYING)] as string;
  const expiry = kind === FUTURE ? (FUTURE_EXPIRIES[universe.expiry[instrument] as number] as string) : '';
  const multiplier = kind === SPOT ? '' : String(kind === FUTURE ? FUTURE_MULTIPLIER : OPTION_MULTIPLIER);
  return `${centsText(universe.price[instrument] as number)},USD,${multiplier},${kind === FUTURE ? underlying : ''},${expiry},${BUSINESS_DATE}`;
}

/** Writes the market: one row an instrument with its mark and, for options, volatility, strike, expiry, right and style. */
export function writeMarketFile(path: string, { universe }: BookM): number {
  return writeLines(path, 'Symbol,Price,Volatility,Style', function* rows() {
    for (let at = 0; at < universe.count; at += 1) {
      const isOption = (universe.strike[at] as number) > 0;
      yield `${universe.id[at] as string},${centsText(universe.price[at] as number)},${isOption ? String((universe.volatility[at] as number) / 1e4) : ''},${isOption ? (universe.american[at] === 1 ? 'american' : 'european') : ''}`;
    }
  });
}

function writeLines(path: string, header: string, rows: () => Generator<string>): number {
  const file = openSync(path, 'w');
  let count = 0;
  let text = `${header}\n`;
  for (const row of rows()) {
    count += 1;
    text += `${row}\n`;
    if (text.length < CHUNK_BYTES) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
  return count;
}
