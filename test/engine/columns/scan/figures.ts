import { MARGIN_STATUSES, type MarginStatus } from '../../../../shared/domain/status.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../../../shared/money.ts';
import type { EditedTotals } from '../../../../main/engine/columns/scan/edits.ts';
import { SLOW, type ScanLane } from '../../../../main/engine/columns/scan/lane.ts';

/** A pool's figures as the explaining engine writes them. */
export interface ScanFigures {
  status: MarginStatus;
  netLiq: DecimalText;
  equity: DecimalText;
  initial: DecimalText;
  maintenance: DecimalText;
  available: DecimalText;
  excess: DecimalText;
  deficit: DecimalText;
  grossMarketValue: DecimalText;
}

/** A pool of the lane as text; null where the explaining engine must compute it. */
export function figuresOf(lane: ScanLane, pool: number): ScanFigures | null {
  const { equity, maintenance, gross, status } = lane.totals;
  return figuresOfTotals(lane, { equity: equity[pool] as number, maintenance: maintenance[pool] as number, gross: gross[pool] as number, status: status[pool] as number });
}

/** The same of an edited pool. */
export function figuresOfTotals({ table, initialMultiple }: ScanLane, totals: EditedTotals): ScanFigures | null {
  const { status } = totals;
  if (status === SLOW) return null;
  const quantum = new Decimal(10).pow(-table.places);
  const [equity, maintenance, gross] = [totals.equity, totals.maintenance, totals.gross].map((quanta) => new Decimal(quanta).times(quantum)) as [Decimal, Decimal, Decimal];
  const initial = maintenance.times(initialMultiple);
  return {
    status: MARGIN_STATUSES[status] as MarginStatus,
    netLiq: toDecimalText(equity),
    equity: toDecimalText(equity),
    initial: toDecimalText(initial),
    maintenance: toDecimalText(maintenance),
    available: toDecimalText(equity.minus(initial)),
    excess: toDecimalText(equity.minus(maintenance)),
    deficit: toDecimalText(Decimal.max(0, maintenance.minus(equity))),
    grossMarketValue: toDecimalText(gross),
  };
}
