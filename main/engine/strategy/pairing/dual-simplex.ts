import { AT_UPPER, VALUE_TOLERANCE, type Relaxation } from './relaxation.ts';
import { adopt, enter, replaceKey, swapKey } from './basis.ts';
import { refactor } from './refactor.ts';
import { findAllNext, findNext, nextOutside, ratesAlong } from './next.ts';

/** How a run of the dual simplex ended. */
export type Outcome = 'solved' | 'infeasible' | 'enough' | 'outOfWork';

/** Steps after which the inverse is made anew. */
const STEPS_MAX = 256;

/** Dual simplex until every bound holds, or the gain falls to `enough`, below which nothing is of interest. */
export function restore(state: Relaxation, enough: number, workMax: number): Outcome {
  for (;;) {
    if (state.steps > STEPS_MAX) refactor(state);
    state.steps += 1;
    if (state.gain <= enough) return 'enough';
    if (state.work > workMax) return 'outOfWork';
    if (!findLeaving(state)) return 'solved';
    const { leaving: { option, below } } = state;
    let { line } = state.leaving;
    if (option >= 0) {
      line = memberOf(state, option);
      if (line < 0) {
        if (!replaceKey(state, option, below)) return 'infeasible';
        continue;
      }
      swapKey(state, option, line);
    }
    if (!pivot(state, line, below)) return 'infeasible';
  }
}

/** The line or key that is farthest beyond a bound, measured in the length of its line: the steepest way for the prices. False where none is. */
function findLeaving(state: Relaxation): boolean {
  const { program: { optionOf }, rows, working, values, keys, keyValues, lower, upper, uses, options, bounded, inverse, leaving } = state;
  const size = rows.length;
  let most = 0;
  for (let line = 0; line < size; line += 1) {
    const variable = working[line] as number;
    const value = values[line] as number;
    let low = 0;
    let high = Infinity;
    if (variable < uses) {
      low = lower[variable] as number;
      if (bounded[optionOf[variable] as number] === 1) high = upper[variable] as number;
    }
    const off = low - value > value - high ? low - value : value - high;
    if (off <= VALUE_TOLERANCE) continue;
    const steep = (off * off) / lengthOf(inverse[line] as number[], size);
    if (steep <= most) continue;
    most = steep;
    leaving.line = line;
    leaving.option = -1;
    leaving.below = value < low;
  }
  for (let option = 0; option < options; option += 1) {
    const key = keys[option] as number;
    const value = keyValues[option] as number;
    const low = lower[key] as number;
    const over = bounded[option] === 1 ? value - (upper[key] as number) : 0;
    const off = low - value > over ? low - value : over;
    if (off <= VALUE_TOLERANCE) continue;
    const steep = (off * off) / lengthOfKey(state, option);
    if (steep <= most) continue;
    most = steep;
    leaving.line = -1;
    leaving.option = option;
    leaving.below = value < low;
  }
  return most > 0;
}

function lengthOf(line: number[], size: number): number {
  let length = 0;
  for (let row = 0; row < size; row += 1) length += (line[row] as number) * (line[row] as number);
  return length;
}

function lengthOfKey({ rows, working, uses, program, inverse }: Relaxation, option: number): number {
  let length = 1;
  for (let line = 0; line < rows.length; line += 1) {
    const variable = working[line] as number;
    if (variable < uses && program.optionOf[variable] === option) length += lengthOf(inverse[line] as number[], rows.length);
  }
  return length;
}

function memberOf({ rows, working, uses, program }: Relaxation, option: number): number {
  for (let line = 0; line < rows.length; line += 1) if ((working[line] as number) < uses && program.optionOf[working[line] as number] === option) return line;
  return -1;
}

/**
 * Brings one line to its bound; false where nothing outside the basis can do that. Prices move along the line until
 * something else must enter. An option of which nothing is in the basis only changes its key on the way, as long as that
 * leaves the line beyond its bound: this spares a pivot for nearly every option.
 */
function pivot(state: Relaxation, line: number, below: boolean): boolean {
  const { program: { counts, optionOf }, rows, working, values, keys, uses, options, lower, upper, place, nexts, trial, held, bounded, outside } = state;
  ratesAlong(state, line);
  const variable = working[line] as number;
  let beyond = below ? (variable < uses ? (lower[variable] as number) : 0) - (values[line] as number) : (values[line] as number) - (variable < uses ? (upper[variable] as number) : Infinity);
  for (let option = 0; option < options; option += 1) {
    trial[option] = keys[option] as number;
    held[option] = bounded[option] as number;
  }
  for (let member = 0; member < rows.length; member += 1) if ((working[member] as number) < uses) held[optionOf[working[member] as number] as number] = 1;
  findAllNext(state, below);
  nextOutside(state, line, below);
  const { at: nextAt, having, helps, use } = nexts;
  for (;;) {
    let option = -1;
    let least = outside.at;
    for (let index = 0; index < nexts.some; index += 1) {
      const other = having[index] as number;
      const at = nextAt[other] as number;
      if (at >= least) continue;
      option = other;
      least = at;
    }
    if (least === Infinity) return false;
    const entering = option < 0 ? outside.variable : (use[option] as number);
    const moves = option < 0 || held[option] === 1 || place[entering] === AT_UPPER ? Infinity : (helps[option] as number) * (counts[option] as number);
    if (moves < beyond - VALUE_TOLERANCE) {
      beyond -= moves;
      trial[option] = entering;
      findNext(state, option, entering, below);
      continue;
    }
    adopt(state);
    enter(state, line, entering, below);
    return true;
  }
}
