// `npm run bench [-- --json]`: what the program costs here, each figure the median of several runs with its spread.
import { requireNode } from '../main/guard.js';

requireNode();
const { runBench } = await import('./bench/run.ts');
await runBench(process.argv.slice(2));
