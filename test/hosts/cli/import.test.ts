import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlanSummary } from '../../../shared/domain/import-plan.ts';
import { flexFile } from '../../desk/desk-fixture.ts';
import { ACCOUNTS, filesFor, importedBook, plimsoll, type Ran } from './book-fixture.ts';

interface ImportJson {
  files: { plan: PlanSummary; applied: { sequence: number; changes: number } | null }[];
}
const jsonOf = ({ out }: Ran): ImportJson => JSON.parse(out) as ImportJson;

test('a file is planned, shown and applied, and makes the book', async () => {
  const { book, file } = filesFor();
  const { status, out, errors } = await plimsoll('import', book, file);
  expect([status, errors]).toEqual([0, []]);
  expect(out).toContain('daily.xml · ibkr-flex-xml · as of 2026-11-20');
  expect(out).toContain('2 accounts, 2 positions');
  expect(out).toMatch(/Applied: \d+ changes, journal \d+\./);
  expect(existsSync(book)).toBe(true);
});

test('the same file again changes nothing and says when it was applied', async () => {
  const { book, file } = await importedBook();
  const before = jsonOf(await plimsoll('import', book, file, '--json'));
  expect(before.files[0]).toMatchObject({ applied: null, plan: { counts: { new: 0, changed: 0, closed: 0 } } });
  const { status, out } = await plimsoll('import', book, file);
  expect(status).toBe(0);
  expect(out).toMatch(/Nothing to change\. This very file was applied before, at .+ \(journal \d+\)\./);
});

test('a dry run shows the same plan and writes nothing, not even a book', async () => {
  const { book, file, folder } = filesFor();
  const { status, out } = await plimsoll('import', book, file, '--dry-run');
  expect(status).toBe(0);
  expect(out).toContain('2 accounts, 2 positions');
  expect(out).toContain('Not applied.');
  expect(readdirSync(folder)).toEqual(['daily.xml']);
});

test('a dry run on a book compares with what the book holds', async () => {
  const { book, folder } = await importedBook();
  const [first, second] = ACCOUNTS;
  const changed = join(folder, 'changed.xml');
  writeFileSync(changed, flexFile('2026-11-20', [first!, { ...second!, positions: [{ symbol: 'XYZ', quantity: '900', price: '95' }] }]));
  const { files } = jsonOf(await plimsoll('import', book, changed, '--dry-run', '--json'));
  expect(files[0]?.plan.counts).toMatchObject({ new: 0, closed: 0 });
  expect(files[0]?.plan.counts.changed).toBeGreaterThan(0);
  const { out } = await plimsoll('positions', book, 'U200', '--json');
  expect(JSON.parse(out)).toMatchObject({ positions: [{ quantity: '1000' }] });
});

test('of several files a bad one stops all of them before anything is written', async () => {
  const { book, file, folder } = filesFor();
  const bad = join(folder, 'bad.csv');
  writeFileSync(bad, '%PDF-1.7 this is no table');
  const { status, errors } = await plimsoll('import', book, file, bad);
  expect(status).toBe(2);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('bad.csv');
  expect(existsSync(book)).toBe(false);
});

test('the same on a book that is there: it stays as it was', async () => {
  const { book, folder } = await importedBook();
  const [good, bad] = [join(folder, 'good.xml'), join(folder, 'bad.csv')];
  writeFileSync(good, flexFile('2026-11-20', [{ account: 'U300', cash: '1', positions: [] }]));
  writeFileSync(bad, 'no table at all');
  expect((await plimsoll('import', book, good, bad)).status).toBe(2);
  const { rows } = JSON.parse((await plimsoll('accounts', book, '--json')).out) as { rows: { account: string }[] };
  expect(rows.map(({ account }) => account).sort()).toEqual(['U100', 'U200']);
});

test('what cannot be read is one clear line, exit status 2, and leaves no book behind', async () => {
  const { book, folder } = filesFor();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('empty.csv'), '');
  writeFileSync(at('truncated.xml'), '<?xml version="1.0"?><FlexQueryResponse><FlexStatements count="1"><FlexStatement accountId="U1"');
  writeFileSync(at('secret.csv'), 'Symbol\n');
  chmodSync(at('secret.csv'), 0);
  const bad = [at('nowhere.xml'), folder, at('empty.csv'), at('truncated.xml'), ...(process.getuid?.() === 0 ? [] : [at('secret.csv')])];
  for (const file of bad) {
    const { status, out, errors } = await plimsoll('import', book, file);
    expect([file, status, out, errors.length]).toEqual([file, 2, '', 1]);
    expect(errors[0]).toMatch(/^plimsoll: /);
    expect(errors[0]).not.toMatch(/\n/);
  }
  expect(existsSync(book)).toBe(false);
});

test('a format or a mapping that does not exist is bad usage', async () => {
  const { book, file, folder } = filesFor();
  const mapping = join(folder, 'mapping.json');
  writeFileSync(mapping, '{"name":"ours","columns":{"symbol":"Sym"},"complete":true}');
  const attempts: [string[], string][] = [
    [['--as', 'xlsx'], 'Formats are ibkr-flex-xml'],
    [['--map', 'nobody'], 'nobody'],
    [['--map', join(folder, 'missing.json')], 'There is no such file.'],
    [['--map', mapping], 'This is not a mapping profile'],
  ];
  for (const [options, line] of attempts) {
    const { status, errors } = await plimsoll('import', book, file, ...options);
    expect([options, status, errors.length]).toEqual([options, 2, 1]);
    expect(errors[0]).toContain(line);
  }
  expect(existsSync(book)).toBe(false);
});

test('a mapping in a file reads a table of one’s own, and is kept under its name', async () => {
  const { book, folder } = filesFor();
  const table = join(folder, 'ours.csv');
  const mapping = join(folder, 'ours.json');
  writeFileSync(table, 'Acct,Sym,Qty,Px,Ccy,Type\nD1,XYZ,100,95.00,USD,equity\nD1,ABC,-50,20.50,USD,equity\n');
  writeFileSync(
    mapping,
    JSON.stringify({ name: 'ours', columns: { account: 'Acct', symbol: 'Sym', quantity: 'Qty', price: 'Px', currency: 'Ccy', kind: 'Type' }, constants: { asOf: '2026-11-20', regime: 'regT' }, complete: true }),
  );
  expect(jsonOf(await plimsoll('import', book, table, '--map', mapping, '--json')).files[0]).toMatchObject({ plan: { format: 'generic-csv', accounts: ['D1'], counts: { positions: 2, rejected: 0 } } });
  const again = jsonOf(await plimsoll('import', book, table, '--map', 'ours', '--json'));
  expect(again.files[0]?.plan.counts).toMatchObject({ new: 0, changed: 0, closed: 0 });
});
