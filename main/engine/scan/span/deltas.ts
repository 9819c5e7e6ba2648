import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { Figure } from '../../figure/figure.ts';
import { difference, input, least, product, sum } from '../../figure/figure.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { ScanLeg } from '../leg.ts';
import type { Commodity } from '../section.ts';

/** Which side of the market: +1 long, −1 short. */
export type Side = 1 | -1;

/** Deltas of one commodity by expiry, as they are and as spreads have left them. Expiries are sorted. */
export interface DeltaBook {
  /** Signed, before any spread. */
  whole: ReadonlyMap<string, Figure>;
  /** Signed, after the spreads so far; replaced as spreads use them up. */
  left: Map<string, Figure>;
}

const DELTA = 'delta';

/** Composite deltas of the legs added up by expiry. Legs without a delta are left out: the caller has said so. */
export function deltaBook(legs: readonly ScanLeg[], { deltaScale = '1' }: Commodity, market: MarketView): DeltaBook {
  const byMonth = Map.groupBy(legs.filter(({ array }) => array.compositeDelta !== null), (leg) => monthOf(leg, market));
  const scale = fromDecimalText(deltaScale);
  const months = [...byMonth].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([month, held]) => [month, sum(DELTA, held.map((leg) => deltaOf(leg, scale)), { label: month === '' ? 'Deltas without a month' : `Deltas of ${month}` })] as const);
  return { whole: new Map(months), left: new Map(months) };
}

function deltaOf({ instrument, quantity, array: { compositeDelta } }: ScanLeg, scale: Decimal): Figure {
  const subject = { instrument };
  const count = input(quantity, 'contracts', { label: () => `Quantity of ${instrument}`, source: 'position', subject });
  const delta = input(compositeDelta ?? new Decimal(0), DELTA, { label: () => `Composite delta of ${instrument}`, source: 'risk array', subject });
  const scaling = scale.eq(1) ? [] : [input(scale, 'factor', { label: 'Delta scaling factor', source: 'rule packs' })];
  return product(DELTA, [count, delta, ...scaling], { label: () => `Delta of ${instrument}`, subject });
}

/** A future's own expiry; an option's is that of the future it is on, where that is known. Empty for what never ends. */
function monthOf({ terms }: ScanLeg, market: MarketView): string {
  if (terms.kind === 'future') return terms.expiry ?? '';
  if (terms.kind !== 'option') return '';
  const underlying = market.terms(terms.underlying);
  return (underlying?.kind === 'future' ? underlying.expiry : undefined) ?? terms.expiry;
}

/** Expiries of a tier; all of them where the tier is not named. A tier that the commodity does not have has none. */
export function monthsOf(book: DeltaBook, tiers: Commodity['tiers'], tier: string | undefined): string[] {
  const months = [...book.whole.keys()];
  if (tier === undefined) return months;
  const bounds = tiers?.[tier];
  if (!bounds) return [];
  const { from, to } = bounds;
  return months.filter((month) => (month === '' ? from === undefined && to === undefined : (from === undefined || month >= from) && (to === undefined || month.slice(0, to.length) <= to)));
}

/** What is left on one side in some months, counted up from zero: each month stands on the side of its own sign. */
export function availableOn(book: DeltaBook, months: readonly string[], side: Side): Figure {
  const own = months.flatMap((month) => {
    const left = book.left.get(month);
    return left && sideOf(left.amount) === side ? [left] : [];
  });
  return magnitude(sum(DELTA, own, { label: side > 0 ? 'Long deltas left' : 'Short deltas left' }), side);
}

/** The signed total of what is left in some months. */
export function netLeft(book: DeltaBook, months: readonly string[]): Figure {
  return sum(DELTA, months.flatMap((month) => book.left.get(month) ?? []), { label: 'Net delta left' });
}

/** The signed total before any spread. */
export function netDelta(book: DeltaBook): Figure {
  return sum(DELTA, [...book.whole.values()], { label: 'Net delta' });
}

/** A signed figure of a known side as a count above zero. */
export function magnitude(signed: Figure, side: Side): Figure {
  if (side > 0) return signed;
  return difference(DELTA, [input(new Decimal(0), DELTA, { label: 'Nothing', source: 'by definition' }), signed], { label: 'Size of it' });
}

export function sideOf(amount: Decimal): Side | 0 {
  return amount.isZero() ? 0 : amount.isNegative() ? -1 : 1;
}

/** Takes `used` deltas of one side out of the months, the nearest month first. */
export function use(book: DeltaBook, months: readonly string[], side: Side, used: Figure): void {
  let open = used;
  for (const month of months) {
    const left = book.left.get(month);
    if (!left || sideOf(left.amount) !== side || open.amount.isZero()) continue;
    const taken = least(DELTA, [magnitude(left, side), open], { label: `Used of ${month}` });
    book.left.set(month, side > 0 ? difference(DELTA, [left, taken], { label: `Left of ${month}` }) : sum(DELTA, [left, taken], { label: `Left of ${month}` }));
    open = difference(DELTA, [open, taken], { label: 'Still to be used' });
  }
}
