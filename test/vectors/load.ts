import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { schemaFault } from '../../main/engine/calc-pack/json-path.ts';
import { fail, faultLine, succeed, type Result } from '../../shared/result.ts';
import { vector, type Vector } from './vector.ts';

const vectorFile = z.union([z.array(z.unknown()).transform((vectors) => ({ vectors, parameters: [] })), z.looseObject({ vectors: z.array(z.unknown()), parameters: z.array(z.unknown()).default([]) })]);

/** A vector as loaded: either readable, or an entry that has to fail under the best name it has. */
export interface LoadedVector {
  id: string;
  file: string;
  vector: Result<Vector>;
  /** Parameter sets of the file, for vectors that name one by its place. */
  parameters: readonly unknown[];
}

/** Every vector of every `*.json` in a directory, in file order. A fault when there is nothing to read at all. */
export function loadVectors(directory: string): Result<LoadedVector[]> {
  let files: string[];
  try {
    files = readdirSync(directory).filter((file) => file.endsWith('.json')).sort();
  } catch {
    return fail({ code: 'no-directory', message: 'This is not a directory that can be read.', at: directory });
  }
  if (files.length === 0) return fail({ code: 'no-vectors', message: 'There is no .json file here.', at: directory });
  const loaded = files.flatMap((file) => loadFile(join(directory, file), file));
  const seen = new Set<string>();
  return succeed(
    loaded.map((entry) => {
      const again = seen.has(entry.id);
      seen.add(entry.id);
      return again ? { ...entry, vector: fail({ code: 'repeated-id', message: 'This id is used twice.', at: entry.file }) } : entry;
    }),
  );
}

function loadFile(path: string, file: string): LoadedVector[] {
  const broken = (message: string): LoadedVector[] => [{ id: file, file, parameters: [], vector: fail({ code: 'bad-vector-file', message, at: file }) }];
  let json: unknown;
  try {
    json = parseKeepingDigits(readFileSync(path, 'utf8'));
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
  const entries = vectorFile.safeParse(json);
  if (!entries.success) return broken('Expected a list of vectors, or an object that holds one under "vectors".');
  const { vectors, parameters } = entries.data;
  return vectors.map((entry, index) => {
    const parsed = vector.safeParse(entry);
    const id = nameOf(entry) ?? `${file}[${index}]`;
    if (parsed.success) return { id, file, parameters, vector: succeed(parsed.data) };
    const fault = schemaFault('bad-vector', parsed.error, vector);
    return { id, file, parameters, vector: fail({ ...fault, message: faultLine(fault), at: file }) };
  });
}

function nameOf(entry: unknown): string | null {
  const named = z.looseObject({ id: z.string() }).safeParse(entry);
  return named.success ? named.data.id : null;
}

/** JSON with every number kept as the text it was printed in: 97.0 stays "97.0", and no digit is lost. */
export function parseKeepingDigits(text: string): unknown {
  const keep = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value;
  return JSON.parse(text, keep);
}
