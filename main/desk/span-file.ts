import { readPa2 } from '../import/span/read-pa2.ts';
import { readSpn, type SpnReader } from '../import/span/read-spn.ts';

export type { SpanParameters } from '../import/span/parameters.ts';
export type SpanReader = SpnReader;

/** A reader of risk parameter files in either form: XML begins with `<`, the fixed-width form with its header record. */
export function openSpanReader(name: string): SpanReader {
  let reader: SpanReader | null = null;
  let start = '';
  const open = (): SpanReader => {
    reader ??= start.trimStart().replace(/^\uFEFF|^ï»¿/, '').startsWith('<') ? readSpn(name) : readPa2(name);
    return reader;
  };
  return {
    write: (piece) => {
      if (reader) return reader.write(piece);
      start += piece;
      if (start.trim() !== '') open().write(start);
    },
    close: () => open().close(),
  };
}
