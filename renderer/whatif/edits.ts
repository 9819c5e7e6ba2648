import type { Edit, PositionRow } from '../../shared/views.ts';
import { readTypedNumber } from '../format/typed-number.ts';

/** The edit that typing into a position's cell asks for; null when what was typed is not a number. */
export function editOfCell(row: PositionRow, columnId: string, typed: string): Edit | null {
  const value = readTypedNumber(typed);
  if (value === null) return null;
  if (columnId === 'quantity') return { kind: 'setQuantity', position: row.key, quantity: value };
  return columnId === 'mark' ? { kind: 'setPrice', instrument: row.instrument, price: value } : null;
}

/** The edits that bring a row back to the live book. Empty when the branch leaves it alone. */
export function editsToRevert(row: PositionRow): Edit[] {
  if (row.added) return [{ kind: 'closeLeg', position: row.key }];
  if (!row.live) return [];
  const edits: Edit[] = [];
  if (row.live.quantity !== row.quantity) edits.push({ kind: 'setQuantity', position: row.key, quantity: row.live.quantity });
  if (row.live.mark !== null && row.live.mark !== row.mark) edits.push({ kind: 'setPrice', instrument: row.instrument, price: row.live.mark });
  return edits;
}
