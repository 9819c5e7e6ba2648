import { viewMarket } from '../../main/engine/market/market-view.ts';
import { resolveRules, shippedPacks } from '../../main/engine/packs/shelf.ts';
import type { Holding } from '../../main/engine/pool/holding.ts';
import { holdingsOf as heldIn, preparePool } from '../../main/engine/pool/prepare-pool.ts';
import { strategyContext, type StrategyContext } from '../../main/engine/strategy/context.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { accountOf, call, idOf, marketOf, put, stock, type Desk } from '../engine/build.ts';

const EXPIRIES = ['2026-11-27', '2026-12-18', '2027-01-15', '2027-03-19', '2027-06-18', '2027-12-17'];
const SPOT = 180;
const STEP = 2.5;

/**
 * A book of options on one underlying, the same for the same seed: one to six expiries, strikes around the money, longs and
 * shorts, calls and puts, and stock. A `traded` book is a sum of the things people trade: spreads, condors, butterflies,
 * calendars, strangles, covered calls and collars, with hedges bought far out; a `scattered` one has every option on its
 * own, long or short by chance, which nobody holds and which is the harder to pair.
 */
export function chainBook(legTypes: number, seed: number, kind: 'traded' | 'scattered'): Desk {
  const random = randomFrom(seed);
  const held = kind === 'traded' ? tradedLegs(legTypes, seed, random) : scatteredLegs(legTypes, seed, random);
  const instruments: Record<string, Instrument> = { XYZ: stock() };
  const prices: Record<string, string> = { XYZ: String(SPOT) };
  const positions: [string, string][] = [];
  for (const { option, size } of held.legs) {
    const id = idOf(option);
    instruments[id] = option;
    prices[id] = premium(option.right === 'call', Number(option.strike), EXPIRIES.indexOf(option.expiry));
    positions.push([id, String(size)]);
  }
  if (held.shares !== 0) positions.push(['XYZ', String(held.shares)]);
  return { instruments, prices, positions, packs: seed % 2 === 0 ? ['us-reg-t', 'house-standard'] : ['us-reg-t'] };
}

interface Held {
  legs: { option: ReturnType<typeof call>; size: number }[];
  shares: number;
}

const SIZES = [1, 1, 2, 3, 5, 5, 10, 10, 15, 20, 25];

function expiriesOf(seed: number): string[] {
  return EXPIRIES.slice(0, 1 + (seed % EXPIRIES.length));
}

function scatteredLegs(legTypes: number, seed: number, random: () => number): Held {
  const expiries = expiriesOf(seed);
  const strikes = Math.max(12, Math.ceil((legTypes * 0.8) / expiries.length));
  const around = Array.from({ length: strikes }, (_, index) => SPOT + (index - Math.floor(strikes / 2)) * STEP).filter((strike) => strike > 0);
  const open = expiries.flatMap((expiry) => around.flatMap((strike) => [call('XYZ', String(strike), { expiry }), put('XYZ', String(strike), { expiry })]));
  const legs = shuffled(open, random).slice(0, legTypes).map((option) => ({ option, size: pick(SIZES, random) * (random() < 0.52 ? -1 : 1) }));
  return { legs, shares: Math.round((random() - 0.4) * 40) * 100 };
}

/** Legs of one trade: right, strike in steps from the one traded around, contracts for each, and whether in a later expiry. */
type Shape = readonly (readonly [right: 'call' | 'put', steps: number, ratio: number, later?: boolean])[];

const SHAPES: readonly Shape[] = [
  [['put', 0, -1], ['put', -2, 1]],
  [['call', 0, -1], ['call', 2, 1]],
  [['call', 0, 1], ['call', 4, -1]],
  [['put', -6, 1], ['put', -4, -1], ['call', 4, -1], ['call', 6, 1]],
  [['call', -2, 1], ['call', 0, -2], ['call', 2, 1]],
  [['put', 0, -1], ['put', 0, 1, true]],
  [['call', 1, -1], ['call', 0, 1, true]],
  [['put', -3, -1], ['call', 3, -1]],
  [['put', 0, -1], ['call', 0, -1]],
  [['call', 3, -1]],
  [['put', -4, 1], ['call', 4, -1]],
  [['put', -8, 1]],
  [['call', 8, 1]],
];

function tradedLegs(legTypes: number, seed: number, random: () => number): Held {
  const expiries = expiriesOf(seed);
  const reach = Math.max(10, Math.ceil(legTypes / expiries.length / 2.5));
  const held = new Map<string, { option: ReturnType<typeof call>; size: number }>();
  let shares = Math.round((random() - 0.3) * 30) * 100;
  for (let trades = 0; held.size < legTypes && trades < 20 * legTypes; trades += 1) {
    const shape = pick(SHAPES, random);
    const size = pick(SIZES, random);
    const expiry = Math.floor(random() * expiries.length);
    const around = Math.round((random() + random() - 1) * reach);
    for (const [right, steps, ratio, later] of shape) {
      const strike = String(SPOT + (around + steps) * STEP);
      const option = (right === 'call' ? call : put)('XYZ', strike, { expiry: expiries[Math.min(expiry + (later ? 1 : 0), expiries.length - 1)] as string });
      if (Number(strike) <= 0 || (!held.has(idOf(option)) && held.size >= legTypes)) continue;
      held.set(idOf(option), { option, size: (held.get(idOf(option))?.size ?? 0) + ratio * size });
    }
    if (shape.length === 1 && random() < 0.3) shares += size * 100;
  }
  return { legs: [...held.values()].filter(({ size }) => size !== 0), shares };
}

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T;
}

/** Intrinsic value and a time value that is greatest at the money, in cents: near enough to a market for a pairing. */
function premium(isCall: boolean, strike: number, expiry: number): string {
  const intrinsic = Math.max(0, isCall ? SPOT - strike : strike - SPOT);
  const width = 9 * Math.sqrt(1 + expiry * 1.6);
  const distance = (strike - SPOT) / width;
  return String(Math.round(100 * (intrinsic + (0.4 * width) / (1 + distance * distance) ** 2) + 1) / 100);
}

export function holdingsOf(desk: Desk): { holdings: Holding[]; context: () => StrategyContext } {
  const rules = resolveRules(shippedPacks(), desk.packs ?? []);
  if (!rules.ok) throw new Error(rules.fault.message);
  const market = viewMarket(marketOf(desk));
  const account = accountOf(desk);
  const [pool] = account.pools;
  if (!pool) throw new Error('an account has a pool');
  return { holdings: heldIn(preparePool(account, pool, market, rules.value)), context: () => strategyContext('USD', market, rules.value) };
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values.map((value) => [random(), value] as const).toSorted(([a], [b]) => a - b).map(([, value]) => value);
}

/** Mulberry32: 32 bits of state, the same numbers everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
