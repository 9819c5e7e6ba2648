import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { Holding, StockHolding } from '../pool/holding.ts';
import { aloneFigure, figureOf } from './candidates.ts';
import { exchangesInto, type LongAgainst } from './box.ts';
import { ZERO, type StrategyContext } from './context.ts';
import type { Leg, PairedStrategy, Pairing, PairingFunction, PairingQuality } from './pairing.ts';
import { amountOf, costOf } from './pairing/amounts.ts';
import { isFullyPaid } from './stock-rates.ts';

/** More lots than this are not tried one by one. */
const LOTS_TRIED_MAX = 6;
/** Of more lots, these parts are boxed first. */
const PARTS = 4;

/**
 * A pairing with stock held long and short set against each other. Stock that nothing else uses is boxed. Options could
 * use it too: so some lots are boxed first, the rest paired, and what that leaves boxed as well; of all numbers of lots
 * the least is taken. With few lots every number is tried, which proves the pairing where each of them was proved and
 * only whole lots can be boxed. Otherwise the bound is what no box could do better.
 */
export function withBoxes(pair: PairingFunction): PairingFunction {
  return (holdings, context) => {
    const plain = pair(holdings, context);
    const shorts = holdings.filter((holding) => holding.class === 'stock' && holding.quantity.isNegative());
    if (shorts.length === 0 || !holdings.some(canBeLong)) return plain;
    const all = boxesOf(wholeOf(holdings), context);
    if (all.length === 0) return plain;
    const after = { ...plain, strategies: boxed(plain.strategies, context) };
    const options = holdings.some(({ class: kind }) => kind === 'option');
    if (!options) return { ...after, candidates: () => [...plain.candidates(), ...chargesOf(all, context)] };
    const tried = triedLots(holdings, all).map((shares) => boxFirst(holdings, partOf(all, shares), pair, context));
    return leastOf([after, ...tried], plain, all, everyLotTried(holdings, all), context);
  };
}

function canBeLong(holding: Holding): holding is LongAgainst {
  if (holding.quantity.isNegative() || holding.class === 'option') return false;
  return holding.class === 'bond' || !isFullyPaid(holding);
}

function wholeOf(holdings: readonly Holding[]): Leg[] {
  return holdings.map((holding) => ({ holding, quantity: holding.quantity.abs() }));
}

/** The same security first, since it is charged less; then what can be exchanged, in whole units. Only what saves. */
function boxesOf(legs: readonly Leg[], context: StrategyContext): PairedStrategy[] {
  const left = new Map(legs.map(({ holding, quantity }) => [holding, quantity]));
  const shorts = legs.filter((leg): leg is Leg<StockHolding> => leg.holding.class === 'stock' && leg.holding.quantity.isNegative());
  const longs = legs.filter((leg): leg is Leg<LongAgainst> => canBeLong(leg.holding));
  const found: PairedStrategy[] = [];
  for (const same of [true, false]) {
    for (const short of shorts) {
      for (const long of longs) {
        const ratio = ratioOf(long.holding, short.holding);
        if (!ratio || (long.holding.instrument === short.holding.instrument) !== same) continue;
        const open = left.get(short.holding) ?? ZERO;
        const wanted = same ? open : open.div(ratio).floor();
        const quantity = Decimal.min(left.get(long.holding) ?? ZERO, wanted);
        if (quantity.lte(0)) continue;
        const box: PairedStrategy = { kind: same ? 'box' : 'exchangeable', legs: [{ holding: long.holding, quantity }, { holding: short.holding, quantity: quantity.times(ratio) }] };
        if (!savingOf(box, context).gt(0)) continue;
        found.push(box);
        left.set(long.holding, (left.get(long.holding) ?? ZERO).minus(quantity));
        left.set(short.holding, open.minus(quantity.times(ratio)));
      }
    }
  }
  return found;
}

/** Shares sold short that one unit of the long holding stands against; null when it stands against none. */
function ratioOf(long: Holding, short: Holding): Decimal | null {
  if (long.instrument === short.instrument) return new Decimal(1);
  const into = exchangesInto(long);
  return into?.instrument === short.instrument ? fromDecimalText(into.quantity) : null;
}

function savingOf(box: PairedStrategy, context: StrategyContext): Decimal {
  const together = amountOf(box.kind, box.legs, context);
  const apart = box.legs.map((leg) => amountOf('single', [leg], context));
  if (!together || apart.some((amount) => amount === null)) return ZERO;
  return apart.reduce((total: Decimal, amount) => total.plus(amount ?? ZERO), ZERO).minus(together);
}

function savedBy(boxes: readonly PairedStrategy[], context: StrategyContext): Decimal {
  return boxes.reduce((total: Decimal, box) => total.plus(savingOf(box, context)), ZERO);
}

/** Single legs of a pairing set against each other. */
function boxed(strategies: readonly PairedStrategy[], context: StrategyContext): PairedStrategy[] {
  const singles = strategies.filter(({ kind }) => kind === 'single').flatMap(({ legs }) => legs);
  const boxes = boxesOf(singles, context);
  return [...strategies.filter(({ kind }) => kind !== 'single'), ...boxes, ...without(singles, boxes)];
}

