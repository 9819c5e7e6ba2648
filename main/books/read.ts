/** The room's door for reading: what the desk asks a book. */
export { faultOf } from './faults.ts';
export { lastRun, readCallEvents, readCalls, readDailyRecords } from './reading/read-calls.ts';
export type { PointInTime } from './reading/known-at.ts';
export { readFacts } from './reading/read-facts.ts';
export { appliedBefore, readImports, readProfiles } from './reading/read-imports.ts';
export { bookSequence, readJournal, type JournalEntry } from './reading/read-journal.ts';
export { sourceFileBytes } from './writing/source-file.ts';
export { verifyBook, type Verified } from './verify-book.ts';
