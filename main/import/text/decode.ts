import { FILE_BYTES_MAX } from '../../../shared/file-bytes.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

/** A file's text, and what a person should know about how it was read. */
export interface DecodedText {
  text: string;
  notes: string[];
}

// Files that people rename or pick by mistake, by their first bytes.
const NOT_TEXT: readonly { magic: readonly number[]; what: string; fix: string }[] = [
  { magic: [0x25, 0x50, 0x44, 0x46], what: 'a PDF', fix: "Export the positions as CSV or XML from the broker's site." },
  { magic: [0x50, 0x4b, 0x03, 0x04], what: 'an Excel workbook or a zip archive', fix: 'Save the sheet as CSV, or unpack the archive.' },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook', fix: 'Save the sheet as CSV.' },
  { magic: [0x1f, 0x8b], what: 'a gzip archive', fix: 'Unpack it first.' },
  { magic: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a SQLite database', fix: 'To open a book, open it instead of importing it.' },
];
// Bytes that Windows-1252 leaves without a meaning.
const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/**
 * A file's bytes as text. UTF-8 with or without a byte-order mark, UTF-16 with one, and Windows-1252 (both with a
 * note). Faults: empty, too large, not text at all, NUL bytes, lone surrogates.
 */
export function decodeText(name: string, bytes: Uint8Array): Result<DecodedText> {
  if (bytes.length === 0) return fail({ code: 'empty-file', message: 'The file is empty (0 bytes).', at: name, fix: 'Export it again.' });
  if (bytes.length > FILE_BYTES_MAX) {
    return fail({ code: 'file-too-large', message: `The file has ${bytes.length} bytes; at most ${FILE_BYTES_MAX} are read.`, at: name, fix: 'Export fewer accounts or a shorter period.' });
  }
  const other = NOT_TEXT.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte));
  if (other) return fail({ code: 'not-text', message: `This is ${other.what}, whatever its name says.`, at: name, fix: other.fix });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(name, bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(name, bytes, 'utf-16be');
  const nul = bytes.indexOf(0);
  if (nul >= 0) return fail(nulFault(name, lineOfByte(bytes, nul)));
  return decodeUtf8(name, bytes);
}

function decodeUtf8(name: string, bytes: Uint8Array): Result<DecodedText> {
  try {
    return succeed({ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] });
  } catch {
    return decodeWindows1252(name, bytes);
  }
}

function decodeWindows1252(name: string, bytes: Uint8Array): Result<DecodedText> {
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const isSurrogate = byte === 0xed && (bytes[index + 1] ?? 0) >= 0xa0 && (bytes[index + 1] ?? 0) <= 0xbf && ((bytes[index + 2] ?? 0) & 0xc0) === 0x80;
    if (isSurrogate) {
      return fail({ code: 'lone-surrogate', message: 'The text holds half of a surrogate pair, which is no character.', at: `${name}:${lineOfByte(bytes, index)}`, fix: 'Export the file again as UTF-8.' });
    }
    const isControl = byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d;
    if (isControl || UNDEFINED_IN_1252.has(byte)) {
      return fail({ code: 'not-text', message: `The file is not text: byte ${byte} stands at line ${lineOfByte(bytes, index)}.`, at: name, fix: 'Export it again as CSV or XML in UTF-8.' });
    }
  }
  return succeed({ text: new TextDecoder('windows-1252').decode(bytes), notes: ['Windows-1252 text, converted to UTF-8'] });
}

function decodeUtf16(name: string, bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Result<DecodedText> {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const nul = text.indexOf('\0');
    if (nul >= 0) return fail(nulFault(name, text.slice(0, nul).split('\n').length));
    return succeed({ text, notes: ['UTF-16 text, converted to UTF-8'] });
  } catch {
    return fail({ code: 'lone-surrogate', message: 'The UTF-16 text is broken: it holds half of a surrogate pair.', at: name, fix: 'Export the file again as UTF-8.' });
  }
}

function nulFault(name: string, line: number): { code: string; message: string; at: string; fix: string } {
  return { code: 'nul-byte', message: 'The text holds a NUL byte.', at: `${name}:${line}`, fix: 'Export the file again as UTF-8 text.' };
}

function lineOfByte(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let index = 0; index < at; index += 1) if (bytes[index] === 0x0a) line += 1;
  return line;
}
