import { appearance } from '../design/appearance.ts';
import { statusText } from '../design/status.ts';
import { shiftPoint } from '../format/decimal-text.ts';
import { alignPrice, formatFigure, fullFigure, ZERO } from '../format/figure.ts';
import { UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';
import type { MarginStatus } from '../../shared/domain/status.ts';
import { isNumeric, type Column } from './column.ts';

/** What a cell shows. Blank when there is no value; the tooltip says why. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  if (column.show) return column.show(row);
  const value = column.read(row);
  if (value === null) return '';
  if (column.kind === 'status') return statusText(value as MarginStatus);
  if (!isNumeric(column.kind)) return value;
  const shown = formatFigure(value, column.kind, appearance.get().negatives);
  return column.kind === 'price' ? alignPrice(shown, value) : shown;
}

/** The digits of a shown figure, without signs and without zeros that add nothing. */
function digitsOf(shown: string): string {
  const digits = shown === ZERO ? '0' : shown.replaceAll(/[^\d.]/g, '');
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** Roughly what a letter takes, so that a tooltip comes before the column gets too narrow rather than after. */
const LETTER_WIDTH = 7;

/** What a cell's tooltip says: why it is blank, its full precision where the cell rounds, and any note. */
export function cellTooltip<Row>(column: Column<Row>, row: Row): string | null {
  const value = column.read(row);
  const doubt = value !== null && column.unverified?.(row) === true ? `${UNVERIFIED_GLYPH} ${UNVERIFIED_WORDS}` : null;
  const note = [column.note?.(row), doubt].filter(Boolean).join('\n') || null;
  if (value === null) return [column.absent?.(row), note].filter(Boolean).join('\n') || null;
  if (!isNumeric(column.kind)) {
    // Text that its column may cut off is in the tooltip in full: an account or a strike is never guessed.
    const shown = cellText(column, row);
    const whole = shown.length * LETTER_WIDTH > column.width && shown !== note ? shown : null;
    return [whole, note].filter(Boolean).join('\n') || null;
  }
  const full = column.kind === 'percent' ? `${fullFigure(shiftPoint(value, 2))}%` : fullFigure(value);
  const precise = column.show || digitsOf(full) === digitsOf(cellText(column, row)) ? null : full;
  return [precise && column.unit ? `${precise} ${column.unit(row)}` : precise, note].filter(Boolean).join('\n') || null;
}
