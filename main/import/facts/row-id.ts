/**
 * A name for a row that has none of its own: the same content always gives the same name. Two 32-bit FNV-1a hashes
 * with different seeds; rows of one account and day are told apart, which is all that is asked of it.
 */
export function rowId(parts: readonly (string | null | undefined)[]): string {
  const text = parts.map((part) => part ?? '').join('\n');
  return `row-${hash32(text, 0x811c9dc5)}${hash32(text, 0x01234567)}`;
}

function hash32(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
