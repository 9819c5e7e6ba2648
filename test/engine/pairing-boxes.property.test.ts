import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { viewMarket } from '../../main/engine/market/market-view.ts';
import { resolveRules, shippedPacks } from '../../main/engine/packs/shelf.ts';
import type { Holding, OptionHolding, StockHolding } from '../../main/engine/pool/holding.ts';
import { holdingsOf, preparePool } from '../../main/engine/pool/prepare-pool.ts';
import { strategyContext, type StrategyContext } from '../../main/engine/strategy/context.ts';
import { pairOptimally } from '../../main/engine/strategy/optimal-pairing.ts';
import { withBoxes } from '../../main/engine/strategy/pair-boxes.ts';
import type { PairedStrategy, StrategyKind } from '../../main/engine/strategy/pairing.ts';
import { priceStrategy } from '../../main/engine/strategy/price-strategy.ts';
import { accountOf, call, idOf, marketOf, put, stock, TODAY, type Desk } from './build.ts';
import { decimalBetween } from './random-book.ts';

const OPTIONS = ['40', '50', '60'].flatMap((strike) => [call('XYZ', strike), put('XYZ', strike)]);
const BY_ID = new Map(OPTIONS.map((option) => [idOf(option), option]));
const lots = fc.constantFrom(0, 1, 1, 2, 3);

/**
 * Stock long and short in whole lots, and up to three single contracts of one expiry. Options may be dear: covering a call
 * can then save more than a box does, and a put worth nearly its strike must not count as a group of its own.
 */
const books: fc.Arbitrary<Desk> = fc
  .record({ legs: fc.uniqueArray(fc.tuple(fc.constantFrom(...BY_ID.keys()), fc.constantFrom(-1, 1), decimalBetween(0, 60, 1)), { minLength: 1, maxLength: 3, selector: ([id]) => id }), long: lots, short: lots, spot: decimalBetween(20, 90, 1), packs: fc.constantFrom(['us-reg-t'], ['us-reg-t', 'house-standard']) })
  .map(({ legs, long, short, spot, packs }) => ({
    instruments: { XYZ: stock(), ...Object.fromEntries(legs.map(([id]) => [id, BY_ID.get(id) ?? stock()])) },
    prices: { XYZ: spot, ...Object.fromEntries(legs.map(([id, , price]) => [id, price])) },
    positions: [...legs.map(([id, quantity]) => [id, String(quantity)] as const), ['XYZ', String(long * 100), 'margin'] as const, ['XYZ', String(short * -100), 'short'] as const],
    packs,
  }));

function prepared(desk: Desk): { holdings: Holding[]; context: StrategyContext } {
  const rules = resolveRules(shippedPacks(), desk.packs ?? [], TODAY);
  if (!rules.ok) throw new Error(rules.fault.message);
  const market = viewMarket(marketOf(desk));
  const account = accountOf(desk);
  const [pool] = account.pools;
  if (!pool) throw new Error('no pool');
  return { holdings: holdingsOf(preparePool(account, pool, market, rules.value)), context: strategyContext('USD', market, rules.value) };
}

function costOf(strategies: readonly PairedStrategy[], context: StrategyContext): Decimal {
  return strategies.flatMap((strategy) => priceStrategy(strategy, context) ?? []).reduce((total: Decimal, { houseMaintenance }) => total.plus(houseMaintenance.amount), new Decimal(0));
}

interface Stock {
  long: StockHolding | undefined;
  short: StockHolding | undefined;
}

/** Every way to put the contracts into blocks and a lot of one side beside each; what is left is boxed as far as it goes. */
function leastByTrial({ holdings, context }: ReturnType<typeof prepared>): Decimal {
  const options = holdings.filter((holding): holding is OptionHolding => holding.class === 'option');
  const stocks = holdings.filter((holding): holding is StockHolding => holding.class === 'stock');
  const sides: Stock = { long: stocks.find(({ quantity }) => !quantity.isNegative()), short: stocks.find(({ quantity }) => quantity.isNegative()) };
  const count = (holding: StockHolding | undefined): number => holding?.quantity.abs().div(100).toNumber() ?? 0;
  return Decimal.min(...blocksOf(options).flatMap((blocks) => trial(blocks, [count(sides.long), count(sides.short)], sides, context)));
}

