import type { ExplainRequest } from '../explain/request.ts';
import type { NumberKind } from '../format/figure.ts';

/** What a column's values are. Numbers are canonical decimal text; dates ISO; a status is its name in the domain. */
export type ColumnKind = NumberKind | 'text' | 'date' | 'status';

/**
 * One column of a desk grid, in our own terms: screens describe columns with this and never touch the grid library.
 * `read` is the one way a cell gets its value, so the rows behind it may later be typed arrays.
 */
export interface Column<Row> {
  id: string;
  header: string;
  /** The row's field that `read` reads, where it isn't called as the column is: what the desk orders by. */
  field?: keyof Row & string;
  /** What the figure is, in one sentence: the header's tooltip. */
  hint: string;
  kind: ColumnKind;
  width: number;
  /** The value with full precision; null when there is none. */
  read: (row: Row) => string | null;
  /** What is shown instead of the formatted value. */
  show?: (row: Row) => string;
  /** Why there is no value. */
  absent?: (row: Row) => string;
  /** More to say about the value, shown in the tooltip. */
  note?: (row: Row) => string | null;
  /** Currency (or other unit) of this row's value: sums are only shown over one unit. */
  unit?: (row: Row) => string;
  tone?: (row: Row) => Tone | null;
  explains?: (row: Row) => ExplainRequest;
  /** True for rows whose figure rests on a rule that nobody has checked: it then carries its sign. */
  unverified?: (row: Row) => boolean;
  /** Present where the cell can be typed into (what-if only). */
  canEdit?: (row: Row) => boolean;
  /** Makes the cell a button for rows where it shows something: pressed by click or Enter. */
  press?: (row: Row) => void;
  pinned?: boolean;
  /** How the rows are ordered at first, and which column counts before which. */
  sort?: { direction: 'asc' | 'desc'; index: number };
  hidden?: boolean;
  /** Takes what width is left. */
  grows?: boolean;
}

/** A mark on a cell beyond its kind. */
export type Tone = 'late' | 'soon' | 'changed' | 'faint' | 'strong' | 'better' | 'worse';
export const TONES: readonly Tone[] = ['late', 'soon', 'changed', 'faint', 'strong', 'better', 'worse'];

export function isNumeric(kind: ColumnKind): kind is NumberKind {
  return kind !== 'text' && kind !== 'date' && kind !== 'status';
}
