import type { Instrument } from '../../../shared/domain/instrument.ts';
import { fromDecimalText } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import type { PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { resolveRules, type PackShelf } from '../packs/shelf.ts';
import { bracketLane } from './bracket/bracket-lane.ts';
import { fixedLane } from './fixed/fixed-lane.ts';
import type { LaneText } from './lane-text.ts';
import { lendingLane } from './lending/lending-lane.ts';
import { openScanPools } from './scan/open-pools.ts';
import { openStrategyPools, strategyText } from './strategy/open-pools.ts';
import type { PoolRow } from './strategy/pools-of.ts';
import { textOf } from './sums/figures.ts';
import { priceInLane } from './sums/scaled.ts';
import { recomputeSums, sumFigures, type SumModel } from './sums/sum-lane.ts';
import { sumPools } from './sums/sum-pools.ts';

/** Marks with more decimals than this leave large accounts no room in whole numbers. */
const PRICE_DIGITS_MAX = 4;

/**
 * Every pool in the lane of its model, computed: its figures as text by the place it was given in, or null where the
 * explaining engine must compute it. Pools under one stack of packs share a lane.
 */
export function figuresInLanes(rows: readonly PoolRow[], market: MarketView, shelf: PackShelf): (LaneText | null)[] {
  const said: (LaneText | null)[] = rows.map(() => null);
  for (const { given, figures } of openScanPools(rows.map(({ pool }) => pool), market, shelf)) given.forEach((at, pool) => (said[at] = scanText(figures(pool))));
  const stacks = Map.groupBy(rows.keys(), (at) => JSON.stringify([rows[at]?.pool.model, rows[at]?.pool.packs]));
  for (const places of stacks.values()) {
    const own = places.map((at) => rows[at] as PoolRow);
    const rules = resolveRules(shelf, own[0]?.pool.packs ?? [], market.businessDate);
    const texts = rules.ok && rules.value.model !== 'scan' ? stackTexts(own, rules.value, market) : null;
    if (texts) places.forEach((at, index) => (said[at] = texts(index)));
  }
  return said;
}

function stackTexts(rows: readonly PoolRow[], rules: Rules, market: MarketView): ((at: number) => LaneText | null) | null {
  const instruments = instrumentsOf(rows, market);
  const priceDigits = digitsOf(instruments, market);
  if (rules.model === 'strategy') {
    const lane = openStrategyPools(rows, instruments, rules, market, priceDigits);
    return lane && ((at) => strategyText(lane, at));
  }
  const lane = sumLaneOf(rules, instruments, market, priceDigits);
  if (!lane?.ok) return null;
  const { model, moneyDigits } = { model: lane.value, moneyDigits: lane.value.moneyDigits };
  model.price.set(instruments.map(({ id }) => priceInLane(market.input.marks.get(id)?.value ?? null, priceDigits)));
  const places = new Map(instruments.map(({ id }, at) => [id, at]));
  const pools = sumPools(rows, { model: rules.model, currency: rules.currency, priceDigits, moneyDigits, indexOf: (id) => places.get(id) ?? -1, sinceOf: (row) => sinceOf(rules, row) }, market);
  const figures = sumFigures(pools.count);
  recomputeSums(pools, model, figures);
  return (at) => {
    const text = textOf(figures, moneyDigits, at);
    return text && { ...text, netLiq: text.equity, regT: '0' };
  };
}

type SumLane = SumModel & { moneyDigits: number; price: Float64Array };

function sumLaneOf(rules: Rules, instruments: readonly { id: string; terms: Instrument }[], market: MarketView, priceDigits: number): Result<SumLane> | null {
  if (rules.model === 'bracket') return bracketLane(instruments, rules, market.input, priceDigits);
  if (rules.model === 'lending') return lendingLane(instruments, rules, priceDigits);
  return rules.model === 'fixed' ? fixedLane(instruments, rules, market.businessDate, priceDigits) : null;
}

/** The price a gain counts from: the last settlement; at a venue of brackets the entry where there was none. */
function sinceOf({ model }: Rules, { settledPrice, entryPrice }: PositionInput): string | null | undefined {
  if (settledPrice === null) return undefined;
  return settledPrice ?? (model === 'bracket' ? entryPrice : null);
}

/** What is held, and what options are on. */
function instrumentsOf(rows: readonly PoolRow[], market: MarketView): { id: string; terms: Instrument }[] {
  const held = new Set(rows.flatMap(({ pool }) => pool.positions.map(({ instrument }) => instrument)));
  // What is added on the way is looked at too: an underlying that is no option adds nothing more.
  for (const id of held) {
    const terms = market.terms(id);
    if (terms?.kind === 'option') held.add(terms.underlying);
  }
  return [...held].flatMap((id) => {
    const terms = market.terms(id);
    return terms ? [{ id, terms }] : [];
  });
}

/** Decimals of the finest mark or strike, up to the most that a lane counts in. */
function digitsOf(instruments: readonly { id: string; terms: Instrument }[], market: MarketView): number {
  const texts = instruments.flatMap(({ id, terms }) => [market.input.marks.get(id)?.value ?? '0', terms.kind === 'option' ? terms.strike : '0']);
  return Math.min(PRICE_DIGITS_MAX, texts.reduce((most, text) => Math.max(most, fromDecimalText(text).decimalPlaces()), 2));
}

function scanText(figures: { status: LaneText['status']; netLiq: string; equity: string; initial: string; maintenance: string; excess: string; deficit: string } | null): LaneText | null {
  if (!figures) return null;
  const { status, netLiq, equity, initial, maintenance, excess, deficit } = figures;
  // One requirement stands as risk, exchange and house alike, and Regulation T asks nothing.
  return { status, netLiq, equity, regT: '0', exchange: maintenance, exchangeInitial: initial, initial, maintenance, excess, deficit };
}
