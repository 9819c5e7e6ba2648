// Loaded before all else into every thread of a process: ends the thread that writes behind before it begins, as too little
// memory for it would.
import { threadName } from 'node:worker_threads';

if (threadName === 'write-thread') process.exit(1);
