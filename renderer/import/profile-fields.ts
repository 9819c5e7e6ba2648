import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { isIsoDate } from '../../shared/time.ts';

export type ProfileColumn = keyof MappingProfile['columns'];

/** The columns a mapping can name, in the order people think of them, with what each means. */
export const PROFILE_FIELDS: readonly { column: ProfileColumn; name: string; hint: string; needed?: true }[] = [
  { column: 'symbol', name: 'Symbol', hint: 'Ticker or option symbol, in any usual spelling', needed: true },
  { column: 'quantity', name: 'Quantity', hint: 'Signed, or unsigned with a side column', needed: true },
  { column: 'account', name: 'Account', hint: 'Account number' },
  { column: 'client', name: 'Client', hint: 'Name of the client' },
  { column: 'side', name: 'Side', hint: 'Long or short, where the quantity has no sign' },
  { column: 'price', name: 'Price', hint: 'Mark the position is valued at' },
  { column: 'entryPrice', name: 'Entry price', hint: 'Price paid' },
  { column: 'currency', name: 'Currency', hint: 'Currency of the price' },
  { column: 'fxRate', name: 'FX rate', hint: 'Units of base currency for one unit of the currency' },
  { column: 'multiplier', name: 'Multiplier', hint: 'Contract size' },
  { column: 'kind', name: 'Kind', hint: 'Stock, option, bond, cash …' },
  { column: 'underlying', name: 'Underlying', hint: 'Of an option' },
  { column: 'right', name: 'Call or put', hint: 'Of an option' },
  { column: 'strike', name: 'Strike', hint: 'Of an option' },
  { column: 'expiry', name: 'Expiry', hint: 'Of an option or future' },
  { column: 'asOf', name: 'As of', hint: 'Day the row is of' },
  { column: 'description', name: 'Description', hint: 'Free text' },
  { column: 'subType', name: 'Held as', hint: 'Cash, margin, short …' },
  { column: 'isin', name: 'ISIN', hint: 'Identifier' },
  { column: 'maturity', name: 'Maturity', hint: 'Of a bond' },
  { column: 'coupon', name: 'Coupon', hint: 'Of a bond, per cent a year' },
  { column: 'issuer', name: 'Issuer', hint: 'Of a bond: treasury, municipal, corporate' },
  { column: 'grade', name: 'Grade', hint: 'Of a bond: investment or speculative' },
  { column: 'leverage', name: 'Leverage', hint: 'Of a leveraged fund: 2, 3' },
  { column: 'class', name: 'Class', hint: 'Broad or narrow, common, preferred …' },
];

/** A suggestion without what is plainly a guess: one column can't be both symbol and quantity. */
export function withoutGuess(suggestion: MappingProfile): MappingProfile {
  return suggestion.columns.quantity === suggestion.columns.symbol ? withColumn(suggestion, 'quantity', '') : suggestion;
}

/** The profile with one column mapped to a header; to none when the header is empty. Needed columns keep an empty text. */
export function withColumn(profile: MappingProfile, column: ProfileColumn, header: string): MappingProfile {
  const columns: Record<string, string> = {};
  for (const [name, value] of Object.entries(profile.columns)) if (value !== undefined) columns[name] = value;
  if (header === '' && column !== 'symbol' && column !== 'quantity') delete columns[column];
  else columns[column] = header;
  return { ...profile, columns: columns as MappingProfile['columns'] };
}

/** The profile with a constant for rows that have no such column; without it when empty. */
export function withConstant(profile: MappingProfile, name: 'account' | 'currency' | 'asOf' | 'regime', value: string): MappingProfile {
  const constants: Record<string, string> = {};
  for (const [key, kept] of Object.entries(profile.constants ?? {})) if (kept !== undefined) constants[key] = kept;
  if (value === '') delete constants[name];
  else constants[name] = value;
  const { constants: _, ...rest } = profile;
  return Object.keys(constants).length === 0 ? rest : { ...rest, constants };
}

/** What still keeps the profile from being used; null when nothing does. */
export function whatIsMissing(profile: MappingProfile): string | null {
  if (profile.columns.symbol === '') return 'Say which column holds the symbol.';
  if (profile.columns.quantity === '') return 'Say which column holds the quantity.';
  if (profile.columns.quantity === profile.columns.symbol) return 'Symbol and quantity can’t be the same column.';
  if (profile.columns.account === undefined && profile.constants?.account === undefined) return 'Say which column holds the account, or give one account for the whole file.';
  const { asOf, currency } = profile.constants ?? {};
  if (asOf !== undefined && !isIsoDate(asOf)) return 'Write the day as YYYY-MM-DD.';
  if (currency !== undefined && !/^[A-Z][A-Z0-9]{2,9}$/.test(currency)) return 'Write the currency as three letters, such as USD.';
  return profile.name.trim() === '' ? 'Give the profile a name.' : null;
}
