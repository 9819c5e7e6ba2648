/**
 * Columns in memory that threads have in common: a lane is handed to one that helps with pairing, and copies of a million
 * positions and their instruments would hold up everything else for tens of milliseconds.
 */
export function sharedWords(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}

export function sharedDoubles(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}

export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** The first so many entries of a column. */
export function sharedCopy(column: Int32Array, length: number): Int32Array {
  const copy = sharedWords(length);
  copy.set(column.subarray(0, length));
  return copy;
}
