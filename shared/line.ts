import type { Result } from './result.ts';

/**
 * What goes over the line that stands between a page and the loopback host, besides the desk's messages: questions of
 * the contract as JSON text, and an answer to each, in whatever order they are ready.
 */
export interface LineQuestion {
  ask: string;
  /** The page's own; the answer carries it. */
  number: number;
  input: unknown;
}

/** An answer; one of packed rows says so, and its bytes are the next message that is not text. */
export type LineAnswer = { answer: number; result: Result<unknown> } | { answer: number; packed: true };

/** Longest question on the line, as text; longer ones go as a POST. */
export const LINE_QUESTION_LENGTH_MAX = 64 * 1024;
