import type { IsoInstant } from '../../../shared/time.ts';

/** How a book is to be opened. */
export interface OpenOptions {
  /** Who opens it: named to whoever finds the book held. */
  user: string;
  /** What opens it: `Plimsoll cli 0.1.0`. */
  program: string;
  now: () => IsoInstant;
  /** Answer questions without holding the book; nothing can be changed. */
  readOnly?: boolean;
  /** Make the book when there is none at the path. */
  create?: boolean;
  /** Take a book that has lost its head file (copied without it, say) as it is, after verifying all of it. */
  withoutHead?: boolean;
  /**
   * Leave SQLite's check of the structure, which reads the whole file, to `ensureStructure` after the first screen. What
   * is read until then is compared with its digests all the same, and nothing is written before the check.
   */
  checkLater?: boolean;
}
