// `npm run vectors -- --dir DIR [--only PATTERN] [--json]`: published margin figures, recomputed.
import { requireNode } from '../main/guard.js';

requireNode();
await import('./vectors/run.ts');
