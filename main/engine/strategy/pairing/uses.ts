import { Decimal } from '../../../../shared/money.ts';
import type { Holding, OptionHolding, StockHolding } from '../../pool/holding.ts';
import { stockPool, type StockPool } from '../candidates.ts';
import { ZERO, type StrategyContext } from '../context.ts';
import { nakedCharge } from '../naked.ts';
import { isStandard } from '../option-basis.ts';
import type { StrategyKind } from '../pairing.ts';
import { callSideOfCollar, untilTheStrike } from '../protected.ts';
import { isFullyPaid, longRates } from '../stock-rates.ts';
import { deliverSame } from '../vertical.ts';
import { amountOf, inPool, longAlone, shortAlone, stockAlone } from './amounts.ts';

/** What contracts of an option can be put to, beside being left alone; `gain` is what a unit saves there. */
export interface Use {
  option: number;
  gain: Decimal;
}

/** Options beside stock of one side, in the roles the rules name. */
export interface StockUses {
  pool: StockPool;
  covered: Use[];
  protective: Use[];
  /** By expiry. What a collar asks is the lesser of its put's side and its call's, so that each belongs to one of two lists. */
  collars: Collar[];
  reversals: { put: Use; call: Use }[];
  /** True when stock of every rate saves the same, so that the order in which it is used does not matter. */
  oneRate: boolean;
}

/** Calls and puts that can be collars together: limited by the put, which then takes the stock, or by the call. */
export interface Collar {
  limitedBy: 'put' | 'call';
  calls: Use[];
  puts: Use[];
}

/** Everything that making the uses needs: `inPlace` is what a unit of each option saves where nothing of its own is asked. */
export interface Book {
  holdings: readonly Holding[];
  options: readonly OptionHolding[];
  inPlace: readonly Decimal[];
  unit: Decimal;
  context: StrategyContext;
}

interface Numbered {
  holding: OptionHolding;
  option: number;
}

/** What an underlying's options could be put to, with stock on one side; null where there is none. */
export function stockUses(book: Book, short: boolean): StockUses | null {
  const { holdings, options, context } = book;
  const first = options.find(isStandard);
  const pool = first ? stockPool(holdings, first, short) : null;
  if (!pool) return null;
  const uses: StockUses = { pool, covered: [], protective: [], collars: [], reversals: [], oneRate: true };
  const saved = saver(book, uses);
  const standard = options.flatMap((holding, option): Numbered[] => (isStandard(holding) && holding.terms.currency === pool.holdings[0]?.terms.currency ? [{ holding, option }] : []));
  const covering = standard.filter(({ holding }) => holding.quantity.isNegative() && holding.terms.right === (short ? 'put' : 'call'));
  uses.covered = gainful(covering, (member) => saved(member, (stock, alone) => coveredSaving(stock, alone, member.holding, book.unit, book.inPlace[member.option] as Decimal, context)));
  if (context.rules.setting('option.protective') === 'none' || pool.holdings.some(isFullyPaid)) return uses;
  const protecting = standard.filter(({ holding }) => !holding.quantity.isNegative() && holding.terms.right === (short ? 'call' : 'put'));
  const underPut = (member: Numbered): Decimal | null => saved(member, (stock, alone) => alone.minus(ownSide(member.holding, stock, book)));
  const sides = protecting.flatMap((member) => {
    const side = underPut(member);
    return side ? [{ member, side }] : [];
  });
  // Where the put's side is more than the stock's own, nothing is saved.
  uses.protective = sides.map(({ member: { option }, side }) => ({ option, gain: side.plus(book.inPlace[option] as Decimal) })).filter(({ gain }) => gain.gt(0));
  if (short) uses.reversals = reversals(book, covering, protecting, saved);
  else uses.collars = collarsOf(book, uses, covering, sides.map(({ member, side }) => ({ ...member, side })), saved);
  return uses;
}

function gainful(members: readonly Numbered[], gainOf: (member: Numbered) => Decimal | null): Use[] {
  return members.flatMap((member) => {
    const gain = gainOf(member);
    return gain?.gt(0) ? [{ option: member.option, gain }] : [];
  });
}

type Saver = (member: Numbered, savedWith: (stock: StockHolding, alone: Decimal) => Decimal | null) => Decimal | null;

/** The most that stock of any of its rates saves: what bounds a pairing must not be too little. */
function saver({ unit, context }: Book, uses: StockUses): Saver {
  return ({ holding }, savedWith) => {
    let best: Decimal | null = null;
    uses.pool.holdings.forEach((stock, index) => {
      const alone = stockAlone(stock, unit.times(holding.multiplier.amount), context);
      const saved = alone && savedWith(stock, alone);
      if (index > 0 && !(saved && best && saved.eq(best))) uses.oneRate = false;
      if (saved && (!best || saved.gt(best))) best = saved;
    });
    return best;
  };
}

