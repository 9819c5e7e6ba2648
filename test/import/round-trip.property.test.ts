import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import { readText, taken } from './read-fixture.ts';
import { aBook, gistOfBook, gistOfFile, type WrittenBook, type WrittenHolding } from './writers/book.ts';
import { flexFile, flexPosition, GENERIC_PROFILE, genericFile, genericRow, WRITERS } from './writers/formats.ts';

const read = (text: string) => taken(readText('in.csv', text, { profiles: [GENERIC_PROFILE] }));

test.each(WRITERS)('a random book written as %s is recognised and read back as the same book', (format, write) => {
  fc.assert(
    fc.property(aBook, (book) => {
      const file = read(write(book));
      expect(file.format).toBe(format);
      // A desk's own table names an adjusted contract by its root too, but an unsized file cannot show more than that.
      expect(gistOfFile(file)).toEqual(gistOfBook(book));
      expect(file.rejected).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 });
const shuffled = <T>(items: readonly T[], order: readonly number[]): T[] => items.map((item, index) => ({ item, rank: order[index % order.length] ?? 0, index })).toSorted((a, b) => a.rank - b.rank || b.index - a.index).map(({ item }) => item);

/** A holding in several rows that add up to it. */
function split(holding: WrittenHolding, parts: readonly number[]): WrittenHolding[] {
  const pieces = parts.map((part) => toDecimalText(new Decimal(holding.quantity).times(part).div(10)));
  const rest = pieces.reduce((left, piece) => left.minus(piece), new Decimal(holding.quantity));
  const all = rest.isZero() ? pieces : [...pieces, toDecimalText(rest)];
  // All pieces on one side: a long and a short row of one stock are two positions, not parts of one.
  const oneSided = all.every((piece) => piece.startsWith('-') === holding.quantity.startsWith('-'));
  return oneSided ? all.map((quantity) => ({ ...holding, quantity })) : [holding];
}

const files: readonly (readonly [string, (book: WrittenBook, holdings: readonly WrittenHolding[], order: readonly number[]) => string])[] = [
  ['Flex lots', (book, holdings, order) => flexFile(book, shuffled(holdings.map((holding) => flexPosition(holding, book.day, 'LOT')), order))],
  ["a desk's own table", (book, holdings, order) => genericFile(book, shuffled(holdings.map((holding) => genericRow(book, holding)), order))],
];

test.each(files)('splitting and reordering the rows of %s does not change a fact', (_, write) => {
  fc.assert(
    fc.property(aBook, cuts, fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 }), (book, parts, order) => {
      const whole = read(write(book, book.holdings, [0]));
      const pieces = read(write(book, book.holdings.flatMap((holding) => split(holding, parts)), order));
      expect(pieces.facts).toEqual(whole.facts);
      expect(gistOfFile(pieces)).toEqual(gistOfBook(book));
    }),
    { numRuns: 1_000 },
  );
});
