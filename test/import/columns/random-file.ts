import * as fc from 'fast-check';
import type { MappingProfile } from '../../../shared/domain/import-plan.ts';

/** A desk's own CSV with everything that rows of real files have wrong with them, and the profile it is read by. */
export interface RandomFile {
  bytes: Uint8Array;
  profile: MappingProfile;
}

const mostly = <T>(usual: readonly T[], odd: readonly T[], weight = 8) => fc.oneof({ weight, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

/** The cells that say what is held: a file has few kinds of row, and many rows of each. */
const kind = fc.record({
  symbol: mostly(['ABC', 'BRK B', 'SPY', 'CASH', 'ABC260918C00100000', 'ABC260918P00100000', 'DEF 18SEP26 50 C'], ['USD', 'Total', '', '"A, B"', 'abc', ' ABC', 'ÄÖ', '"QU""OTE"', '"TWO\nLINES"']),
  side: mostly([''], ['long', 'SHORT', 'both'], 4),
  price: mostly(['10.00'], ['11.25', '9', '10', '', 'n/a', 'x', '-1'], 2),
  currency: mostly(['USD'], ['CAD', 'usd', '', '$']),
  rate: mostly([''], ['0.7', '0.70', '0.8', '0'], 3),
  multiplier: mostly(['', '1', '100', '100'], ['0', 'x']),
  part: mostly([''], ['cash', 'short', 'nowhere'], 5),
});
const row = fc.record({
  kind: fc.nat({ max: 5 }),
  account: mostly(['U1', 'U2'], ['U 3', 'U!4', '"U5"', 'Ü6', ' U1', '']),
  client: mostly(['Ann'], ['Bob', 'Aaa', '', 'Änn', '"Ann, B."']),
  quantity: mostly(['1', '-5', '300', '1.50', '-0.25', '100.00', '0.5', '12345.678', '5'], ['', '--', '0', '-0', '0.00', '(5)', '(5)', '+3', '007', '.5', '5.', '1e3', 'many', '"1,000"', ' 4', '123456789012345678.5', '-', '9'.repeat(49), '9'.repeat(50), `1${'0'.repeat(50)}`], 4),
  entry: mostly(['', '8.5', '8.50'], ['0', '-0', '-2', 'z', '1234567890.1234567890'], 6),
  asOf: mostly(['2026-11-20'], ['2026-11-19', '', '11/20/2026', '2026-02-30'], 150),
  note: mostly(['', 'n'], ['Total of day', 'together', ' Total', 'subtotal', '"a note"', 'Grand total']),
  rest: mostly([''], ['DELIMITER', 'DELIMITERmore', 'DELIMITERDELIMITERx'], 20),
});

const COLUMNS = ['account', 'client', 'symbol', 'quantity', 'side', 'price', 'entry', 'currency', 'rate', 'multiplier', 'part', 'asOf', 'note'] as const;
type Column = (typeof COLUMNS)[number];
const FIELD_OF: Readonly<Partial<Record<Column, keyof MappingProfile['columns']>>> = { entry: 'entryPrice', rate: 'fxRate', part: 'subType' };
const NEEDED: readonly Column[] = ['account', 'symbol', 'quantity', 'currency', 'asOf'];

/** Random files of one account list and few kinds of row, so that most rows are of a kind already seen. */
export const randomFile: fc.Arbitrary<RandomFile> = fc
  .record({
    kinds: fc.array(kind, { minLength: 1, maxLength: 6 }),
    rows: fc.array(row, { minLength: 1, maxLength: 60 }),
    order: fc.shuffledSubarray([...COLUMNS], { minLength: COLUMNS.length }),
    mapped: fc.subarray(COLUMNS.filter((column) => !NEEDED.includes(column) && column !== 'note')),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    before: mostly(['', '\ufeff'], ['Positions of the desk\n', '\n\n', '"two\nlines"\n'], 4),
    after: mostly(['', '\n'], ['\n\n', '\nTotal,,,\n', '\n"never closed', '\n,,,,,,,,,,,,\n'], 6),
    delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
    complete: fc.boolean(),
  })
  .map(({ kinds, rows, order, mapped, lineEnd, before, after, delimiter, complete }) => {
    const lines = rows.map((cells) => {
      const all = { ...kinds[cells.kind % kinds.length], ...cells } as Record<Column, string>;
      return order.map((column) => all[column]).join(delimiter) + cells.rest.replaceAll('DELIMITER', delimiter);
    });
    const text = before + [order.join(delimiter), ...lines].join(lineEnd) + after;
    const columns = Object.fromEntries([...NEEDED, ...mapped].map((column) => [FIELD_OF[column] ?? column, column])) as MappingProfile['columns'];
    return { bytes: new TextEncoder().encode(text), profile: { name: 'Random', delimiter, columns, complete } };
  });