function without(legs: readonly Leg[], boxes: readonly PairedStrategy[]): PairedStrategy[] {
  const used = boxes.flatMap((box) => box.legs);
  return legs.flatMap(({ holding, quantity }): PairedStrategy[] => {
    const left = used.filter((leg) => leg.holding === holding).reduce((rest: Decimal, leg) => rest.minus(leg.quantity), quantity);
    return left.gt(0) ? [{ kind: 'single', legs: [{ holding, quantity: left }] }] : [];
  });
}

/** The pairing of what boxing leaves, told of the holdings as they are. */
function boxFirst(holdings: readonly Holding[], boxes: PairedStrategy[], pair: PairingFunction, context: StrategyContext): Pairing {
  const original = new Map<Holding, Holding>();
  const rest = without(wholeOf(holdings), boxes).flatMap(({ legs }) => legs).map(({ holding, quantity }) => {
    const signed = holding.quantity.isNegative() ? quantity.neg() : quantity;
    const reduced = signed.eq(holding.quantity) ? holding : { ...holding, quantity: signed };
    original.set(reduced, holding);
    return reduced;
  });
  const pairing = pair(rest, context);
  const strategies = pairing.strategies.map(({ kind, legs }): PairedStrategy => ({ kind, legs: legs.map((leg) => ({ ...leg, holding: original.get(leg.holding) ?? leg.holding })) }));
  return { ...pairing, strategies: boxed([...boxes, ...strategies], context) };
}

/** Shares to box before options are paired, beside none. */
function triedLots(holdings: readonly Holding[], boxes: readonly PairedStrategy[]): Decimal[] {
  const lot = lotOf(holdings);
  const lots = sharesOf(boxes).div(lot).floor().toNumber();
  if (lots <= LOTS_TRIED_MAX) return Array.from({ length: lots }, (_, index) => lot.times(index + 1));
  return Array.from({ length: PARTS }, (_, index) => lot.times(Math.floor((lots * (index + 1)) / PARTS)));
}

function everyLotTried(holdings: readonly Holding[], boxes: readonly PairedStrategy[]): boolean {
  const multipliers = new Set(holdings.flatMap((holding) => (holding.class === 'option' ? [holding.multiplier.amount.toFixed()] : [])));
  const lots = sharesOf(boxes).div(lotOf(holdings));
  return multipliers.size === 1 && boxes.every(({ kind }) => kind === 'box') && lots.isInteger() && lots.lte(LOTS_TRIED_MAX);
}

/** The least number of shares that an option of the underlying uses. */
function lotOf(holdings: readonly Holding[]): Decimal {
  return Decimal.min(...holdings.flatMap((holding) => (holding.class === 'option' ? [holding.multiplier.amount] : [])));
}

/** Shares sold short that boxes use. */
function sharesOf(boxes: readonly PairedStrategy[]): Decimal {
  return boxes.reduce((total: Decimal, { legs }) => total.plus(legs[1]?.quantity ?? ZERO), ZERO);
}

/** The first boxes, up to a number of shares sold short; what is exchanged in whole units. */
function partOf(boxes: readonly PairedStrategy[], shares: Decimal): PairedStrategy[] {
  let open = shares;
  return boxes.flatMap(({ kind, legs: [long, short] }): PairedStrategy[] => {
    const ratio = long && short && ratioOf(long.holding, short.holding);
    if (!ratio) return [];
    const wanted = kind === 'box' ? open : open.div(ratio).floor();
    const quantity = Decimal.min(long.quantity, wanted);
    open = open.minus(quantity.times(ratio));
    return quantity.gt(0) ? [{ kind, legs: [{ ...long, quantity }, { ...short, quantity: quantity.times(ratio) }] }] : [];
  });
}

function leastOf(tried: readonly Pairing[], plain: Pairing, boxes: readonly PairedStrategy[], complete: boolean, context: StrategyContext): Pairing {
  const costs = tried.map((pairing) => costOf(pairing.strategies, context));
  const cost = Decimal.min(...costs);
  const best = tried[costs.findIndex((one) => one.eq(cost))] ?? plain;
  const proved = complete && tried.every((pairing) => pairing.proved);
  const bound = (): Decimal => (proved ? cost : boundOf(plain, context).minus(savedBy(boxes, context)));
  const quality = plain.quality && (() => qualityOf((plain.quality as () => PairingQuality)(), cost, bound(), proved));
  return { strategies: best.strategies, candidates: () => [...tried.flatMap(({ candidates }) => candidates()), ...chargesOf(boxes, context)], quality, proved };
}

/** What the program knew without boxes, told of the pairing with them. */
function qualityOf(plain: PairingQuality, cost: Decimal, bound: Decimal, proved: boolean): PairingQuality {
  const saving = (): Decimal => Decimal.max(ZERO, plain.greedy().minus(cost));
  return { greedy: plain.greedy, cost, lowerBound: bound, relaxed: () => bound, gap: cost.minus(bound), proved, saving };
}

function boundOf(plain: Pairing, context: StrategyContext): Decimal {
  return plain.proved || !plain.quality ? costOf(plain.strategies, context) : plain.quality().lowerBound;
}

function chargesOf(boxes: readonly PairedStrategy[], context: StrategyContext): ReturnType<Pairing['candidates']> {
  return boxes.flatMap(({ kind, legs }) => [figureOf(kind, legs, context), ...legs.map((leg) => aloneFigure(leg, context))].flatMap((figure) => figure ?? []));
}
