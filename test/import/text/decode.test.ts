import { expect, test } from 'vitest';
import { decodeText } from '../../../main/import/text/decode.ts';
import { FILE_BYTES_MAX } from '../../../shared/file-bytes.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (bytes: Uint8Array): string => {
  const decoded = decodeText('a.csv', bytes);
  return decoded.ok ? 'read' : decoded.fault.code;
};

test('UTF-8 is read with and without a byte-order mark, without a note', () => {
  expect(decodeText('a.csv', utf8('\ufeffSymbol,Größe'))).toEqual({ ok: true, value: { text: 'Symbol,Größe', notes: [] } });
  expect(decodeText('a.csv', utf8('Symbol'))).toEqual({ ok: true, value: { text: 'Symbol', notes: [] } });
});

test('Windows-1252 is converted with a note', () => {
  expect(decodeText('a.csv', Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x20, 0x80))).toEqual({
    ok: true,
    value: { text: 'Müller €', notes: ['Windows-1252 text, converted to UTF-8'] },
  });
});

test('UTF-16 with a byte-order mark is converted with a note', () => {
  const little = Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0x2c, 0x00);
  const big = Uint8Array.of(0xfe, 0xff, 0x00, 0x41, 0x00, 0x2c);
  for (const bytes of [little, big]) expect(decodeText('a.csv', bytes)).toEqual({ ok: true, value: { text: 'A,', notes: ['UTF-16 text, converted to UTF-8'] } });
});

test('a NUL byte is refused with the line it stands in', () => {
  const decoded = decodeText('a.csv', utf8('a\nb\nc\0'));
  expect(decoded).toMatchObject({ ok: false, fault: { code: 'nul-byte', at: 'a.csv:3' } });
});

test('half of a surrogate pair is refused, in UTF-8 and in UTF-16', () => {
  expect(codeOf(Uint8Array.of(0x61, 0xed, 0xa0, 0x80))).toBe('lone-surrogate');
  expect(codeOf(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00))).toBe('lone-surrogate');
});

test.each([
  ['a PDF', utf8('%PDF-1.7 …')],
  ['a zip or workbook', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14)],
  ['a gzip archive', Uint8Array.of(0x1f, 0x8b, 0x08)],
  ['a database', utf8('SQLite format 3')],
  ['bytes that are no text', Uint8Array.of(0x61, 0xff, 0x02)],
])('%s is told from a table, whatever its name', (_, bytes) => {
  expect(codeOf(bytes)).toBe('not-text');
});

test('an empty file says so', () => {
  expect(codeOf(new Uint8Array())).toBe('empty-file');
});

test('a file above the limit is refused before it is read', () => {
  // Only the length is looked at; the pages of this buffer are never touched.
  expect(codeOf(new Uint8Array(FILE_BYTES_MAX + 1))).toBe('file-too-large');
});
