import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { Decimal, type DecimalText } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import { absent, choice, input, type AbsentFigure, type Figure } from '../figure/figure.ts';
import { spell } from '../figure/spell.ts';
import { toExplain, toExplainInPart } from '../figure/to-explain.ts';
import type { AccountInput, MarketInput } from '../input.ts';
import { marginAccount } from '../margin.ts';
import type { PackShelf } from '../packs/shelf.ts';
import { callPricesByPool } from '../trigger.ts';

interface Crossing {
  pool: string;
  side: 'below' | 'above';
  price: Decimal;
}

/**
 * The tree of an instrument's call price: the nearer of those below and above its mark, each with equity less requirement
 * of the pool that it calls, computed anew at that very price. The amount is null where no price of this instrument alone
 * brings any pool to its requirement. With `at`, a part of it; null where it has no such node.
 */
export function explainCallPrice(account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId): ExplainNode;
export function explainCallPrice(account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId, at: readonly number[] | undefined): ExplainNode | null;
export function explainCallPrice(account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId, at?: readonly number[]): ExplainNode | null {
  const figure = callPriceFigure(account, market, shelf, instrument);
  return at ? toExplainInPart(figure, at) : toExplain(figure);
}

function callPriceFigure(account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId): Figure | AbsentFigure {
  const unit = market.instruments.get(instrument)?.currency ?? account.baseCurrency;
  const about = { label: `Call price of ${instrument}`, subject: { account: account.id, instrument } };
  const mark = market.marks.get(instrument);
  if (!mark) return absent(unit, { ...about, arithmetic: `${instrument} has no mark to move` });
  const crossings = nearest(callPricesByPool(account, market, shelf, instrument));
  if (crossings.length === 0) return absent(unit, { ...about, arithmetic: `no price of ${instrument} alone, above or below ${mark.value}, brings equity to the requirement` });
  const distance = ({ price }: Crossing): Decimal => price.minus(mark.value).abs();
  const nearer = crossings.length > 1 && distance(crossings[1] as Crossing).lt(distance(crossings[0] as Crossing)) ? 1 : 0;
  const arithmetic = crossings.length > 1 ? `the nearer to the mark of ${mark.value}; both call the account` : `the mark is ${mark.value}; no price on the other side calls the account`;
  return choice(unit, crossings.map((crossing) => crossingFigure(crossing, account, market, shelf, instrument, unit)), nearer, { ...about, arithmetic });
}

/** Of all pools the highest price below the mark and the lowest above it. */
function nearest(pools: ReturnType<typeof callPricesByPool>): Crossing[] {
  const of = (side: Crossing['side'], pick: (price: { down: DecimalText | null; up: DecimalText | null }) => DecimalText | null): Crossing[] => {
    const found = pools.flatMap(({ pool, price }) => (pick(price) === null ? [] : [{ pool, side, price: new Decimal(pick(price) ?? '0') }]));
    return found.toSorted((a, b) => (side === 'below' ? b.price.cmp(a.price) : a.price.cmp(b.price))).slice(0, 1);
  };
  return [...of('below', ({ down }) => down), ...of('above', ({ up }) => up)];
}

/** The price, and beside it what the margin function says there: the very function that the search followed. */
function crossingFigure({ pool, side, price }: Crossing, account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId, unit: string): Figure {
  const mark = market.marks.get(instrument);
  assert(mark !== undefined, 'a price was found from a mark');
  const excessAt = marginAccount(account, market, shelf).pools.find(({ id }) => id === pool)?.excessAt;
  const excess = excessAt ? excessAt(instrument, price) : excessThere();
  const found = input(price, unit, { label: `Price of ${instrument} ${side} its mark`, source: `found on the margin function, ${excessAt ? 'with what is on it moved along' : 'all other prices as they are'}, closed in on to the last decimal`, subject: { instrument } });
  return choice(unit, [found, excess], 0, { label: `Called ${side} the mark, pool ${pool}`, subject: { pool, instrument }, arithmetic: () => wordsOf(excess, price) });

  function excessThere(): Figure {
    assert(mark !== undefined, 'a price was found from a mark');
    const marks = new Map(market.marks).set(instrument, { ...mark, value: price.toFixed(), asOf: market.asOf, source: `if ${instrument} stood there; all other prices as they are` });
    const there = marginAccount(account, { ...market, marks }, shelf).pools.find(({ id }) => id === pool);
    assert(there !== undefined, `there is a pool ${pool}`);
    return there.figures.excess;
  }
}

function wordsOf({ amount, unit, op, children }: Figure, price: Decimal): string {
  const [equity, requirement] = children;
  const sides = op === 'difference' && equity && requirement ? `equity ${spell(equity.amount, unit)}, requirement ${spell(requirement.amount, unit)}` : `excess ${spell(amount, unit)}`;
  if (amount.isZero()) return `at ${price.toFixed()}: ${sides}; they are equal`;
  return `at ${price.toFixed()}: ${sides}; from one step of its last decimal to the next their difference changes its sign`;
}
