import { MARGIN_STATUSES, type MarginStatus } from '../../../../shared/domain/status.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../../../shared/money.ts';
import { FINE_PLACES, FINEST_PLACES, SLOW, type SumFigures } from '../../../../main/engine/columns/sums/sum-lane.ts';

/** A pool's figures as the explaining engine writes them. */
export interface PoolText {
  status: MarginStatus;
  equity: DecimalText;
  initial: DecimalText;
  maintenance: DecimalText;
  exchangeInitial: DecimalText;
  exchange: DecimalText;
  excess: DecimalText;
  deficit: DecimalText;
}

/** A pool of a lane as text; null where the explaining engine must compute it. */
export function textOf(figures: SumFigures, moneyDigits: number, pool: number): PoolText | null {
  const status = figures.status[pool] as number;
  if (status === SLOW) return null;
  const unit = new Decimal(10).pow(-moneyDigits);
  const parts = (of: Float64Array, places: number): Decimal => new Decimal(of[pool] as number).times(new Decimal(10).pow(-places));
  const beyond = parts(figures.fine, FINE_PLACES).plus(parts(figures.finest, FINEST_PLACES));
  const of = (amounts: Float64Array, more: Decimal | number = 0): Decimal => new Decimal(amounts[pool] as number).times(unit).plus(more);
  const excess = of(figures.equity).minus(of(figures.maintenance));
  return {
    status: MARGIN_STATUSES[status] as MarginStatus,
    equity: toDecimalText(of(figures.equity)),
    initial: toDecimalText(of(figures.initial, beyond)),
    maintenance: toDecimalText(of(figures.maintenance)),
    exchangeInitial: toDecimalText(of(figures.exchangeInitial, beyond)),
    exchange: toDecimalText(of(figures.exchange)),
    excess: toDecimalText(excess),
    deficit: toDecimalText(Decimal.max(0, excess.neg())),
  };
}
