import { expect, test } from 'vitest';
import { readSourceFile } from '../../main/import/read-file.ts';
import { faultLine } from '../../shared/result.ts';
import { codeOf, DESK_PROFILE, fixtureBytes, readText } from './read-fixture.ts';

const text = (name: string): string => new TextDecoder().decode(fixtureBytes(name));
const flex = text('flex-two-accounts.xml');

test.each([
  ['a 0-byte file', '', 'empty-file'],
  ['white space', ' \n\n ', 'empty-file'],
  ['a PDF renamed to .csv', '%PDF-1.7\n1 0 obj', 'not-text'],
  ['a web page', '<!DOCTYPE html><html><body>Log in</body></html>', 'unknown-format'],
  ['JSON', '{"positions": []}', 'unknown-format'],
  ['prose', 'Dear desk,\nplease find attached.\n', 'unknown-format'],
  ["IBKR's answer to a request", '<FlexStatementResponse><Status>Warn</Status><ErrorCode>1019</ErrorCode><ErrorMessage>Statement generation in progress.</ErrorMessage></FlexStatementResponse>', 'flex-error'],
  ['other XML', '<?xml version="1.0"?><orders><order/></orders>', 'unknown-format'],
  ['a Flex file without a statement', '<FlexQueryResponse queryName="x"></FlexQueryResponse>', 'no-statement'],
  ['XML with a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]><FlexQueryResponse>&a;</FlexQueryResponse>', 'xml-doctype'],
  ['an undeclared entity', '<FlexQueryResponse>&secret;</FlexQueryResponse>', 'broken-xml'],
])('%s: one clear line', (_, content, code) => {
  const read = readText('in.csv', content);
  expect(codeOf(read)).toBe(code);
  const line = read.ok ? '' : faultLine(read.fault);
  expect(line).toMatch(/^in\.csv(?::\d+)?: .+/);
  expect(line).not.toContain('\n');
});

test.each([0.2, 0.5, 0.9, 0.999])('a Flex file cut off at %d of its length is refused whole, with the line where it ends', (share) => {
  const cut = flex.slice(0, Math.floor(flex.length * share));
  const read = readText('flex.xml', cut);
  expect(codeOf(read)).toBe('broken-xml');
  expect(read.ok ? '' : read.fault.at).toBe(`flex.xml:${cut.split('\n').length}`);
});

test('external entities are never fetched: the declaration itself is refused', () => {
  const evil = `<?xml version="1.0"?>\n<!DOCTYPE FlexQueryResponse [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n${flex.split('\n').slice(1).join('\n')}`;
  expect(codeOf(readText('flex.xml', evil))).toBe('xml-doctype');
  expect(codeOf(readText('flex.xml', evil, { format: 'ibkr-flex-xml' }))).toBe('xml-doctype');
});

test.each([
  ['schwab-individual.csv', '"Qty (Quantity)"', '"Bestand"', 'missing-column'],
  ['fidelity-positions.csv', 'Quantity,Last price,', 'Menge,Kurs,', 'missing-column'],
  ['activity-statement.csv', 'Symbol,Quantity,Mult', 'Symbol,Menge,Mult', 'missing-column'],
  ['desk-semicolon.csv', 'Net Position', 'Bestand', 'unknown-format'],
])('%s with a wrong column is refused and says which one it misses', (name, column, wrong, code) => {
  const read = readText(name, text(name).replace(column, wrong), { profiles: [DESK_PROFILE] });
  expect(codeOf(read)).toBe(code);
});

test.each([
  ['schwab-individual.csv', '"1,200","214.30"', '"many","214.30"'],
  ['schwab-individual.csv', '"1,200","214.30"', '"1,200","dear"'],
  ['fidelity-positions.csv', ',600,$214.30', ',six hundred,$214.30'],
  ['activity-statement.csv', 'NVRA,600,1', 'NVRA,sixhundred,1'],
  ['desk-semicolon.csv', ';1.200;L', ';viele;L'],
])('%s with text in a number column loses that row alone, with line, column and reason', (name, number, words) => {
  const before = readText(name, text(name), { profiles: [DESK_PROFILE] });
  const after = readText(name, text(name).replace(number, words), { profiles: [DESK_PROFILE] });
  if (!before.ok || !after.ok) throw new Error('both must be read');
  const added = after.value.rejected.filter(({ line }) => !before.value.rejected.some((note) => note.line === line));
  expect(added).toHaveLength(1);
  expect(added[0]).toMatchObject({ file: name, code: 'not-a-number' });
  expect(added[0]?.column).toBeTruthy();
  expect(after.value.facts.exclusion.length).toBe(before.value.facts.exclusion.length + 1);
});

test('cancelling throws through the reader, for XML and for CSV', () => {
  const cancel = (): never => {
    throw new Error('cancelled');
  };
  expect(() => readSourceFile({ name: 'flex.xml', bytes: fixtureBytes('flex-two-accounts.xml') }, { profiles: [], tick: cancel })).toThrow('cancelled');
  const long = `Account,Symbol,Qty\n${'A,X,1\n'.repeat(9_000)}`;
  const profile = { name: 'p', columns: { account: 'Account', symbol: 'Symbol', quantity: 'Qty' }, constants: { currency: 'USD', asOf: '2026-11-19' }, complete: false };
  expect(() => readText('a.csv', long, { profile, tick: cancel })).toThrow('cancelled');
});

test('progress is told in parts of the whole and ends at it', () => {
  const seen: [number, number][] = [];
  readSourceFile({ name: 'flex.xml', bytes: fixtureBytes('flex-two-accounts.xml') }, { profiles: [], tick: (done, total) => seen.push([done, total]) });
  const [done, total] = seen.at(-1) ?? [0, -1];
  expect(done).toBe(total);
});
