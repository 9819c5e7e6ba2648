import { Decimal } from '../../../../shared/money.ts';
import type { Holding, OptionHolding } from '../../pool/holding.ts';
import { stockPool, type StockPool } from '../candidates.ts';
import { ZERO, type StrategyContext } from '../context.ts';
import { isStandard } from '../option-basis.ts';
import type { StrategyKind } from '../pairing.ts';
import { isFullyPaid, longRates } from '../stock-rates.ts';
import { callSideOfCollar, untilTheStrike } from '../protected.ts';
import { deliverSame } from '../vertical.ts';
import { amountOf, inPool, longAlone, longInSpread, optionValueInRequirement, shortAlone, stockAlone } from './amounts.ts';

/** What contracts of an option can be put to, beside being left alone; `gain` is what a unit saves there. */
export interface Use {
  option: number;
  gain: Decimal;
}

/** Options beside stock of one side, in the roles the rules name. Every contract outside `withCall` takes a lot of stock. */
export interface StockUses {
  pool: StockPool;
  covered: Use[];
  protective: Use[];
  /** Collars by class; a collar is limited by its put or by its call, whichever asks less, and so belongs to one of two lists. */
  collars: Collar[];
  reversals: { put: Use; call: Use }[];
  /** True when stock of every rate saves the same, so that the order in which it is used does not matter. */
  oneRate: boolean;
}

export interface Collar {
  limitedBy: 'put' | 'call';
  calls: Use[];
  puts: Use[];
}

/** What an underlying's options and stock could be put to, with stock on one side. */
export function stockUses(holdings: readonly Holding[], options: readonly OptionHolding[], short: boolean, unit: Decimal, context: StrategyContext): StockUses | null {
  const first = options.find(isStandard);
  const pool = first ? stockPool(holdings, first, short) : null;
  if (!pool) return null;
  const uses: StockUses = { pool, covered: [], protective: [], collars: [], reversals: [], oneRate: true };
  const standard = options.flatMap((holding, option) => (isStandard(holding) && holding.terms.currency === pool.holdings[0]?.terms.currency ? [{ holding, option }] : []));
  const saved = (kind: StrategyKind, members: readonly OptionHolding[]): Decimal | null => bestOver(uses, (stock) => {
    const shares = sharesOf(members[0] as OptionHolding, unit);
    const alone = stockAlone(stock, shares, context);
    const together = amountOf(kind, [{ holding: stock, quantity: shares }, ...members.map((holding) => ({ holding, quantity: unit }))], context);
    return alone && together && members.reduce((total: Decimal, holding) => total.plus(aloneOf(holding, unit, context)), alone).minus(together);
  });
  const collect = (into: Use[], kind: StrategyKind, members: readonly { holding: OptionHolding; option: number }[]): void => {
    for (const { holding, option } of members) {
      const gain = saved(kind, [holding]);
      if (gain?.gt(0)) into.push({ option, gain });
    }
  };
  const covering = standard.filter(({ holding }) => holding.quantity.isNegative() && holding.terms.right === (short ? 'put' : 'call'));
  collect(uses.covered, short ? 'coveredPut' : 'coveredCall', covering);
  if (context.rules.setting('option.protective') === 'none' || pool.holdings.some(isFullyPaid)) return uses;
  const protecting = standard.filter(({ holding }) => !holding.quantity.isNegative() && holding.terms.right === (short ? 'call' : 'put'));
  collect(uses.protective, short ? 'protectiveCall' : 'protectivePut', protecting);
  if (short) {
    for (const call of protecting) {
      for (const put of covering) {
        if (put.holding.terms.strike !== call.holding.terms.strike || put.holding.terms.expiry !== call.holding.terms.expiry || !deliverSame(put.holding, call.holding)) continue;
        const gain = saved('reversal', [call.holding, put.holding]);
        if (gain?.gt(0)) uses.reversals.push({ put: { option: put.option, gain }, call: { option: call.option, gain: ZERO } });
      }
    }
    return uses;
  }
  const classOf = ({ holding: { terms, multiplier } }: { holding: OptionHolding }): string => `${terms.expiry} ${multiplier.amount.toFixed()}`;
  const putsOf = Map.groupBy(protecting, classOf);
  for (const [key, calls] of Map.groupBy(covering, classOf)) uses.collars.push(...collars(uses, calls, putsOf.get(key) ?? [], unit, context));
  return uses;
}