function blocksOf([first, ...rest]: readonly OptionHolding[]): OptionHolding[][][] {
  if (!first) return [[]];
  return blocksOf(rest).flatMap((blocks) => [[[first], ...blocks], ...blocks.map((block, at) => blocks.map((other, index) => (index === at ? [first, ...block] : other)))]);
}

function trial([block, ...rest]: readonly OptionHolding[][], [long, short]: readonly [number, number], sides: Stock, context: StrategyContext): Decimal[] {
  if (!block) return [leftOver(long, short, sides, context)];
  const legs = block.map((holding) => ({ holding, quantity: new Decimal(1) }));
  const withLot = (lot: StockHolding | undefined, left: readonly [number, number]): Decimal[] =>
    kindsOf(block, lot).flatMap((kind) => {
      const cost = costOf([{ kind, legs: lot ? [{ holding: lot, quantity: new Decimal(100) }, ...legs] : legs }], context);
      return trial(rest, left, sides, context).map((others) => others.plus(cost));
    });
  return [...withLot(undefined, [long, short]), ...(long > 0 ? withLot(sides.long, [long - 1, short]) : []), ...(short > 0 ? withLot(sides.short, [long, short - 1]) : [])];
}

function leftOver(long: number, short: number, sides: Stock, context: StrategyContext): Decimal {
  const boxed = Math.min(long, short);
  const leg = (holding: StockHolding, count: number): { holding: StockHolding; quantity: Decimal } => ({ holding, quantity: new Decimal(count * 100) });
  const strategies: PairedStrategy[] = boxed > 0 && sides.long && sides.short ? [{ kind: 'box', legs: [leg(sides.long, boxed), leg(sides.short, boxed)] }] : [];
  if (sides.long && long > boxed) strategies.push({ kind: 'single', legs: [leg(sides.long, long - boxed)] });
  if (sides.short && short > boxed) strategies.push({ kind: 'single', legs: [leg(sides.short, short - boxed)] });
  return costOf(strategies, context);
}

/** What the rules allow for contracts of one expiry, with a lot of stock or without. */
function kindsOf(block: readonly OptionHolding[], lot: StockHolding | undefined): StrategyKind[] {
  const shorts = block.filter(({ quantity }) => quantity.isNegative());
  const longs = block.filter(({ quantity }) => !quantity.isNegative());
  const calls = (side: readonly OptionHolding[]): number => side.filter(({ terms }) => terms.right === 'call').length;
  if (!lot) {
    if (block.length === 1) return ['single'];
    if (longs.length === 0) return shorts.length === 2 && calls(shorts) === 1 ? ['straddle'] : [];
    const puts = (side: readonly OptionHolding[]): number => side.length - calls(side);
    return shorts.length > 0 && calls(shorts) <= calls(longs) && puts(shorts) <= puts(longs) ? ['spread'] : [];
  }
  const under = lot.quantity.isNegative();
  const [short, long] = [shorts[0], longs[0]];
  const covers = short?.terms.right === (under ? 'put' : 'call');
  const protects = long?.terms.right === (under ? 'call' : 'put');
  if (block.length === 1) return covers ? [under ? 'coveredPut' : 'coveredCall'] : protects ? [under ? 'protectiveCall' : 'protectivePut'] : [];
  if (block.length !== 2 || !covers || !protects || !short || !long) return [];
  const order = Number(long.terms.strike) - Number(short.terms.strike);
  return under ? (order === 0 ? ['reversal'] : []) : order <= 0 ? ['collar'] : [];
}

test('stock long and short and options: no way by hand asks less, and the bound is never above the least', () => {
  let boxedFirst = 0;
  fc.assert(
    fc.property(books, (desk) => {
      const book = prepared(desk);
      const pairing = withBoxes(pairOptimally)(book.holdings, book.context);
      const cost = costOf(pairing.strategies, book.context);
      expect(cost.toFixed()).toBe(leastByTrial(book).toFixed());
      expect(pairing.proved).toBe(true);
      const quality = pairing.quality?.();
      if (quality) expect([quality.cost.toFixed(), quality.gap.toFixed(), quality.greedy().gte(cost)]).toEqual([cost.toFixed(), '0', true]);
      if (pairing.strategies.some(({ kind }) => kind === 'box') && pairing.strategies.length > 2) boxedFirst += 1;
    }),
    { numRuns: Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? '1000') },
  );
  expect(boxedFirst).toBeGreaterThan(40);
});
