import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { demoFiles } from './make-files.ts';

// `node main/demo/generate.ts` writes the demo's files anew. They are committed, so that the demo needs no generator.
const folder = new URL('files/', import.meta.url);
mkdirSync(folder, { recursive: true });
let bytes = 0;
for (const [name, text] of demoFiles()) {
  writeFileSync(new URL(name, folder), text);
  bytes += Buffer.byteLength(text);
}
console.log(`${demoFiles().size} files, ${bytes} bytes, in ${fileURLToPath(folder)}`);
