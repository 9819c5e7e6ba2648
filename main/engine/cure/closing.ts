import type { SubType } from '../../../shared/domain/facts.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import { fromDecimalText, toDecimalText, type Decimal } from '../../../shared/money.ts';
import type { AccountInput, CashInput, MarketInput, PoolInput, PositionInput } from '../input.ts';
import { multiplierOf } from '../pool/prepare-position.ts';

/** Units of a position to close at the mark: positive, whichever side the position is on. */
export interface Closing {
  pool: string;
  instrument: InstrumentId;
  subType: SubType;
  units: Decimal;
}

/**
 * The account after these closings at the mark: a sale brings its proceeds in, buying back pays them out, and a future
 * settles its gain. Nothing is charged for trading, so equity changes only where it left the value of options out.
 */
export function afterClosing(account: AccountInput, market: MarketInput, closings: readonly Closing[]): AccountInput {
  const pools = account.pools.map((pool) => closings.filter((closing) => closing.pool === pool.id).reduce((soFar, closing) => closedIn(soFar, market, closing), pool));
  return { ...account, pools };
}

function closedIn(pool: PoolInput, market: MarketInput, { instrument, subType, units }: Closing): PoolInput {
  let left = units;
  const positions: PositionInput[] = [];
  const cash: CashInput[] = [...pool.cash];
  for (const row of pool.positions) {
    const quantity = fromDecimalText(row.quantity);
    if (row.instrument !== instrument || row.subType !== subType || left.isZero()) {
      positions.push(row);
      continue;
    }
    const size = quantity.abs().lt(left) ? quantity.abs() : left;
    const closed = quantity.isNegative() ? size.neg() : size;
    left = left.minus(size);
    if (!closed.eq(quantity)) positions.push({ ...row, quantity: toDecimalText(quantity.minus(closed)) });
    const proceeds = proceedsOf(row, closed, market);
    if (proceeds) cash.push(proceeds);
  }
  return { ...pool, positions, cash };
}

function proceedsOf(row: PositionInput, closed: Decimal, market: MarketInput): CashInput | null {
  const terms = market.instruments.get(row.instrument);
  const mark = market.marks.get(row.instrument);
  const multiplier = terms && multiplierOf(terms);
  if (!terms || !mark || !multiplier) return null;
  const price = fromDecimalText(mark.value);
  // A future is not paid for; what is settled is the gain since it was last paid out.
  const received = terms.kind === 'future' ? price.minus(row.settledPrice ?? price) : price;
  return { currency: terms.currency, kind: 'tradeDate', amount: toDecimalText(closed.times(multiplier).times(received)), valueDate: null };
}
