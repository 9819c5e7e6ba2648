import type { Instrument, InstrumentKind } from '../../../shared/domain/instrument.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { AccountInput, MarketInput, PoolInput, PositionInput } from '../input.ts';
import { PARTS_USED } from '../models.ts';
import type { Rules } from '../packs/rules.ts';
import { resolveRules, type PackShelf } from '../packs/shelf.ts';
import { scanMethod } from '../scan/rules.ts';

/** An account whose pools stand under other rules, and which of them do. */
export interface UnderRules {
  account: AccountInput;
  moved: ReadonlySet<string>;
}

const SECURITIES: readonly InstrumentKind[] = ['equity', 'etf', 'index', 'bond', 'option', 'warrant'];
const CONTRACTS: readonly InstrumentKind[] = ['future', 'perpetual', 'option'];

/**
 * The account as it would be under a stack of rule packs: every pool whose positions those rules are for moves under
 * them, the others stay. Faults: those of the packs, and `not-comparable` with the reason where no pool can move or where
 * one that should cannot.
 */
export function underRules(account: AccountInput, packs: readonly string[], market: MarketInput, shelf: PackShelf): Result<UnderRules> {
  const resolved = resolveRules(shelf, packs, market.businessDate);
  if (!resolved.ok) return resolved;
  const rules = resolved.value;
  const reasons = account.pools.map((pool) => ({ pool, reason: whyNotTaken(pool, rules, market) }));
  const taken = reasons.filter(({ pool, reason }) => reason === null && pool.positions.length > 0);
  // Pools that hold money only go where they must: with nothing else to move, they are what moves.
  const moving = taken.length > 0 ? taken : reasons.filter(({ reason }) => reason === null);
  if (moving.length === 0) return refused(reasons.map(({ pool, reason }) => `pool ${pool.id}: ${reason ?? ''}`).join('; '));
  for (const { pool } of moving) {
    const problem = whyImpossible(pool, rules, market);
    if (problem !== null) return refused(`pool ${pool.id}: ${problem}`);
  }
  const moved = new Set(moving.map(({ pool }) => pool.id));
  const pools = account.pools.map((pool) => (moved.has(pool.id) ? { ...pool, model: rules.model, packs, positions: pool.positions.map((position) => carriedUnder(position, rules, market)) } : pool));
  return succeed({ account: { ...account, pools }, moved });
}

function refused(reason: string): Result<never> {
  return fail({ code: 'not-comparable', message: `The account cannot be under these rules: ${reason}.` });
}

/** Why the rules are not for what a pool holds; null when they are. */
function whyNotTaken({ positions }: PoolInput, rules: Rules, market: MarketInput): string | null {
  const kinds = kindsOf(rules);
  if (kinds === null) return null;
  const odd = positions.find(({ instrument }) => !kinds.includes(market.instruments.get(instrument)?.kind ?? 'other'));
  if (!odd) return null;
  const kind = market.instruments.get(odd.instrument)?.kind;
  return `${odd.instrument} is ${kind ? KIND_WORDS[kind] : 'not known'}, and these rules are for ${kinds === CONTRACTS ? 'futures, perpetuals and options' : kinds.includes('future') ? 'futures' : 'securities and options on them'}`;
}

/** What the rules can margin at all; null for rules that take every kind. */
function kindsOf(rules: Rules): readonly InstrumentKind[] | null {
  if (rules.model === 'strategy') return SECURITIES;
  if (rules.model === 'fixed') return ['future'];
  if (rules.model === 'bracket') return CONTRACTS;
  if (rules.model !== 'scan') return null;
  return scanMethod(rules) === 'classes' ? SECURITIES : CONTRACTS;
}

const KIND_WORDS: Record<Instrument['kind'], string> = { equity: 'stock', etf: 'a fund', index: 'an index', bond: 'a bond', option: 'an option', future: 'a future', perpetual: 'a perpetual', coin: 'a coin', loan: 'a loan', cfd: 'a contract for difference', warrant: 'a warrant', other: 'of another kind' };

/** Why a pool that the rules are for cannot be under them all the same. */
function whyImpossible(pool: PoolInput, rules: Rules, market: MarketInput): string | null {
  const part = (['collateral', 'debt', 'orders', 'external'] as const).find((name) => pool[name] !== undefined && !PARTS_USED[rules.model].includes(name));
  if (part) return `it holds ${PART_WORDS[part]}, which these rules leave out`;
  const short = isCashOnly(rules) && pool.positions.find(({ instrument, quantity }) => quantity.startsWith('-') && market.instruments.get(instrument)?.kind !== 'option');
  if (short) return `${short.instrument} is short, which a cash account cannot be`;
  return null;
}

const PART_WORDS = { collateral: 'collateral', debt: 'debt', orders: 'open orders', external: 'amounts from outside' } as const;

function isCashOnly(rules: Rules): boolean {
  return rules.model === 'strategy' && rules.setting('option.uncovered') === 'cashSecured';
}

/** Where a broker would carry the position under those rules: paid in full in a cash account, on margin elsewhere. */
function carriedUnder(position: PositionInput, rules: Rules, market: MarketInput): PositionInput {
  if (rules.model !== 'strategy') return position;
  const { subType, quantity, instrument } = position;
  if (isCashOnly(rules)) return subType === 'margin' ? { ...position, subType: 'cash' } : position;
  const kind = market.instruments.get(instrument)?.kind;
  const isShortStock = quantity.startsWith('-') && (kind === 'equity' || kind === 'etf');
  if (subType !== 'cash') return position;
  return { ...position, subType: isShortStock ? 'short' : 'margin' };
}