/**
 * What a unit of a short option saves under stock that asks this alone. The plain rules are worked out here in amounts; other
 * formulas are asked of the charge.
 */
export function coveredSaving(stock: StockHolding, alone: Decimal, holding: OptionHolding, unit: Decimal, inPlace: Decimal, context: StrategyContext): Decimal | null {
  const call = holding.terms.right === 'call';
  const { exchange, basis } = nakedCharge(holding, context);
  if (!exchange || (call && context.rules.setting('option.coveredCall') !== 'strikeCap')) {
    const shares = unit.times(holding.multiplier.amount);
    const together = amountOf(call ? 'coveredCall' : 'coveredPut', [{ holding: stock, quantity: shares }, { holding, quantity: unit }], context);
    return together && alone.plus(shortAlone(holding, unit, context)).minus(together);
  }
  const [price, strike] = [stock.price.amount, basis.strike.amount];
  const inTheMoney = inPool(holding, Decimal.max(ZERO, call ? price.minus(strike) : strike.minus(price)), unit, context);
  const capped = call && price.gt(strike) ? rateOf(stock, context).times(inTheMoney) : ZERO;
  return inPlace.plus(capped).minus(inTheMoney);
}

/** Stock's rate of house maintenance, floored at the exchange's. */
function rateOf(stock: StockHolding, context: StrategyContext): Decimal {
  const { exchange, house } = longRates(stock, context);
  return house ? Decimal.max(exchange.figure.amount, house.figure.amount) : exchange.figure.amount;
}

/** What can be lost until a long option stops the loss. */
function ownSide(holding: OptionHolding, stock: StockHolding, { unit, context }: Book): Decimal {
  return inPool(holding, untilTheStrike(holding, stock.price, context).amount, unit, context);
}

function reversals({ unit, context }: Book, puts: readonly Numbered[], calls: readonly Numbered[], saved: Saver): StockUses['reversals'] {
  const byStrike = Map.groupBy(calls, ({ holding: { terms } }) => `${terms.expiry} ${terms.strike}`);
  return puts.flatMap((put) => (byStrike.get(`${put.holding.terms.expiry} ${put.holding.terms.strike}`) ?? []).flatMap((call) => {
    if (!deliverSame(put.holding, call.holding)) return [];
    const gain = saved(put, (stock, alone) => {
      const legs = [{ holding: stock, quantity: unit.times(put.holding.multiplier.amount) }, { holding: call.holding, quantity: unit }, { holding: put.holding, quantity: unit }];
      const together = amountOf('reversal' satisfies StrategyKind, legs, context);
      return together && alone.plus(shortAlone(put.holding, unit, context)).plus(longAlone(call.holding, unit, context)).minus(together);
    });
    return gain?.gt(0) ? [{ put: { option: put.option, gain }, call: { option: call.option, gain: ZERO } }] : [];
  }));
}

/** Limited by the put, the call is asked nothing and the put its own side; limited by the call, the reverse. */
function collarsOf(book: Book, uses: StockUses, calls: readonly Numbered[], puts: readonly (Numbered & { side: Decimal })[], saved: Saver): Collar[] {
  const { inPlace, context, unit } = book;
  const covered = new Map(uses.covered.map(({ option, gain }) => [option, gain]));
  const classOf = ({ holding: { terms, multiplier } }: Numbered): string => `${terms.expiry} ${multiplier.amount.toFixed()}`;
  const putsOf = Map.groupBy(puts, classOf);
  return [...Map.groupBy(calls, classOf)].flatMap(([key, members]) => {
    const under = putsOf.get(key) ?? [];
    const byPut: Collar = {
      limitedBy: 'put',
      calls: members.map(({ option }) => ({ option, gain: inPlace[option] as Decimal })),
      puts: under.map(({ option, side }) => ({ option, gain: side.plus(inPlace[option] as Decimal) })),
    };
    const byCall: Collar = {
      limitedBy: 'call',
      calls: members.flatMap((call) => {
        const gain = saved(call, (stock, alone) => alone.minus(sideOfCall(call, stock, unit, context)).plus(inPlace[call.option] as Decimal));
        // Covered it would need no put, and under most formulas it asks no more then.
        return gain?.gt(covered.get(call.option) ?? ZERO) ? [{ option: call.option, gain }] : [];
      }),
      puts: under.map(({ option }) => ({ option, gain: inPlace[option] as Decimal })),
    };
    return [byPut, byCall].filter((collar) => collar.calls.length > 0 && collar.puts.length > 0);
  });
}

function sideOfCall({ holding }: Numbered, stock: StockHolding, unit: Decimal, context: StrategyContext): Decimal {
  const { exchange, house } = longRates(stock, context);
  const sides = [exchange, ...(house ? [house] : [])].map((rate) => callSideOfCollar(holding, stock, rate, context).amount);
  return inPool(holding, Decimal.max(...sides), unit, context);
}
