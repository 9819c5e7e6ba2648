import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readSections, snapshotPieces, type Section, type SnapshotOf, type Unusable, type Wanted } from './format.ts';

/** What the snapshot beside a book holds, by name; or null, and why. */
export type ReadSnapshot = { sections: Record<string, Section>; engineVersion: string; why: null } | { sections: null; why: Unusable };

const BYTES_MAX = 1 << 30;

export function snapshotPath(bookPath: string): string {
  return `${bookPath}.snapshot`;
}

/**
 * Writes the file beside a book that lets the next start show its figures before it has computed them. Only who holds the
 * book may call this. The file is there whole or not at all; it is not flushed, since a power cut that tears it is noticed
 * by its checksum, and all it costs is one slower start. Answers whether it was written: a full disk is no reason to fail.
 */
export function writeSnapshot(bookPath: string, of: SnapshotOf, sections: Readonly<Record<string, Section>>): boolean {
  const path = snapshotPath(bookPath);
  const unfinished = `${path}.new`;
  try {
    writePieces(unfinished, snapshotPieces(of, sections));
    renameSync(unfinished, path);
    return true;
  } catch {
    removeQuietly(unfinished);
    return false;
  }
}

function writePieces(path: string, pieces: readonly Uint8Array[]): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
  } finally {
    closeSync(file);
  }
}

/** Takes the snapshot beside a book away, if there is one and it can be. */
export function removeSnapshot(bookPath: string): void {
  removeQuietly(snapshotPath(bookPath));
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What cannot be removed is overwritten by the next snapshot.
  }
}

/**
 * The sections of the snapshot beside a book, if it was made of this very state of the book and by the engine wanted. Never
 * throws: a snapshot that is missing, cut, damaged or of anything else is not used, and the next one takes its place. The
 * sections are views of one piece of memory, which may be handed to another thread whole.
 */
export function readSnapshot(bookPath: string, wanted: Wanted): ReadSnapshot {
  const bytes = readWhole(snapshotPath(bookPath));
  if (typeof bytes === 'string') return { sections: null, why: bytes };
  try {
    const read = readSections(bytes, wanted);
    return typeof read === 'string' ? { sections: null, why: read } : { ...read, why: null };
  } catch {
    return { sections: null, why: 'damaged' };
  }
}

function readWhole(path: string): Uint8Array<ArrayBuffer> | 'missing' | 'damaged' {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return 'missing';
  }
  try {
    const { size } = fstatSync(file);
    if (size > BYTES_MAX) return 'damaged';
    const bytes = new Uint8Array(size);
    let length = 0;
    for (let read = -1; length < size && read !== 0; length += read) read = readSync(file, bytes, length, size - length, length);
    return length === size ? bytes : 'damaged';
  } catch {
    return 'damaged';
  } finally {
    closeSync(file);
  }
}

/** A value of plain data as a section, and back. */
export function jsonSection(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

export function fromJsonSection(section: Section): unknown {
  return JSON.parse(new TextDecoder().decode(section));
}
