/**
 * A range as tab-separated text, as spreadsheets take it. Amounts go out as they are, with every digit; any other cell
 * that a spreadsheet would run as a formula is made plain text with an apostrophe.
 */
export interface CopiedCell {
  text: string;
  numeric: boolean;
}

const RUNS_AS_FORMULA = /^[=+\-@\t\r]/;

function cellText({ text, numeric }: CopiedCell): string {
  const safe = !numeric && RUNS_AS_FORMULA.test(text) ? `'${text}` : text;
  return /["\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows of cells, the header row first when given. Lines end with CR LF; there is no line end after the last. */
export function toTsv(rows: readonly (readonly CopiedCell[])[], headers?: readonly string[]): string {
  const lines = rows.map((cells) => cells.map(cellText).join('\t'));
  if (headers) lines.unshift(headers.map((header) => cellText({ text: header, numeric: false })).join('\t'));
  return lines.join('\r\n');
}