interface Numbered {
  holding: OptionHolding;
  option: number;
}

/**
 * What a collar asks is the lesser of its put's side and its call's, so that its saving is the greater of two sums over
 * its legs: limited by the put, the call is asked nothing and the put its own side; limited by the call, the reverse.
 */
function collars(uses: StockUses, calls: readonly Numbered[], puts: readonly Numbered[], unit: Decimal, context: StrategyContext): Collar[] {
  const gainOfPut = ({ holding }: Numbered): Decimal | null => bestOver(uses, (stock) => {
    const shares = sharesOf(holding, unit);
    const asked = inPool(holding, untilTheStrike(holding, stock.price, context).amount, unit, context);
    return stockAlone(stock, shares, context)?.minus(asked).plus(longInSpread(holding, unit, context)) ?? null;
  });
  const gainOfCall = ({ holding }: Numbered): Decimal | null => bestOver(uses, (stock) => {
    const rates = longRates(stock, context);
    const asked = Decimal.max(...[rates.exchange, ...(rates.house ? [rates.house] : [])].map((rate) => callSideOfCollar(holding, stock, rate, context).amount));
    return stockAlone(stock, sharesOf(holding, unit), context)?.minus(inPool(holding, asked, unit, context)).plus(inPlaceOfAlone(holding, unit, context)) ?? null;
  });
  const coveredGain = new Map(uses.covered.map(({ option, gain }) => [option, gain]));
  const byPut: Collar = {
    limitedBy: 'put',
    calls: calls.map(({ holding, option }) => ({ option, gain: inPlaceOfAlone(holding, unit, context) })),
    puts: puts.flatMap((put) => {
      const gain = gainOfPut(put);
      return gain ? [{ option: put.option, gain }] : [];
    }),
  };
  const byCall: Collar = {
    limitedBy: 'call',
    calls: calls.flatMap((call) => {
      const gain = gainOfCall(call);
      // Covered it would need no put, and under most formulas it asks no more then.
      return gain?.gt(coveredGain.get(call.option) ?? ZERO) ? [{ option: call.option, gain }] : [];
    }),
    puts: puts.map(({ holding, option }) => ({ option, gain: longInSpread(holding, unit, context) })),
  };
  return [byPut, byCall].filter((collar) => collar.calls.length > 0 && collar.puts.length > 0);
}

function sharesOf({ multiplier }: OptionHolding, unit: Decimal): Decimal {
  return unit.times(multiplier.amount);
}

/** The most that stock of any of its rates saves: what bounds a pairing must not be too little. */
function bestOver(uses: StockUses, savedBy: (stock: StockPool['holdings'][number]) => Decimal | null): Decimal | null {
  let best: Decimal | null = null;
  uses.pool.holdings.forEach((stock, index) => {
    const saved = savedBy(stock);
    if (index > 0 && !(saved && best && saved.eq(best))) uses.oneRate = false;
    if (saved && (!best || saved.gt(best))) best = saved;
  });
  return best;
}

function aloneOf(holding: OptionHolding, unit: Decimal, context: StrategyContext): Decimal {
  return holding.quantity.isNegative() ? shortAlone(holding, unit, context) : longAlone(holding, unit, context);
}

/** What a short option saves where it is asked nothing of its own. */
export function inPlaceOfAlone(holding: OptionHolding, unit: Decimal, context: StrategyContext): Decimal {
  return shortAlone(holding, unit, context).minus(optionValueInRequirement(holding, unit, context));
}
