import { exp } from '../../../main/engine/pricing/elementary.ts';
import { assert } from '../../../shared/result.ts';
import { shuffleFirst, streamOf } from './random.ts';
import { FUTURES_PER_UNDERLYING, PER_UNDERLYING } from './universe.ts';

/** The kinds of account in book M, by what they are margined under; accounts hold the index of one. */
export const ACCOUNT_KINDS = ['scan', 'strategy', 'bracket', 'lending', 'fixed'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Instruments of one underlying that an account of a kind can hold: everything; no futures; futures; the spot. */
export const HELD_PER_UNDERLYING: readonly number[] = [PER_UNDERLYING, PER_UNDERLYING - FUTURES_PER_UNDERLYING, FUTURES_PER_UNDERLYING, 1, FUTURES_PER_UNDERLYING];

/** Of twenty accounts: eight scan, eight strategy, three bracket, one lending or fixed. */
const MIXED = [0, 1, 0, 1, 2, 0, 1, 0, 1, 2, 0, 1, 0, 1, 2, 0, 1, 0, 1, -1];
const SIZE_SPREAD = 1.211;
/** Shares of all positions that the first two accounts have: what the largest clients of a desk have. */
const LARGEST = [0.006, 0.005];
/** Of all that an account could hold: beyond it the wide kinds take over. */
const FULLEST = 0.6;

/** How many positions each account has, and of which kind it is. */
export interface SizesM {
  kind: Uint8Array;
  positions: Int32Array;
}

/** Lognormal sizes (of 10,000 accounts and 1,000,000 positions: median about 48, largest about 6,000) that add up to `positions`. */
export function sizesM(kind: 'scan' | 'mixed', accounts: number, positions: number, underlyings: number, seed: number): SizesM {
  const stream = streamOf(seed, 2);
  const weights = Float64Array.from({ length: accounts }, () => exp(SIZE_SPREAD * stream.normal()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [account, share] of LARGEST.entries()) weights[account] = share * total;
  const order = Int32Array.from({ length: accounts }, (_, at) => at);
  shuffleFirst(order, accounts, stream);
  const kinds = new Uint8Array(accounts);
  if (kind === 'mixed') for (const [at, account] of order.entries()) kinds[account] = mixedKind(at);
  const wanted = Int32Array.from(weights, (weight) => Math.max(1, Math.round((weight * positions) / total)));
  // One of each of the two large kinds.
  if (kind === 'mixed') swapKinds(kinds, 0, 1);
  if (kind === 'mixed') swapKinds(kinds, 1, 0);
  widenLarge(kinds, wanted, underlyings);
  const most = (account: number): number => Math.floor(FULLEST * underlyings * (HELD_PER_UNDERLYING[kinds[account] as number] as number));
  for (let account = 0; account < accounts; account += 1) wanted[account] = Math.min(wanted[account] as number, Math.max(1, most(account)));
  meetTotal(wanted, positions, most);
  return { kind: kinds, positions: wanted };
}

function mixedKind(at: number): number {
  const kind = MIXED[at % MIXED.length] as number;
  return kind >= 0 ? kind : 3 + (Math.floor(at / MIXED.length) % 2);
}

/** Gives an account a kind, and what it was to the next account of that kind. */
function swapKinds(kinds: Uint8Array, account: number, kind: number): void {
  const other = kinds.indexOf(kind, account);
  kinds[other] = kinds[account] as number;
  kinds[account] = kind;
}

/** An account too large for its kind changes kinds with a small one of a wide kind. */
function widenLarge(kinds: Uint8Array, sizes: Int32Array, underlyings: number): void {
  const isNarrow = (account: number): boolean => (kinds[account] as number) >= 2;
  const fits = (size: number, kind: number): boolean => size <= FULLEST * underlyings * (HELD_PER_UNDERLYING[kind] as number);
  let other = 0;
  for (let account = 0; account < kinds.length; account += 1) {
    const kind = kinds[account] as number;
    if (!isNarrow(account) || fits(sizes[account] as number, kind)) continue;
    while (other < kinds.length && (isNarrow(other) || !fits(sizes[other] as number, 3))) other += 1;
    if (other === kinds.length) return;
    kinds[account] = kinds[other] as number;
    kinds[other] = kind;
  }
}

function meetTotal(sizes: Int32Array, positions: number, most: (account: number) => number): void {
  let missing = positions - sizes.reduce((sum, size) => sum + size, 0);
  for (let round = 0; missing !== 0; round += 1) {
    assert(round < positions, 'the accounts cannot hold so many positions');
    const step = Math.max(1, Math.floor(Math.abs(missing) / sizes.length));
    for (let account = 0; account < sizes.length && missing !== 0; account += 1) {
      const size = sizes[account] as number;
      const change = missing > 0 ? Math.min(step, missing, most(account) - size) : -Math.min(step, -missing, size - 1);
      if ((missing > 0 && change <= 0) || size <= 4) continue;
      sizes[account] = size + change;
      missing -= change;
    }
  }
}
