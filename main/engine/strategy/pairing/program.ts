import { doubles } from './numbers.ts';

/**
 * A linear limit on a stretch of uses: Σ coefficient × contracts in the use, less the loss it belongs to, is at most
 * `limit`. Rows are made only where a solution breaks them.
 */
export interface Row {
  /** First use of the stretch; `coefficients` go on from there. */
  from: number;
  coefficients: number[];
  limit: number;
  /** Index of the loss that the row bounds from below; −1 where it bounds none. */
  loss: number;
}

/**
 * A rule that ties uses together, as a set of rows too large to write down. `broken` gives the one that a solution
 * breaks most, by more than `tolerance`, or null; `least` is the loss that whole numbers of contracts cause, exactly.
 */
export interface Tie {
  loss: number;
  broken: (values: readonly number[], loss: number, tolerance: number) => Row | null;
  least: (values: readonly number[]) => number;
}

const ROW_ROOM = 256;
/** An array of doubles that are all nothing: a slice of it is one too, and is made faster than by filling. */
let nothing = doubles(ROW_ROOM);

/** Coefficients of nothing for a row. */
export function noCoefficients(length: number): number[] {
  if (length > nothing.length) nothing = doubles(2 * length);
  return nothing.slice(0, length);
}

/**
 * The pairing of one underlying as a program: every option's contracts are split among its uses (alone, covered, in a
 * straddle, in a group …), so that each use belongs to one option; ties limit what uses can do together. Gain is house
 * maintenance saved against leaving the contract alone, less the losses. Amounts are whole multiples of a quantum, and
 * so exact in doubles.
 */
export interface Program {
  /** Contracts of each option, whole units. */
  counts: readonly number[];
  /** Option of each use; use `option` of the first uses is that option alone, with gain 0. */
  optionOf: readonly number[];
  gains: readonly number[];
  /** How many losses there are, each with gain −1. */
  losses: number;
  ties: readonly Tie[];
  /** Every gain and loss of whole contracts is a multiple of this. */
  quantum: number;
}
