import { applySettings, connect, statement, withoutAnyChecks, type Database } from '../sql/connect.ts';
import { writesTo } from '../sql/writes.ts';
import { doBatch, type Batch } from './batches.ts';

/** A connection of its own to a book, and a transaction on it. */
export interface Writer {
  take: (batch: Batch) => void;
  /** Ends the transaction, and the connection. */
  end: (how: 'COMMIT' | 'ROLLBACK') => void;
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
  statement(db, 'BEGIN IMMEDIATE').run();
  const writes = writesTo(db);
  return {
    take: (batch) => doBatch(writes, batch),
    end(how) {
      try {
        if (db.inTransaction) statement(db, how).run();
      } finally {
        db.close();
      }
    },
  };
}
