import type { MarginStatus } from '../../../shared/domain/status.ts';
import type { DecimalText } from '../../../shared/money.ts';

/** A pool's figures as a lane knows them, written as the explaining engine writes them. */
export interface LaneText {
  status: MarginStatus;
  netLiq: DecimalText;
  equity: DecimalText;
  regT: DecimalText;
  exchange: DecimalText;
  exchangeInitial: DecimalText;
  initial: DecimalText;
  maintenance: DecimalText;
  excess: DecimalText;
  deficit: DecimalText;
}
