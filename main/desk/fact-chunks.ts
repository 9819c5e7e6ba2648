import { noFacts, type FactName, type Facts } from '../../shared/domain/facts.ts';
import type { Slices } from './rows/slices.ts';

/**
 * Facts on their way from one thread to the other: as text in pieces that are handed over without copying, and read one
 * at a time, so that whoever asks meanwhile does not wait for all of them.
 */
export type FactChunks = { name: FactName; text: Uint8Array<ArrayBuffer> }[];

/** So many take a millisecond to read. */
const FACTS_A_CHUNK = 256;

export function chunksOf(facts: Facts): FactChunks {
  return (Object.keys(facts) as FactName[]).flatMap((name) => {
    const rows: readonly unknown[] = facts[name];
    const starts = Array.from({ length: Math.ceil(rows.length / FACTS_A_CHUNK) }, (_, at) => at * FACTS_A_CHUNK);
    return starts.map((start) => ({ name, text: new TextEncoder().encode(JSON.stringify(rows.slice(start, start + FACTS_A_CHUNK))) }));
  });
}

/** What is handed over with them. */
export function memoryOfChunks(chunks: FactChunks): ArrayBuffer[] {
  return chunks.map(({ text }) => text.buffer);
}

export function* factsIn(chunks: FactChunks): Slices<Facts> {
  const facts = noFacts();
  for (const { name, text } of chunks) {
    for (const fact of JSON.parse(new TextDecoder().decode(text)) as never[]) facts[name].push(fact);
    yield;
  }
  return facts;
}
