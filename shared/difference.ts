/** One place where two documents are not the same; undefined where one of them has nothing. */
export interface Difference {
  /** `accounts[0].maintenance`. */
  at: string;
  before?: unknown;
  after?: unknown;
}

const CHARACTERS_MAX = 60;

/** A value for one line of text: short values in full, longer ones by how they begin. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > CHARACTERS_MAX ? `${text.slice(0, CHARACTERS_MAX - 1)}…` : text;
}
