import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * One hash over the names and contents of files and folders under `root`; a name that is not there counts as absent.
 * Contents, not times: a fresh clone and a switch of branches back and forth rebuild nothing that has not changed.
 */
export async function hashOfInputs(root: string, names: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const name of names) {
    for (const file of await filesUnder(root, name)) {
      const bytes = await readFile(join(root, file));
      hash.update(`${file}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

async function filesUnder(root: string, name: string): Promise<string[]> {
  const found = await stat(join(root, name)).catch(() => null);
  if (!found) return [];
  if (!found.isDirectory()) return [name];
  const entries = await readdir(join(root, name), { withFileTypes: true });
  const nested = await Promise.all(entries.map((entry) => filesUnder(root, `${name}/${entry.name}`)));
  return nested.flat().sort();
}
