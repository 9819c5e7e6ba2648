import { fail, succeed, type Result } from '../../../shared/result.ts';

/** Where each field stands in the rows below a header; -1 where the file has no such column. */
export type Columns<Field extends string> = Record<Field, number>;
/** The spellings of each field, in the form that `normalHeader` gives. */
export type Aliases<Field extends string> = Record<Field, readonly string[]>;

const HEADER_LENGTH_MAX = 256;
// Members every JavaScript object has. No broker names a column so; a file that does was made to do harm.
const OBJECT_MEMBERS = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'tostring',
  'valueof',
  'tolocalestring',
  'hasownproperty',
  'isprototypeof',
  'propertyisenumerable',
  '__definegetter__',
  '__definesetter__',
  '__lookupgetter__',
  '__lookupsetter__',
]);
// Controls, and the invisible and direction-changing characters that make two different names look the same.
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** A header as it is compared: lower case, single spaces, typographic apostrophes made plain. */
export function normalHeader(text: string): string {
  return text.trim().toLowerCase().replaceAll('’', "'").replaceAll(/\s+/g, ' ');
}

/** How many of the fields a row of cells names. */
export function headerScore<Field extends string>(cells: readonly string[], aliases: Aliases<Field>): number {
  const names = new Set(cells.map(normalHeader));
  return fieldsOf(aliases).filter((field) => aliases[field].some((alias) => names.has(alias))).length;
}

/**
 * Places every field of a fixed list in a header row. Faults: a header that no broker would write, two columns of one
 * name, two columns for one field, a required field that is nowhere.
 */
export function placeColumns<Field extends string>(
  cells: readonly string[],
  aliases: Aliases<Field>,
  required: readonly NoInfer<Field>[],
  at: string,
): Result<Columns<Field>> {
  const names = cells.map(normalHeader);
  const hostile = hostileHeader(cells, names);
  if (hostile) return fail({ ...hostile, at });

  const fields = fieldsOf(aliases);
  const columns = Object.fromEntries(fields.map((field) => [field, -1])) as Columns<Field>;
  for (const field of fields) {
    const places = names.flatMap((name, index) => (aliases[field].includes(name) ? [index] : []));
    if (places.length > 1) {
      const both = places.map((index) => `"${cells[index]?.trim()}"`).join(' and ');
      return fail({ code: 'duplicate-header', message: `Columns ${both} both give the ${field}.`, at, fix: 'Delete one of them.' });
    }
    columns[field] = places[0] ?? -1;
  }
  const missing = required.filter((field) => columns[field] < 0);
  if (missing.length > 0) {
    const wanted = missing.map((field) => `${field} (${aliases[field].slice(0, 3).map((alias) => `"${alias}"`).join(', ')})`).join('; ');
    return fail({ code: 'missing-column', message: `The header row has no column for ${wanted}.`, at, fix: 'Export the file again with these columns.' });
  }
  return succeed(columns);
}

/** What is wrong with a header row as such; null when nothing is. */
export function hostileHeader(cells: readonly string[], names: readonly string[] = cells.map(normalHeader)): { code: string; message: string; fix: string } | null {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const shown = `Column ${index + 1}`;
    if (UNSEEN.test(cells[index] ?? '')) return { code: 'hostile-header', message: `${shown} has invisible or control characters in its name.`, fix: 'Rename the column.' };
    if (name.length > HEADER_LENGTH_MAX) return { code: 'hostile-header', message: `${shown} has a name of ${name.length} characters.`, fix: 'Rename the column.' };
    if (OBJECT_MEMBERS.has(name.replaceAll(' ', ''))) return { code: 'hostile-header', message: `${shown} is named "${name}", which is no column of a positions file.`, fix: 'Rename the column.' };
    if (/^[=@]/.test(name)) return { code: 'hostile-header', message: `${shown} has a formula for a name.`, fix: 'Rename the column.' };
    if (name !== '' && seen.has(name)) return { code: 'duplicate-header', message: `Two columns are named "${name}".`, fix: 'Rename or delete one of them.' };
    seen.add(name);
  }
  return null;
}

function fieldsOf<Field extends string>(aliases: Aliases<Field>): Field[] {
  return Object.keys(aliases) as Field[];
}
