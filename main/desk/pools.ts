import type { CashFact, PositionFact, Regime } from '../../shared/domain/facts.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { MarginModelId, PoolInput, PositionInput, Sweep } from '../engine/input.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { settledPrice } from './settled-price.ts';

/** Securities of an account, under the rules of its regime. */
export const CROSS_POOL = 'cross';
/** Futures of an account, at a fixed margin per contract. */
export const FUTURES_POOL = 'futures';

/**
 * Pack layers by an account's regime, lowest layer first. A file does not say at which venue a venue account is, so it is
 * shown under the rules-based packs and badged "indicative" wherever it appears.
 */
const PACKS: Record<Regime, readonly string[]> = {
  cash: ['cash-account'],
  regT: ['us-reg-t', 'us-day-trading', 'house-standard', 'broker-list'],
  portfolio: ['us-portfolio-margin'],
  venue: ['us-reg-t', 'house-standard', 'broker-list'],
};
export const FUTURES_PACKS = ['us-futures', 'house-futures'];

export function packsForRegime(regime: Regime): readonly string[] {
  return PACKS[regime];
}

/** Portfolio margin is by risk; everything else by rule. */
function modelForRegime(regime: Regime): MarginModelId {
  return regime === 'portfolio' ? 'scan' : 'strategy';
}

/** True when the account's own regime is not the one its figures are computed under: only a calc pack says the venue's rules. */
export function isIndicative({ account, given }: Pick<AccountHoldings, 'account' | 'given'>): boolean {
  return account.regime === 'venue' && given === undefined;
}

/** What margins together in an account, and whether the broker moves money between the two. */
export interface AccountPools {
  pools: PoolInput[];
  sweep: Sweep | null;
}

/** Holdings of an account that margin apart from each other, as the engine takes them: made when they are looked at. */
export interface Parts {
  futures: Part;
  securities: Part;
}

export interface Part {
  isEmpty: boolean;
  positions: () => readonly PositionInput[];
}

/**
 * Futures margin apart from securities. Where the source states the money of the futures segment, each pool has its own;
 * where it states one balance for both, the broker sweeps, and the securities keep the futures at their requirement.
 */
export function poolsOf(account: AccountHoldings, holdings: Holdings, { futures, securities }: Parts = partsOf(account, holdings)): AccountPools {
  const segment = account.cash.filter(({ kind, amount }) => kind === 'futuresSegment' && amount !== '0');
  if (futures.isEmpty && segment.length === 0) return { pools: [crossPool(account, securities, account.cash)], sweep: null };
  const rest = account.cash.filter((cash) => !segment.includes(cash));
  const hasSecurities = !securities.isEmpty || account.exclusions.length > 0;
  if (segment.length > 0) {
    const apart = futuresPool(account, futures, segment);
    const isAlone = !hasSecurities && rest.every(({ amount }) => amount === '0');
    return { pools: isAlone ? [apart] : [crossPool(account, securities, rest), apart], sweep: null };
  }
  if (!hasSecurities) return { pools: [futuresPool(account, futures, rest)], sweep: null };
  return { pools: [crossPool(account, securities, rest), futuresPool(account, futures, [])], sweep: { from: CROSS_POOL, to: FUTURES_POOL } };
}

function partsOf(account: AccountHoldings, holdings: Holdings): Parts {
  const futures: PositionFact[] = [];
  const securities: PositionFact[] = [];
  for (const position of account.positions) {
    // A leg closed on a branch stays on screen at zero; the engine margins what is held.
    if (position.quantity !== '0') (isFuture(position, holdings) ? futures : securities).push(position);
  }
  const { asOf } = account.account;
  return {
    futures: { isEmpty: futures.length === 0, positions: () => futures.map((position) => positionInput(position, asOf, holdings)) },
    securities: { isEmpty: securities.length === 0, positions: () => securities.map(plainInput) },
  };
}

/** A position as the engine takes it, and in which part. */
export interface TakenPosition {
  isFuture: boolean;
  input: PositionInput;
}

/** Null of a leg closed on a branch. */
export function takePosition(position: PositionFact, day: IsoDate, holdings: Holdings): TakenPosition | null {
  return position.quantity === '0' ? null : { isFuture: isFuture(position, holdings), input: positionInput(position, day, holdings) };
}

function plainInput({ instrument, subType, quantity, entryPrice }: PositionFact): PositionInput {
  return { instrument, subType, quantity, entryPrice };
}

function isFuture({ subType, instrument }: PositionFact, { instruments }: Holdings): boolean {
  return subType === 'futures' || instruments.get(instrument)?.terms.kind === 'future';
}

function crossPool({ account: { regime, baseCurrency }, exclusions }: AccountHoldings, { positions }: Part, cash: readonly CashFact[]): PoolInput {
  return withPositions({ id: CROSS_POOL, mode: 'cross', model: modelForRegime(regime), packs: packsForRegime(regime), excluded: excludedInputs(exclusions), currency: baseCurrency, cash: cashInputs(cash) }, positions);
}

function futuresPool({ account: { baseCurrency } }: AccountHoldings, { positions }: Part, cash: readonly CashFact[]): PoolInput {
  return withPositions({ id: FUTURES_POOL, mode: 'cross', model: 'fixed', packs: FUTURES_PACKS, excluded: [], currency: baseCurrency, cash: cashInputs(cash) }, positions);
}

// Edits leave them alone, and so does the engine then.
const known = new WeakMap<AccountHoldings['exclusions'], PoolInput['excluded']>();

function excludedInputs(exclusions: AccountHoldings['exclusions']): PoolInput['excluded'] {
  const before = known.get(exclusions);
  if (before) return before;
  const excluded = exclusions.map(({ symbol, reason, short }) => ({ symbol, reason, short }));
  known.set(exclusions, excluded);
  return excluded;
}

function cashInputs(cash: readonly CashFact[]): PoolInput['cash'] {
  return cash.map(({ currency, kind, amount, valueDate }) => ({ currency, kind, amount, valueDate }));
}

/** A pool whose positions are made when somebody looks at them first. */
function withPositions(pool: Omit<PoolInput, 'positions'>, positions: Part['positions']): PoolInput {
  let made: PoolInput['positions'] | null = null;
  return {
    ...pool,
    get positions() {
      return (made ??= positions());
    },
  };
}

/** A position that did not change keeps the day it was first seen; the account's day is that of its cash. */
export function positionInput(position: PositionFact, day: IsoDate, holdings: Holdings): PositionInput {
  const settled = isFuture(position, holdings) ? settledPrice(holdings, position.instrument, day) : undefined;
  return { ...plainInput(position), ...(settled === undefined ? {} : { settledPrice: settled }) };
}
