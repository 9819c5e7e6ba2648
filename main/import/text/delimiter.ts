export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const LINES_LOOKED_AT = 60;
const LOOKED_AT_LENGTH = 64 * 1024;

/** The delimiter that the first lines use most evenly; a comma when nothing speaks for another. */
export function sniffDelimiter(text: string): Delimiter {
  const declared = /^sep=([,;\t|])\r?\n/.exec(text);
  if (declared) return DELIMITERS.find((delimiter) => delimiter === declared[1]) ?? ',';
  const lines = text.slice(0, LOOKED_AT_LENGTH).split('\n', LINES_LOOKED_AT).map(withoutQuoted);
  let best: Delimiter = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0);
    const score = counts.length * Math.min(median(counts), 40);
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
}

/** Excel writes `sep=;` as a first line of its own; it is not data. */
export function isSeparatorLine(cells: readonly string[], delimiter: string): boolean {
  return cells[0] === 'sep=' || cells.join(delimiter) === `sep=${delimiter}`;
}

function withoutQuoted(line: string): string {
  return line.replaceAll(/"[^"]*"/g, '');
}

function median(counts: number[]): number {
  return counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
}
