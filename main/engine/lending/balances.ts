import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { input, product, type Figure } from '../figure/figure.ts';
import type { PoolInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import { digitsProblem } from '../pool/digits.ts';
import type { OwnTerms } from './terms.ts';
import { pricesOf, type Token } from './token.ts';

/** A row that is counted at a weight: a signed balance, a collateral or a debt. */
export interface Row extends Token {
  part: 'balance' | 'collateral' | 'debt';
  quantity: Decimal;
}

/** A row without a usable price, and what follows from that: a debt of unknown size leaves everything unknown. */
export interface Unvalued {
  instrument: string;
  part: Row['part'];
  quantity: Decimal;
  reason: string;
}

/** What the pool holds and owes, each asset once in each part. */
export function balancesOf(pool: PoolInput, held: readonly { instrument: string; quantity: string }[], market: MarketView): { rows: Row[]; unvalued: Unvalued[] } {
  const rows: Row[] = [];
  const unvalued: Unvalued[] = [];
  const add = (part: Row['part'], instrument: string, quantity: Decimal, own: OwnTerms, grown: Figure[] = []): void => {
    const prices = pricesOf(instrument, pool.currency, market);
    const multiplier = fromDecimalText(market.terms(instrument)?.multiplier ?? '1');
    const size = grown.reduce((all, factor) => all.times(factor.amount), quantity.times(multiplier));
    if (size.isZero()) return;
    const problem = typeof prices === 'string' ? prices : digitsProblem([size, prices.price.amount, prices.high.amount.plus(1)], market.decimalsMax, 'quantity and price');
    if (problem !== null || typeof prices === 'string') {
      unvalued.push({ instrument, part, quantity, reason: problem ?? '' });
      return;
    }
    const subject = { instrument };
    const count = input(quantity.times(multiplier), 'units', { label: () => `${NAMES[part]} ${instrument}`, source: SOURCES[part], subject });
    const units = grown.length === 0 ? count : product('units', [count, ...grown], { label: () => `${NAMES[part]} ${instrument}, grown`, subject });
    rows.push({ part, instrument, quantity, units, ...prices, own });
  };
  for (const [instrument, same] of grouped(held)) add('balance', instrument, totalOf(same), {});
  for (const [, same] of grouped(pool.collateral ?? [], ({ haircut, loanToValue, liquidationThreshold }) => `${haircut} ${loanToValue} ${liquidationThreshold}`)) {
    const [first] = same;
    if (first) add('collateral', first.instrument, totalOf(same), first);
  }
  for (const [, same] of grouped(pool.debt ?? [], ({ rate }) => rate ?? '')) {
    const [first] = same;
    if (!first) continue;
    const grown = first.rate === undefined ? [] : [input(fromDecimalText(first.rate), 'factor', { label: () => `What one unit of ${first.instrument} debt has grown to`, source: 'account' })];
    add('debt', first.instrument, totalOf(same).neg(), {}, grown);
  }
  return { rows, unvalued };
}

const NAMES: Record<Row['part'], string> = { balance: 'Balance of', collateral: 'Collateral', debt: 'Debt in' };
const SOURCES: Record<Row['part'], string> = { balance: 'position', collateral: 'collateral', debt: 'debt' };

/** Rows of the same instrument and terms are one row, sorted, so that neither order nor splitting changes a figure. */
function grouped<R extends { instrument: string }>(rows: readonly R[], terms: (row: R) => string = () => ''): [string, R[]][] {
  return [...Map.groupBy(rows, (row) => `${row.instrument}${terms(row).trim() === '' ? '' : `\n${terms(row)}`}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function totalOf(rows: readonly { quantity: string }[]): Decimal {
  return rows.reduce((total, { quantity }) => total.plus(fromDecimalText(quantity)), new Decimal(0));
}
