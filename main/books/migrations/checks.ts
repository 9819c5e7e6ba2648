/**
 * The CHECK constraints that columns share, as plain SQL, so that every SQLite shell keeps to the same rules.
 * Like every migration, what is here is never edited once a book has been made with it.
 */

const DIGITS = "'0123456789'";

/**
 * Canonical decimal text, as in `shared/money.ts`: a whole number or a fraction, positive or negative, in its one
 * spelling. The commonest come first, because a bulk import spends a third of its time here.
 */
export function decimal(column: string): string {
  const unsigned = `substr(${column}, 2)`;
  const isWhole = `${column} GLOB '[1-9]*' AND ${column} NOT GLOB '*[^0-9]*'`;
  const isFraction = `trim(${column}, ${DIGITS}) = '.' AND ${column} GLOB '*[1-9]' AND (${column} GLOB '[1-9]*' OR ${column} GLOB '0.*')`;
  const isNegativeWhole = `${column} GLOB '-[1-9]*' AND ${unsigned} NOT GLOB '*[^0-9]*'`;
  const isNegativeFraction = `trim(${unsigned}, ${DIGITS}) = '.' AND ${column} GLOB '*[1-9]' AND (${column} GLOB '-[1-9]*' OR ${column} GLOB '-0.*')`;
  return (
    `CHECK (length(${column}) <= 50 AND (${column} = '0' OR (${isWhole}) OR (${isFraction}) ` +
    `OR (${isNegativeWhole}) OR (${isNegativeFraction})))`
  );
}

/** A day that exists, `YYYY-MM-DD`. */
export function day(column: string): string {
  return `CHECK (date(${column}) IS ${column})`;
}

const INSTANT = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]*Z';

/** A moment in UTC, `YYYY-MM-DDThh:mm:ssZ`. */
export function instant(column: string): string {
  return `CHECK (${column} IS NULL OR (${column} GLOB '${INSTANT}' AND datetime(${column}) IS NOT NULL))`;
}

/** A day or a moment: when a price was true. */
export function dayOrInstant(column: string): string {
  return `CHECK (${column} IS NULL OR (date(${column}) IS NOT NULL AND (date(${column}) = ${column} OR ${column} GLOB '${INSTANT}')))`;
}

/** Spelled out with OR: for IN, SQLite would build its list anew with every statement. */
export function oneOf(column: string, names: readonly string[]): string {
  return `CHECK (${names.map((name) => `${column} = '${name}'`).join(' OR ')})`;
}

export function yesOrNo(column: string): string {
  return `CHECK (${column} = 0 OR ${column} = 1)`;
}

/** SHA-256 as 64 lower-case hexadecimal digits. */
export function sha256(column: string): string {
  return `CHECK (length(${column}) = 64 AND ${column} NOT GLOB '*[^0-9a-f]*')`;
}

export function json(column: string): string {
  return `CHECK (json_valid(${column}))`;
}

/**
 * The columns every versioned fact ends with. `valid_from` .. `valid_to`: when it was true. `sequence_from` ..
 * `sequence_to`: between which journal entries we held it to be so. `ended` is 0 while the row is what we hold true
 * now, and else the running number under which it became history: past rows lie behind all current ones in the same
 * tree, in the order in which they came, so reading the present never wades through the past.
 */
export function twoTimeAxes(checkValid: (column: string) => string): string {
  return `
  valid_from TEXT NOT NULL ${checkValid('valid_from')},
  valid_to TEXT ${checkValid('valid_to')},
  sequence_from INTEGER NOT NULL CHECK (sequence_from > 0),
  sequence_to INTEGER CHECK (sequence_to > sequence_from),
  CHECK (valid_to > valid_from),
  CHECK ((ended = 0) = (valid_to IS NULL AND sequence_to IS NULL)),`;
}
