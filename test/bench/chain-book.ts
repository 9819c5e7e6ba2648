import { viewMarket } from '../../main/engine/market/market-view.ts';
import { resolveRules, shippedPacks } from '../../main/engine/packs/shelf.ts';
import type { Holding } from '../../main/engine/pool/holding.ts';
import { preparePool } from '../../main/engine/pool/prepare-pool.ts';
import { strategyContext, type StrategyContext } from '../../main/engine/strategy/context.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { accountOf, call, idOf, marketOf, put, stock, type Desk } from '../engine/build.ts';

const EXPIRIES = ['2026-11-27', '2026-12-18', '2027-01-15', '2027-03-19', '2027-06-18', '2027-12-17'];
const SPOT = 180;
const STEP = 2.5;

/**
 * An options trader's book in one underlying, the same for the same seed: strikes around the money of up to six expiries,
 * more near the money and in the near expiries, bought and sold in the sizes people trade, puts and calls, and stock.
 */
export function chainBook(legTypes: number, seed: number): Desk {
  const random = randomFrom(seed);
  const expiries = EXPIRIES.slice(0, 1 + (seed % EXPIRIES.length));
  const strikes = Math.max(12, Math.ceil((legTypes * 0.8) / expiries.length));
  const instruments: Record<string, Instrument> = { XYZ: stock() };
  const prices: Record<string, string> = { XYZ: String(SPOT) };
  const positions: [string, string][] = [];
  const lots = Math.round((random() - 0.4) * 40);
  if (lots !== 0) positions.push(['XYZ', String(lots * 100 + (random() < 0.3 ? 37 : 0))]);
  const open = expiries.flatMap((expiry) => Array.from({ length: strikes }, (_, index) => SPOT + (index - Math.floor(strikes / 2)) * STEP).filter((strike) => strike > 0).flatMap((strike) => [call('XYZ', String(strike), { expiry }), put('XYZ', String(strike), { expiry })]));
  for (const option of shuffled(open, random).slice(0, legTypes)) {
    const short = random() < 0.52;
    const size = [1, 1, 2, 3, 5, 5, 10, 10, 15, 20, 25][Math.floor(random() * 11)] ?? 1;
    const id = idOf(option);
    instruments[id] = option;
    prices[id] = premium(option.right === 'call', Number(option.strike), EXPIRIES.indexOf(option.expiry));
    positions.push([id, String(short ? -size : size)]);
  }
  return { instruments, prices, positions, packs: seed % 2 === 0 ? ['us-reg-t', 'house-standard'] : ['us-reg-t'] };
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
  return { holdings: preparePool(account, pool, market, rules.value).holdings, context: () => strategyContext('USD', market, rules.value) };
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
