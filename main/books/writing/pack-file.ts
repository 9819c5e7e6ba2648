import { zstdCompressSync } from 'node:zlib';

/** A file as a book keeps it, if that is smaller. It stands by itself, so that another thread can do it without a book. */
export function packFile(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes);
}
