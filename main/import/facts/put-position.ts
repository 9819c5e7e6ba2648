import type { AccountId, InstrumentFact, MarkKind, SubType } from '../../../shared/domain/facts.ts';
import { fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { addInstrument, addMark, addPosition, type Collected } from './collect.ts';
import { valueDisagrees } from './value-check.ts';

/** A position row that has been understood. */
export interface UnderstoodRow {
  line: number;
  account: AccountId;
  subType: SubType;
  instrument: InstrumentFact;
  underlying: InstrumentFact | null;
  /** Signed. */
  quantity: DecimalText;
  entryPrice: DecimalText | null;
  price: DecimalText | null;
  markKind: MarkKind;
  /** The file's own value of the position, to check ours against. */
  value: DecimalText | null;
  asOf: IsoDate;
}

/** Puts a position, its instruments and its price among the facts. */
export function putPosition(collected: Collected, row: UnderstoodRow): void {
  const { instrument, line, price, quantity, value, asOf } = row;
  addInstrument(collected, instrument, 'position', line);
  if (row.underlying) addInstrument(collected, row.underlying, 'underlying', line);
  addPosition(collected, { account: row.account, subType: row.subType, instrument: instrument.id, quantity, entryPrice: row.entryPrice, asOf }, line);
  if (price === null) return;
  addMark(collected, { instrument: instrument.id, value: price, kind: row.markKind, asOf }, line);
  const { multiplier } = instrument.terms;
  if (value && multiplier && valueDisagrees(fromDecimalText(value), quantity, price, multiplier)) {
    collected.notes.add(`${collected.file}:${line}: the file values ${instrument.id} at ${value}, but ${quantity} × ${price} × ${multiplier} is something else.`);
  }
}
