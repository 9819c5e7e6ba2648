import { logRatio } from '../../pricing/elementary.ts';
import { addEarlyExercise, onEuropean } from '../../scan/options/option-value.ts';
import { KERNEL_MODULE } from './kernel-module.ts';
import type { KernelColumns } from './kernel.ts';
import { plainMemory, type LaneMemory } from './open-lane.ts';
import { packedCount } from './moves.ts';
import { gainsRow, plainOptionRow } from './reprice.ts';

/** What kernel.as exports. */
interface KernelExports {
  scanRuns: (from: number, to: number, stride: number, rows: number, charges: number, instrument: number, quantity: number, start: number, requirement: number, worth: number, gross: number) => void;
  optionRow: (out: number, times: number, known: boolean, moves: number, count: number, now: number, forward: number, distance: number, roots: number, strike: number, sign: number, discount: number, rootYears: number, volatility: number, scale: number) => number;
  optionValues: (out: number, times: number, known: boolean, moves: number, count: number, forward: number, distance: number, roots: number, strike: number, sign: number, discount: number, rootYears: number, volatility: number) => void;
}

const PAGE_BYTES = 65_536;
/** With the one in which nothing moves, and one to make the count even. */
const SCENARIOS_MAX = 202;
let compiled: WebAssembly.Module | null = null;

/**
 * Memory of a WebAssembly module with the two inner loops in it, two doubles at a time; plain arrays where the host does not
 * know its instructions. All columns that the loops read lie in the one memory, which is made as large as it is ever needed:
 * memory that grows takes every array away.
 */
export function wasmMemory(bytes: number): LaneMemory {
  compiled ??= moduleOf(Uint8Array.from(atob(KERNEL_MODULE), (character) => character.codePointAt(0) as number));
  return compiled ? memoryOf(compiled, bytes) : plainMemory();
}

/** Null where the host does not know the module's instructions: V8 has relaxed vectors since 2023, other engines later. */
function moduleOf(binary: Uint8Array<ArrayBuffer>): WebAssembly.Module | null {
  return WebAssembly.validate(binary) ? new WebAssembly.Module(binary) : null;
}

function memoryOf(compiled: WebAssembly.Module, bytes: number): LaneMemory {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) + 1 });
  const { scanRuns, optionRow, optionValues } = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as KernelExports;
  // The first bytes are the module's own constants.
  let next = 4096;
  const place = (length: number): number => {
    const at = next;
    next += Math.ceil(length / 16) * 16;
    return at;
  };
  // Time values, and the steps to them.
  const times = place(6 * 8 * SCENARIOS_MAX);
  // European prices, to which early exercise is added.
  const prices = new Float64Array(memory.buffer, place(8 * SCENARIOS_MAX), SCENARIOS_MAX);
  // Of the option whose time values lie at `times`.
  const last = { forward: NaN, strike: NaN, rootYears: NaN, volatility: NaN, packed: -1 };
  return {
    doubles: (length) => new Float64Array(memory.buffer, place(8 * length), length),
    words: (length) => new Int32Array(memory.buffer, place(4 * length), length),
    kernel: ({ stride, rows, charges, instrument, quantity, start, requirement, worth, gross }: KernelColumns) => (from, to) =>
      scanRuns(from, to, stride, rows.byteOffset, charges.byteOffset, instrument.byteOffset, quantity.byteOffset, start.byteOffset, requirement.byteOffset, worth.byteOffset, gross.byteOffset),
    optionRow: (table, at, option, spot, volatility, moves, scale) => {
      const { isCall, strike } = option;
      const added = onEuropean(option);
      if (added === null || !(strike > 0)) return plainOptionRow(table, at, option, spot, volatility, moves, scale);
      const { rows, stride, scenarios, steady } = table;
      const forward = spot * (steady[4 * at + 1] as number);
      const roots = Math.sqrt(forward) * (steady[4 * at + 3] as number);
      const rootYears = steady[4 * at + 2] as number;
      const packed = moves.packed.byteOffset;
      // A call and a put of one strike have one time value: parity.
      const known = forward === last.forward && strike === last.strike && rootYears === last.rootYears && volatility === last.volatility && packed === last.packed;
      if (!known) {
        last.forward = forward;
        last.strike = strike;
        last.rootYears = rootYears;
        last.volatility = volatility;
        last.packed = packed;
      }
      const distance = known ? 0 : logRatio(forward, strike);
      const count = packedCount(scenarios);
      const sign = isCall ? 1 : -1;
      const discount = steady[4 * at] as number;
      if (added === 'nothing') return optionRow(rows.byteOffset + 8 * at * stride, times, known, packed, count, scenarios, forward, distance, roots, strike, sign, discount, rootYears, volatility, scale);
      optionValues(prices.byteOffset, times, known, packed, count, forward, distance, roots, strike, sign, discount, rootYears, volatility);
      addEarlyExercise(prices, 0, option, spot, volatility, moves.priced);
      return gainsRow(table, at, prices, prices[scenarios] as number, moves.weights, scale);
    },
  };
}
