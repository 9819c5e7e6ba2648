import { basename } from 'node:path';
import type { IsoInstant } from '../../shared/time.ts';
import type { Digest } from './digests/digest.ts';
import type { Database } from './sql/connect.ts';

/** Where the journal stood when this program last looked or wrote: the chain's head. */
export interface Head {
  sequence: number;
  hash: Digest;
}

/**
 * An open book. Opaque outside this room: whoever holds one passes it to the functions here and reads only `path`,
 * `name`, `readOnly` and `heldBy`.
 */
export interface Book {
  path: string;
  /** The file's name without its ending: what a person calls the book. */
  name: string;
  readOnly: boolean;
  /** Who holds the book for writing, when we may only read it and somebody does. */
  heldBy: string | null;
  db: Database;
  /** The held lock file; null when we only read. */
  lock: Database | null;
  now: () => IsoInstant;
  /** The last entry we committed, and the last one the head file is known to name. Only a writer keeps these. */
  head: Head;
  headOnDisk: number;
  rowsEnded: number;
  /** Entry at which each partition was last found intact, for its rows and for its history. */
  intactRows: Map<string, number>;
  intactHistory: Map<string, number>;
  /** Whether SQLite's own check has found the structure sound since the book was opened. */
  isStructureChecked: boolean;
  /** Entries whose list of partition digests was found intact. */
  intactEntries: Set<number>;
}

/** The book is not what its journal says it is. Carries the sentence for the person. */
export class BookDamaged extends Error {}

export function bookName(path: string): string {
  return basename(path).replace(/\.plimsoll$/, '');
}
