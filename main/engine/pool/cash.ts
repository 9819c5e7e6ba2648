import type { CashKind } from '../../../shared/domain/facts.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { choice, input, product, sum, type Figure } from '../figure/figure.ts';
import type { CashInput, PoolInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import { digitsProblem } from './digits.ts';
import { nearMade } from './near.ts';

/** Cash of a pool in its currency, by what it counts towards, and what stands in the way of a full figure. */
export interface PreparedCash {
  /** Counts towards equity and net liquidation value. */
  equity: Figure;
  /** The same by the currency it is held in: what an exchange rate moves. */
  byCurrency: ReadonlyMap<string, readonly Figure[]>;
  /** Cash of the futures segment: the client's, but margin of another pool. Null when there is none. */
  futuresSegment: Figure | null;
  /** Sentences that each leave the pool indeterminate. */
  problems: string[];
}

/**
 * How each kind counts. `settled` is the settled part of `tradeDate` and would be counted twice. Cash that secures a loan
 * of the client's shares is not added either: the lent shares are still among the positions.
 */
const COUNTS: Record<CashKind, 'equity' | 'fromValueDate' | 'futures' | 'never'> = {
  tradeDate: 'equity',
  shortProceeds: 'equity',
  accruedInterest: 'equity',
  accruedDividend: 'equity',
  pendingDeposit: 'fromValueDate',
  futuresSegment: 'futures',
  settled: 'never',
  securitiesLendingCollateral: 'never',
};

const LABELS: Record<CashKind, string> = {
  tradeDate: 'Cash by trade date',
  shortProceeds: 'Proceeds of short sales',
  accruedInterest: 'Accrued interest',
  accruedDividend: 'Accrued dividends',
  pendingDeposit: 'Pending deposit',
  futuresSegment: 'Cash of the futures segment',
  settled: 'Settled cash',
  securitiesLendingCollateral: 'Securities lending collateral',
};

/** Cash rows as figures in the pool's currency, in an order that does not depend on the input's. */
export function prepareCash(pool: PoolInput, market: MarketView): PreparedCash {
  const said = pool.cash.flatMap(({ currency, kind, amount, valueDate, arrivesAt }) => [currency, kind, amount, valueDate, arrivesAt]);
  return nearMade(market.kept, `${pool.id} cash`, said, () => preparedCash(pool, market));
}

function preparedCash(pool: PoolInput, market: MarketView): PreparedCash {
  const equity: Figure[] = [];
  const byCurrency = new Map<string, Figure[]>();
  const futures: Figure[] = [];
  const problems: string[] = [];
  for (const row of added(pool.cash)) {
    const counts = COUNTS[row.kind];
    if (counts === 'never') continue;
    const figure = cashFigure(row, pool, market);
    if (typeof figure === 'string') problems.push(figure);
    else if (counts === 'futures') futures.push(figure);
    else {
      const counted = counts === 'fromValueDate' ? fromValueDate(row, figure, pool.currency, market) : figure;
      equity.push(counted);
      byCurrency.set(row.currency, [...(byCurrency.get(row.currency) ?? []), counted]);
    }
  }
  for (const currency of onlySettled(pool.cash)) problems.push(`only the settled cash in ${currency} is known, not the cash by trade date`);
  return {
    equity: sum(pool.currency, equity, { label: 'Cash and accruals' }),
    byCurrency,
    futuresSegment: futures.length > 0 ? sum(pool.currency, futures, { label: LABELS.futuresSegment }) : null,
    problems,
  };
}

interface CashRow {
  currency: string;
  kind: CashKind;
  valueDate: string | null;
  arrivesAt: string | null;
  amount: Decimal;
}

/** Rows of one currency, kind, value date and arrival added up, sorted. */
function added(rows: readonly CashInput[]): CashRow[] {
  const totals = new Map<string, CashRow>();
  for (const { currency, kind, valueDate, arrivesAt = null, amount } of rows) {
    const key = `${currency} ${kind} ${kind === 'pendingDeposit' ? `${valueDate} ${arrivesAt ?? ''}` : ''}`;
    const before = totals.get(key);
    const value = fromDecimalText(amount);
    if (before) before.amount = before.amount.plus(value);
    else totals.set(key, { currency, kind, valueDate, arrivesAt, amount: value });
  }
  return [...totals].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function cashFigure({ currency, kind, amount }: CashRow, pool: PoolInput, market: MarketView): Figure | string {
  const conversion = market.conversion(currency, pool.currency);
  if (!conversion) return amount.isZero() ? zero(pool.currency, currency) : `no exchange rate from ${currency} into ${pool.currency} is known for its cash`;
  const tooLong = digitsProblem([amount, ...conversion.map(({ amount: rate }) => rate)], market.decimalsMax, 'amount and exchange rate');
  if (tooLong !== null) return `the cash in ${currency} cannot be counted: ${tooLong}`;
  const own = input(amount, currency, { label: `${LABELS[kind]} in ${currency}`, source: 'cash balance' });
  return conversion.length === 0 ? own : product(pool.currency, [own, ...conversion], { label: `${LABELS[kind]} in ${currency}, in ${pool.currency}` });
}

/** A pending deposit is nothing until the day it counts, or the moment it arrives. */
function fromValueDate({ valueDate, arrivesAt }: CashRow, figure: Figure, currency: string, market: MarketView): Figure {
  if (arrivesAt !== null) {
    const isThere = Date.parse(arrivesAt) <= Date.parse(market.input.asOf);
    return choice(currency, [zero(currency, currency), figure], isThere ? 1 : 0, { label: 'Pending deposit', arithmetic: isThere ? `arrived at ${arrivesAt}` : `arrives at ${arrivesAt}: not yet` });
  }
  const counts = valueDate !== null && valueDate <= market.businessDate;
  return choice(currency, [zero(currency, currency), figure], counts ? 1 : 0, {
    label: 'Pending deposit',
    arithmetic: valueDate === null ? 'its value date is not known: not counted' : counts ? `counts since ${valueDate}` : `counts from ${valueDate}: not yet`,
  });
}

function zero(unit: string, currency: string): Figure {
  return input(new Decimal(0), unit, { label: `No cash in ${currency}`, source: 'by definition' });
}

/** Currencies with settled cash other than zero but no balance by trade date. */
function onlySettled(rows: readonly CashInput[]): string[] {
  const traded = new Set(rows.filter(({ kind }) => kind === 'tradeDate').map(({ currency }) => currency));
  const settled = rows.filter(({ kind, currency, amount }) => kind === 'settled' && amount !== '0' && !traded.has(currency));
  return [...new Set(settled.map(({ currency }) => currency))].toSorted();
}
