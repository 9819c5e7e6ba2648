import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeBook, openBook } from '../../main/books/open.ts';
import type { SnapshotOf } from '../../main/books/snapshot/format.ts';
import { fromJsonSection, jsonSection, readSnapshot, snapshotPath, writeSnapshot } from '../../main/books/snapshot/snapshot-file.ts';
import { saveProfile } from '../../main/books/writing/save-profile.ts';
import { MARY, must, newBook, OPEN, tempFolder } from './temp-book.ts';

const HERE: SnapshotOf = { sequence: 7, head: 'ab'.repeat(32), engineVersion: 'engine 3' };
const SECTIONS = {
  summaries: jsonSection([{ account: 'Ärger & Co', excess: '-12.50' }]),
  units: Float64Array.of(0.1, -1e15, Number.NaN),
  numbers: Int32Array.of(1, -2, 3),
  small: Int8Array.of(-1),
  words: Uint16Array.of(1, 65_535, 3),
  nothing: new Uint8Array(),
  inside: new Uint8Array(new Uint8Array([9, 8, 7, 6, 5]).buffer, 1, 3),
  shared: new Float32Array(new SharedArrayBuffer(12)).fill(1.5),
};

function written(): { book: string; file: string } {
  const book = join(tempFolder(), 'desk.plimsoll');
  expect(writeSnapshot(book, HERE, SECTIONS)).toBe(true);
  return { book, file: snapshotPath(book) };
}

test('a snapshot gives back every section, of its kind and to the last byte, and leaves no other file', () => {
  const { book, file } = written();
  const { sections, why } = readSnapshot(book, HERE);
  expect(why).toBe(null);
  expect(sections).toEqual({ ...SECTIONS, inside: Uint8Array.of(8, 7, 6), shared: Float32Array.of(1.5, 1.5, 1.5) });
  expect(fromJsonSection(sections?.['summaries'] as Uint8Array)).toEqual([{ account: 'Ärger & Co', excess: '-12.50' }]);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('sections lie in one piece of memory, which goes to another thread without being copied', () => {
  const { sections } = readSnapshot(written().book, HERE);
  const buffer = sections?.['units']?.buffer as ArrayBuffer;
  const there = structuredClone(sections, { transfer: [buffer] });
  expect(there?.['units']).toEqual(SECTIONS.units);
  expect([buffer.byteLength, sections?.['numbers']?.length]).toEqual([0, 0]);
});

test('a snapshot of nothing is a snapshot', () => {
  const book = join(tempFolder(), 'desk.plimsoll');
  expect(writeSnapshot(book, HERE, {})).toBe(true);
  expect(readSnapshot(book, HERE)).toEqual({ sections: {}, engineVersion: HERE.engineVersion, why: null });
});

test('a snapshot cut anywhere, or with bytes behind its end, is not used', () => {
  const { book, file } = written();
  const bytes = readFileSync(file);
  const reasons = new Set<unknown>();
  for (let length = 0; length < bytes.length; length += 1) {
    writeFileSync(file, bytes.subarray(0, length));
    reasons.add(readSnapshot(book, HERE).why);
  }
  writeFileSync(file, Buffer.concat([bytes, Buffer.of(0)]));
  reasons.add(readSnapshot(book, HERE).why);
  expect(reasons).toEqual(new Set(['damaged']));
});

test('a snapshot with any one bit flipped is not used', () => {
  const { book, file } = written();
  const bytes = readFileSync(file);
  const used: string[] = [];
  for (let place = 0; place < bytes.length * 8; place += 1) {
    const flipped = Buffer.from(bytes);
    flipped[place >> 3] = (flipped[place >> 3] as number) ^ (1 << (place & 7));
    writeFileSync(file, flipped);
    if (readSnapshot(book, HERE).sections !== null) used.push(`byte ${place >> 3}, bit ${place & 7}`);
  }
  expect(used).toEqual([]);
});

test.each([
  { of: 'an older entry', wanted: { ...HERE, sequence: 8 }, why: 'other state of the book' },
  { of: 'another book at the same entry', wanted: { ...HERE, head: 'cd'.repeat(32) }, why: 'other state of the book' },
  { of: 'another engine', wanted: { ...HERE, engineVersion: 'engine 4' }, why: 'other engine' },
])('a snapshot of $of is not used, and the next one takes its place', ({ wanted, why }) => {
  const { book } = written();
  expect(readSnapshot(book, wanted)).toEqual({ sections: null, why });
  expect(writeSnapshot(book, wanted, { only: Int32Array.of(1) })).toBe(true);
  expect(readSnapshot(book, wanted).sections).toEqual({ only: Int32Array.of(1) });
});

test('a snapshot in a later format is not used', () => {
  const { book, file } = written();
  const bytes = readFileSync(file);
  bytes.writeUInt32LE(2, 8);
  writeFileSync(file, bytes);
  expect(readSnapshot(book, HERE).why).toBe('other format');
});

test('no snapshot, a folder in its place, or a folder that cannot be written to: nothing throws', () => {
  const folder = tempFolder();
  const book = join(folder, 'desk.plimsoll');
  expect(readSnapshot(book, HERE)).toEqual({ sections: null, why: 'missing' });
  mkdirSync(snapshotPath(book));
  expect(readSnapshot(book, HERE).sections).toBe(null);
  expect(writeSnapshot(book, HERE, SECTIONS)).toBe(false);
  expect(existsSync(`${snapshotPath(book)}.new`)).toBe(false);
  expect(writeSnapshot(join(folder, 'nowhere', 'desk.plimsoll'), HERE, SECTIONS)).toBe(false);
});

test('what a kill left half written is neither read nor in the way', () => {
  const { book, file } = written();
  writeFileSync(`${file}.new`, 'half');
  expect(readSnapshot(book, HERE).why).toBe(null);
  expect(writeSnapshot(book, HERE, SECTIONS)).toBe(true);
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('a new book starts without the snapshot of an earlier one of its name', () => {
  const { book, file } = written();
  closeBook(must(openBook(book, { ...OPEN, create: true })));
  expect(existsSync(file)).toBe(false);
});

test('a book’s snapshot is no longer used once the book has moved on', () => {
  const { book, path } = newBook();
  const standing = (): SnapshotOf => ({ sequence: book.head.sequence, head: book.head.hash, engineVersion: 'engine 3' });
  writeSnapshot(path, standing(), SECTIONS);
  expect(readSnapshot(path, standing()).why).toBe(null);
  must(saveProfile(book, { name: 'Desk', columns: { symbol: 'Sym', quantity: 'Qty' }, complete: true }, MARY));
  expect(readSnapshot(path, standing()).why).toBe('other state of the book');
});
