import { hash } from 'node:crypto';
import type { Row } from '../tables/bind.ts';

/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Digest = string;

/** SHA-256 of a text in UTF-8. */
export function digestOfText(text: string): Digest {
  return hash('sha256', text);
}

export function digestOfBytes(bytes: Uint8Array): Digest {
  return hash('sha256', bytes);
}

/** One digest over lists of rows, in the order given. Two books hold the same rows if and only if these are equal. */
export function rowsDigest(lists: readonly (readonly Row[])[]): Digest {
  return rowTextsDigest(lists.map((rows) => JSON.stringify(rows)));
}

/** Where texts are put together before they are hashed: the same memory each time, as large as the largest partition. */
let room = Buffer.alloc(64 * 1024);
const LINE_FEED = 0x0a;

/** The same over lists that are written as JSON already, as text or in UTF-8. */
export function rowTextsDigest(texts: readonly (string | Uint8Array)[]): Digest {
  // No character of UTF-16 takes more than three bytes in UTF-8.
  const most = texts.reduce((sum, text) => sum + (typeof text === 'string' ? 3 * text.length : text.length) + 1, 0);
  if (most > room.length) room = Buffer.alloc(2 * most);
  let length = 0;
  for (const text of texts) {
    if (typeof text === 'string') length += room.write(text, length);
    else {
      room.set(text, length);
      length += text.length;
    }
    room[length] = LINE_FEED;
    length += 1;
  }
  return digestOfBytes(room.subarray(0, length));
}

/**
 * The digest of a history: the sum, modulo 2²⁵⁶, of the SHA-256 of each of its rows. A row is added or taken out at
 * the cost of that row, however long the history is, and the order does not matter.
 */
export type HistorySum = bigint;

const MODULUS = 1n << 256n;

export function rowHash(table: string, row: Row): HistorySum {
  return BigInt(`0x${digestOfText(JSON.stringify([table, row]))}`);
}

/** The same of a row whose text, JSON of the table's name and the row, is there already. */
export function hashOfRowText(text: Uint8Array): HistorySum {
  return BigInt(`0x${digestOfBytes(text)}`);
}

export function sumOfHashes(hashes: readonly HistorySum[]): HistorySum {
  return hashes.reduce((sum, hashed) => sum + hashed, 0n) % MODULUS;
}

export function addToHistory(sum: HistorySum, hashed: HistorySum): HistorySum {
  return (sum + hashed) % MODULUS;
}

export function takeFromHistory(sum: HistorySum, hashed: HistorySum): HistorySum {
  return (sum - hashed + MODULUS) % MODULUS;
}

export function historyDigest(sum: HistorySum): Digest {
  return sum.toString(16).padStart(64, '0');
}

export function historySum(digest: Digest): HistorySum {
  return BigInt(`0x${digest}`);
}
