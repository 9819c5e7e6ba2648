import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { streamOf, type Stream } from './random.ts';
import type { PositionsM } from './holdings.ts';
import type { SizesM } from './sizes.ts';
import { CALL, EXPIRIES, FUTURE, FUTURE_MULTIPLIER, OPTION_MULTIPLIER, PER_UNDERLYING, RATE, SPOT, yearsTo, type UniverseM } from './universe.ts';

/**
 * Cash of each account in cents, so that health is spread as on a desk: most accounts well above the line, some near it,
 * some below. It is set by a rough guess of the requirement; what the accounts really are asked is for the engine to say.
 */
export function cashM(universe: UniverseM, sizes: SizesM, positions: PositionsM, seed: number): Float64Array {
  const stream = streamOf(seed, 4);
  const deltas = deltasOf(universe);
  return Float64Array.from(sizes.kind, (kind, account) => {
    const health = healthOf(stream);
    const guess = guessOf(universe, deltas, positions, account, kind);
    if (kind === 3) return -Math.round((0.65 * guess.worth) / health);
    return Math.round(health * guess.requirement - guess.worth);
  });
}

function healthOf(stream: Stream): number {
  const place = stream.whole(100);
  if (place < 3) return 0.5 + 0.45 * stream.share();
  if (place < 7) return 0.95 + 0.1 * stream.share();
  return 1.05 + 2 * stream.share() * stream.share();
}

/** Deltas of one unit, multiplier included. */
function deltasOf(universe: UniverseM): Float64Array {
  return Float64Array.from(universe.kind, (kind, at) => {
    if (kind === SPOT) return 1;
    if (kind === FUTURE) return FUTURE_MULTIPLIER;
    const spot = universe.price[at - (at % PER_UNDERLYING)] as number;
    const value = (price: number): number => blackScholes(price, universe.strike[at] as number, yearsTo(EXPIRIES[universe.expiry[at] as number] as string), (universe.volatility[at] as number) / 1e4, RATE, 0, kind === CALL);
    return (OPTION_MULTIPLIER * (value(spot * 1.001) - value(spot * 0.999))) / (0.002 * spot);
  });
}

/** What counts of the positions towards equity, and roughly what they are asked; both in cents. */
function guessOf(universe: UniverseM, deltas: Float64Array, positions: PositionsM, account: number, kind: number): { worth: number; requirement: number } {
  let worth = 0;
  let requirement = 0;
  let group = -1;
  let net = 0;
  const close = (): void => {
    requirement += Math.abs(net) * (kind === 0 ? 0.24 : 0.12);
    net = 0;
  };
  for (let at = positions.start[account] as number; at < (positions.start[account + 1] as number); at += 1) {
    const instrument = positions.instrument[at] as number;
    const quantity = positions.quantity[at] as number;
    const what = universe.kind[instrument] as number;
    const price = universe.price[instrument] as number;
    const underlying = instrument - (instrument % PER_UNDERLYING);
    if (underlying !== group) close();
    group = underlying;
    const notional = quantity * (deltas[instrument] as number) * (universe.price[underlying] as number);
    if (kind === 2 || kind === 4) requirement += Math.abs(notional) * (kind === 2 ? 0.02 : 0.06);
    else net += notional;
    if (what === SPOT) worth += quantity * price;
    if (what >= CALL && kind === 0) worth += quantity * price * OPTION_MULTIPLIER;
    if (what >= CALL && quantity < 0) requirement += -quantity * (kind === 1 ? price + 0.08 * (universe.price[underlying] as number) : 0.01 * (universe.price[underlying] as number)) * OPTION_MULTIPLIER;
    if (what === SPOT && kind === 1) requirement += Math.abs(quantity) * price * 0.15;
  }
  close();
  return { worth, requirement };
}
