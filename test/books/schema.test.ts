import { expect, test } from 'vitest';
import { CALL_STATES, CALL_TYPES, satisfiedBy } from '../../shared/domain/call.ts';
import { ACTIVITY_KINDS, CASH_KINDS, MARK_KINDS, REGIMES, SUB_TYPES } from '../../shared/domain/facts.ts';
import { instrument } from '../../shared/domain/instrument.ts';
import { isDecimalText } from '../../shared/money.ts';
import { decimal } from '../../main/books/migrations/checks.ts';
import { MIGRATIONS, migrate } from '../../main/books/migrations/migrate.ts';
import { connectInMemory, type Database } from '../../main/books/sql/connect.ts';
import type { Table } from '../../main/books/tables/bind.ts';
import * as records from '../../main/books/tables/record-tables.ts';
import * as versioned from '../../main/books/tables/versioned-tables.ts';

function schema(): Database {
  const db = connectInMemory();
  migrate(db, MIGRATIONS, () => undefined);
  return db;
}

function textOf(db: Database, table: string): string {
  return db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table) as string;
}

/** The values that the CHECK of a column allows, read out of the schema. */
function allowed(db: Database, table: string, column: string): string[] {
  const check = new RegExp(`CHECK \\(((?:${column} = '[^']*'(?: OR )?)+)\\)`).exec(textOf(db, table));
  return [...(check?.[1] ?? '').matchAll(/'([^']*)'/g)].map(([, value]) => value ?? '');
}

test('the schema allows exactly the words that the domain knows', () => {
  const db = schema();
  const kinds = instrument.options.flatMap(({ shape: { kind } }) => ('options' in kind ? kind.options : [...kind.values]));
  expect(allowed(db, 'account_fact', 'regime')).toEqual([...REGIMES]);
  expect(allowed(db, 'position', 'sub_type')).toEqual([...SUB_TYPES]);
  expect(allowed(db, 'cash', 'kind')).toEqual([...CASH_KINDS]);
  expect(allowed(db, 'mark', 'kind')).toEqual([...MARK_KINDS]);
  expect(allowed(db, 'activity', 'kind')).toEqual([...ACTIVITY_KINDS]);
  expect(allowed(db, 'instrument_fact', 'kind')).toEqual(kinds);
  expect(allowed(db, 'import_scope', 'covers')).toEqual([...kinds, 'cash']);
  expect(allowed(db, 'call', 'type')).toEqual([...CALL_TYPES]);
  // Expected calls are shown between runs and never stored.
  expect(allowed(db, 'call', 'state')).toEqual(CALL_STATES.filter((state) => state !== 'expected'));
  expect(allowed(db, 'call_event', 'to_state')).toEqual([...CALL_STATES]);
  expect(allowed(db, 'call_event', 'satisfied_by')).toEqual(satisfiedBy.options);
});

test('the tables that statements are made from have the columns of the schema, and the same amounts', () => {
  const db = schema();
  const tables: Table[] = [...Object.values(versioned), ...Object.values(records)];
  for (const table of tables) {
    const columns = db.prepare(`SELECT name, type, "notnull" AS filled FROM pragma_table_info('${table.name}')`).all() as { name: string; type: string; filled: number }[];
    const stored = columns.filter(({ name }) => name in table.columns);
    // An integer primary key of a rowid table cannot be null, but is not declared so.
    const declared = stored.map(({ name, type, filled }) => `${name} ${type} ${filled === 1 || table.columns[name] === 'integer' ? 'filled' : 'may be null'}`);
    const written = Object.entries(table.columns).map(([name, type]) => {
      const sqlType = type.startsWith('integer') ? 'INTEGER' : type === 'bytes' ? 'BLOB' : 'TEXT';
      return `${name} ${sqlType} ${type.endsWith('?') ? 'may be null' : 'filled'}`;
    });
    expect(table.name === 'source_file' ? written : declared).toEqual(written);
    expect(columns.filter(({ name }) => !(name in table.columns))).toEqual([]);

    const amounts = Object.entries(table.columns).filter(([, type]) => type.startsWith('money'));
    const checked = Object.keys(table.columns).filter((column) => textOf(db, table.name).includes(decimal(column)));
    expect(checked).toEqual(amounts.map(([column]) => column));
  }
});

const SPELLINGS = [
  '0', '1', '-1', '12.5', '-12.5', '0.5', '-0.5', '100', '1000000', '0.001', '-0.001', '9'.repeat(50), '1'.repeat(51), `0.${'1'.repeat(48)}`, `0.${'1'.repeat(49)}`,
  '', '-', '.', '-.', '+1', '-0', '00', '01', '-01', '00.5', '-00.5', '1.', '-1.', '.5', '-.5', '1.0', '1.50', '-1.50', '0.0', '-0.0', '1.2.3', '--1', '1-', '1-2', '1e3', '1E3',
  '0x10', 'Infinity', 'NaN', ' 1', '1 ', '1,000', '１', '1\n', '-0.50', '10.05', '-10.05', '0.10', '5.-5', '-5-', '-5.-5',
];

test('SQLite takes exactly the spellings of an amount that the program takes', () => {
  const db = connectInMemory();
  db.exec(`CREATE TABLE amounts (amount TEXT ${decimal('amount')}) STRICT`);
  const insert = db.prepare('INSERT INTO amounts VALUES (?)');
  for (const text of SPELLINGS) {
    const taken = (() => {
      try {
        insert.run(text);
        return true;
      } catch {
        return false;
      }
    })();
    expect({ text, taken }).toEqual({ text, taken: isDecimalText(text) });
  }
});

test('the deliverables of an adjusted option are rows, and its terms are columns', () => {
  const db = schema();
  const terms = {
    kind: 'option', currency: 'USD', multiplier: '100', underlying: 'ACME', right: 'call', strike: '52.5', expiry: '2027-01-15', style: 'american', settles: 'pm',
    delivery: 'physical', expiresAt: '2027-01-15T21:00:00Z', timeZone: 'America/New_York', deliverable: [{ instrument: 'ACME', quantity: '110' }, { instrument: 'SPIN', quantity: '12' }], deliverableCash: '7.25',
  };
  db.exec("INSERT INTO instrument VALUES (1, 'ACME1 2027-01-15 C 52.5')");
  db.prepare("INSERT INTO instrument_fact (ended, instrument_id, terms, identifiers, valid_from, sequence_from) VALUES (0, 1, ?, '{}', '0001-01-01', 2)").run(JSON.stringify(terms));
  const fact = db.prepare('SELECT strike, premium_multiplier, settlement, exercise_style, time_zone, expires_at, deliverable_cash FROM instrument_fact').raw().get();
  expect(fact).toEqual(['52.5', '100', 'pm', 'american', 'America/New_York', '2027-01-15T21:00:00Z', '7.25']);
  expect(db.prepare('SELECT delivered, quantity FROM option_deliverable ORDER BY item').raw().all()).toEqual([['ACME', '110'], ['SPIN', '12']]);
  const bad = db.prepare("UPDATE instrument_fact SET terms = json_set(terms, '$.strike', 52.5)");
  expect(() => bad.run()).toThrow('CHECK constraint failed');
});
