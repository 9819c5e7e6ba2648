import { zstdDecompressSync } from 'node:zlib';
import { digestOfBytes, type Digest } from '../digests/digest.ts';
import type { Book } from '../book.ts';
import { statement } from '../sql/connect.ts';
import type { Writes } from '../sql/writes.ts';
import { sourceFileTable } from '../tables/record-tables.ts';
import { packFile } from './pack-file.ts';

export const SOURCE_FILE_SQL = {
  has: 'SELECT 1 FROM source_file WHERE sha256 = ?',
  content: 'SELECT compression, content FROM source_file WHERE sha256 = ?',
  hashes: 'SELECT sha256 FROM source_file ORDER BY sha256',
} as const;

/**
 * Keeps a file's bytes by their hash, once however often it comes. The hash in its key is all the digest they need: the
 * caller has just compared it, and bytes that unpack to something else are not given out. `given` answers what `packFile`
 * makes of them, where that is being done elsewhere.
 */
export function keepSourceFile(book: Book, writes: Writes, sha256: Digest, bytes: Uint8Array, given?: () => Uint8Array | undefined): void {
  if (statement(book.db, SOURCE_FILE_SQL.has).get(sha256)) return;
  const packed = given?.() ?? packFile(bytes);
  const isSmaller = packed.length < bytes.length;
  writes.rows(sourceFileTable, [[sha256, bytes.length, isSmaller ? 'zstd' : 'none', isSmaller ? packed : bytes]]);
}

/** The bytes of an imported file, as they came; null when the book has no such file, or no longer has it whole. */
export function sourceFileBytes(book: Book, sha256: Digest): Uint8Array | null {
  const row = statement(book.db, SOURCE_FILE_SQL.content).get(sha256) as ['none' | 'zstd', Uint8Array] | undefined;
  if (!row) return null;
  const bytes = unpack(...row);
  return bytes && digestOfBytes(bytes) === sha256 ? bytes : null;
}

function unpack(compression: 'none' | 'zstd', content: Uint8Array): Uint8Array | null {
  if (compression === 'none') return content;
  try {
    return zstdDecompressSync(content);
  } catch {
    return null; // damaged: the hash would not have fitted either
  }
}
