import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Head } from '../book.ts';
import { isSystemError } from './system-error.ts';

/**
 * The head of the journal's chain, kept outside the database: a WAL that was cut or damaged leaves an older but
 * consistent book, which only this file can show to be older. Written after each commit, so it may be one entry
 * behind after a kill, and never ahead.
 */

export function headPath(book: string): string {
  return `${book}.head`;
}

const LINE = /^plimsoll-head (\d{1,15}) ([0-9a-f]{64})\n$/;

/** The head that was last written; null when there is no such file, 'unreadable' when it is not one of ours. */
export function readHead(book: string): Head | null | 'unreadable' {
  let text: string;
  try {
    text = readFileSync(headPath(book), 'utf8');
  } catch (error) {
    return isSystemError(error, 'ENOENT') ? null : 'unreadable';
  }
  const [, sequence, hash] = LINE.exec(text) ?? [];
  return sequence && hash ? { sequence: Number(sequence), hash } : 'unreadable';
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w');
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a rename durable: by its folder, or on Windows, where folders cannot be flushed, by the file itself. */
export function flushRename(path: string): void {
  const file = process.platform === 'win32' ? openSync(path, 'r+') : openSync(dirname(path), 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Writes a whole new file beside the old one and puts it in its place, so that a reader sees one or the other. */
export function writeHead(book: string, { sequence, hash }: Head): void {
  const path = headPath(book);
  writeDurably(`${path}.new`, `plimsoll-head ${sequence} ${hash}\n`);
  renameSync(`${path}.new`, path);
  flushRename(path);
}
