import * as fc from 'fast-check';
import { isDecimalText } from '../../../shared/money.ts';
import { TABLE_FIELDS, TABLE_KEYS, type FieldKind, type TableName, type TableRows } from '../../../shared/packed-rows/tables.ts';
import { MARGIN_STATUSES } from '../../../shared/domain/status.ts';

/** Canonical amounts: small ones, some that only differ far behind the point, and some that no double holds. */
export const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.constantFrom(1n, 10n ** 14n, 10n ** 24n), fc.nat(20))
  .map(([digits, shrink, places]) => {
    const whole = digits / shrink;
    const text = String(whole < 0n ? -whole : whole).padStart(places + 1, '0');
    const [head, tail] = [text.slice(0, text.length - places), text.slice(text.length - places).replace(/0+$/, '')];
    const size = tail === '' ? head : `${head}.${tail}`;
    return whole < 0n && size !== '0' ? `-${size}` : size;
  })
  .filter(isDecimalText);

const ofKind: Record<FieldKind, fc.Arbitrary<unknown>> = {
  amount: fc.option(fc.oneof(amount, fc.constantFrom('0', '1', '1.5', '-1.5', '0.1', '0.10000000000000000001')), { freq: 5 }),
  count: fc.option(fc.integer({ min: -1_000, max: 1_000_000 })),
  flag: fc.boolean(),
  text: fc.option(fc.oneof(fc.constantFrom('a', 'b', 'B', '', 'ä€𝄞'), fc.string({ unit: 'grapheme', maxLength: 6 }))),
  names: fc.subarray(['equity', 'excess', 'initial']),
};

/** A row of the table under this key, with anything its fields may hold. The rank of a queue row is left out: it does not travel. */
export function drawnRow<Table extends TableName>(table: Table, key: fc.Arbitrary<string>): fc.Arbitrary<TableRows[Table]> {
  // Accounts always have their counts; a line without a call has no age.
  const drawn = table === 'accounts' ? { ...ofKind, count: fc.nat(1_000_000) } : ofKind;
  const fields = Object.fromEntries(TABLE_FIELDS[table].map(({ name, kind }) => [name, name === TABLE_KEYS[table] ? key : name === 'status' ? fc.constantFrom(...MARGIN_STATUSES) : drawn[kind]]));
  return fc.record(fields) as unknown as fc.Arbitrary<TableRows[Table]>;
}
