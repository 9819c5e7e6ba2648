/** Largest file any door takes. */
export const FILE_BYTES_MAX = 200 * 1024 * 1024;

/** From this size on a file is worth the work of two threads, which then look at the same memory. */
export const LARGE_FILE_BYTES = 4 * 1024 * 1024;

/**
 * A file's bytes for handing them from thread to thread: a copy that is nobody else's. A large file's lies in memory that
 * all threads share, so that it is copied only here; one that does already is given back as it is.
 */
export function fileBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length < LARGE_FILE_BYTES) return new Uint8Array(bytes);
  if (bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
