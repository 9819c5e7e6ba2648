import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import { firstRows } from '../text/csv-rows.ts';
import { sniffDelimiter } from '../text/delimiter.ts';
import { headerScore, normalHeader, type Aliases } from '../text/headers.ts';

/** The facts that a column of a desk's own CSV may give. */
export const GENERIC_FIELDS = [
  'account', 'client', 'symbol', 'description', 'quantity', 'side', 'price', 'entryPrice', 'currency', 'fxRate', 'multiplier', 'kind', 'underlying',
  'right', 'strike', 'expiry', 'asOf', 'subType', 'isin', 'maturity', 'coupon', 'issuer', 'grade', 'leverage', 'class',
] as const satisfies readonly (keyof MappingProfile['columns'])[];
export type GenericField = (typeof GENERIC_FIELDS)[number];

/** Rows above the header that a file may have: titles, notes, blank lines. */
export const HEADER_ROWS_MAX = 60;

/** The profile's columns as aliases: each field has the one header that the profile names. */
export function profileAliases({ columns }: MappingProfile): Aliases<GenericField> {
  return Object.fromEntries(GENERIC_FIELDS.map((field) => [field, columns[field] === undefined ? [] : [normalHeader(columns[field])]])) as unknown as Aliases<GenericField>;
}

/** The fields that a profile maps. */
export function mappedFields({ columns }: MappingProfile): GenericField[] {
  return GENERIC_FIELDS.filter((field) => columns[field] !== undefined);
}

/** The saved profile whose columns are all in the file; of several the one that maps most, then the first by name. */
export function bestProfile(name: string, text: string, profiles: readonly MappingProfile[]): MappingProfile | null {
  const fitting = profiles.filter((profile) => {
    const rows = firstRows(name, text, profile.delimiter ?? sniffDelimiter(text), HEADER_ROWS_MAX);
    const wanted = mappedFields(profile).length;
    return rows.some(({ cells }) => headerScore(cells, profileAliases(profile)) === wanted);
  });
  const byFit = fitting.toSorted((a, b) => mappedFields(b).length - mappedFields(a).length || (a.name < b.name ? -1 : 1));
  return byFit[0] ?? null;
}
