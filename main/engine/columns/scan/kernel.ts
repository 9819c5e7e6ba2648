/** What the kernel reads and writes: see Runs and ScanInstruments. */
export interface KernelColumns {
  stride: number;
  rows: Float64Array;
  charges: Float64Array;
  instrument: Int32Array;
  quantity: Float64Array;
  start: Int32Array;
  requirement: Float64Array;
  worth: Float64Array;
  gross: Float64Array;
}

/**
 * Requirement, worth and gross worth of runs `from` up to `to`, in quanta: the greatest loss over all scenarios, never below
 * zero, or the minimum charge where that is more. Everything is a whole number below 2⁵³, so the order of the sums plays no
 * part. A run that holds a row of NaN gets NaN. `scanRuns` of the WebAssembly module gives the same bits.
 */
export function scanRuns({ stride, rows, charges, instrument, quantity, start, requirement, worth, gross }: KernelColumns, from: number, to: number): void {
  for (let run = from; run < to; run += 1) {
    const first = start[run] as number;
    const end = start[run + 1] as number;
    let least = 0;
    let value = 0;
    for (let block = 0; block < stride; block += 8) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let g = 0;
      let h = 0;
      for (let at = first; at < end; at += 1) {
        const held = quantity[at] as number;
        const row = (instrument[at] as number) * stride + block;
        a += held * (rows[row] as number);
        b += held * (rows[row + 1] as number);
        c += held * (rows[row + 2] as number);
        d += held * (rows[row + 3] as number);
        e += held * (rows[row + 4] as number);
        f += held * (rows[row + 5] as number);
        g += held * (rows[row + 6] as number);
        h += held * (rows[row + 7] as number);
      }
      least = Math.min(Math.min(Math.min(a, b), Math.min(c, d)), Math.min(Math.min(e, f), Math.min(g, least)));
      // The last number of the last block is what the run is worth, all others are gains.
      if (block + 8 < stride) least = Math.min(least, h);
      else value = h;
    }
    let charge = 0;
    let size = 0;
    for (let at = first; at < end; at += 1) {
      const held = Math.abs(quantity[at] as number);
      const one = instrument[at] as number;
      charge += held * (charges[2 * one] as number);
      size += held * (charges[2 * one + 1] as number);
    }
    requirement[run] = Math.max(0 - least, charge);
    worth[run] = value;
    gross[run] = size;
  }
}

const ROUNDER = 6755399441055744; // 1.5 × 2⁵²: adding it rounds to a whole number, half to even

/** The same where gains are whole only after a division: each is rounded once, half to even, before it is added. */
export function scanRunsRounding({ stride, rows, charges, instrument, quantity, start, requirement, worth, gross }: KernelColumns, divisor: Float64Array, from: number, to: number): void {
  const gains = new Float64Array(stride);
  for (let run = from; run < to; run += 1) {
    gains.fill(0);
    let charge = 0;
    let size = 0;
    for (let at = start[run] as number; at < (start[run + 1] as number); at += 1) {
      const held = quantity[at] as number;
      const one = instrument[at] as number;
      const row = one * stride;
      const over = divisor[one] as number;
      for (let scenario = 0; scenario < stride - 1; scenario += 1) {
        // Exact: a quotient of whole numbers below 2⁵³ is never so near to a half that a double cannot tell.
        gains[scenario] = (gains[scenario] as number) + ((held * (rows[row + scenario] as number)) / over + ROUNDER - ROUNDER);
      }
      gains[stride - 1] = (gains[stride - 1] as number) + held * (rows[row + stride - 1] as number);
      charge += Math.abs(held) * (charges[2 * one] as number);
      size += Math.abs(held) * (charges[2 * one + 1] as number);
    }
    let least = 0;
    for (let scenario = 0; scenario < stride - 1; scenario += 1) least = Math.min(least, gains[scenario] as number);
    requirement[run] = Math.max(0 - least, charge);
    worth[run] = gains[stride - 1] as number;
    gross[run] = size;
  }
}
