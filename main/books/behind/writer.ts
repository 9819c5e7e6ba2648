import { applySettings, connect, statement, withoutAnyChecks, type Database } from '../sql/connect.ts';
import { writesTo } from '../sql/writes.ts';
import { doBatch, type Batch } from './batches.ts';

/** A connection of its own to a book, and a transaction on it. */
export interface Writer {
  take: (batch: Batch) => void;
  /** Ends the transaction; what is committed is told at once, before it is moved out of the write-ahead log. */
  end: (how: 'COMMIT' | 'ROLLBACK', committed: () => void) => void;
}

/** Begins to write to a book that this process holds for writing. */
export function openWriter(path: string): Writer {
  const db = connect(path);
  try {
    return writerOn(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function writerOn(db: Database): Writer {
  applySettings(db);
  withoutAnyChecks(db);
  // A commit would do this itself, after it has given up the lock by which the thread is known to live.
  db.pragma('wal_autocheckpoint = 0');
  statement(db, 'BEGIN IMMEDIATE').run();
  const writes = writesTo(db);
  return {
    take: (batch) => doBatch(writes, batch),
    end(how, committed) {
      try {
        if (!db.inTransaction) return;
        statement(db, how).run();
        if (how === 'ROLLBACK') return;
        committed();
        db.pragma('wal_checkpoint(PASSIVE)');
      } finally {
        db.close();
      }
    },
  };
}
