import { NONE, SUB_TYPE_ORDER } from '../../../shared/domain/position-columns.ts';

/**
 * How positions stand in the text they are signed as, which those who read it walk through byte by byte:
 * `[[0,account,"part",instrument,"quantity","entry price" or null,"day",null,entry,null],…]`.
 */

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const ZERO = 0x30;
export const OPEN = 0x5b;
export const CLOSE = 0x5d;
/** What `null` begins with. */
export const SMALL_N = 0x6e;
export const NULL_LENGTH = 'null'.length;

/** The parts of an account by the first letter of their names, no two of which begin alike; and how long these are. */
export const PART_OF_LETTER = new Uint8Array(128).fill(NONE);
for (const [part, name] of SUB_TYPE_ORDER.entries()) PART_OF_LETTER[name.charCodeAt(0)] = part;
export const PART_LENGTH = SUB_TYPE_ORDER.map((name) => name.length);

/** Where the name of the part begins, from the start of a row on. */
export function partOffset(account: number): number {
  return `[0,${account},"`.length;
}
