import type { FigureName } from '../../../shared/domain/margin-state.ts';
import { UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../../shared/explain-tree.ts';
import type { Terminal } from './terminal.ts';

interface Row {
  unverified?: readonly FigureName[] | undefined;
}

/** An amount in a table, with its sign where the figure rests on a rule that nobody has checked. */
export function marked({ unverified = [] }: Row, figure: FigureName, amount: string): string {
  return unverified.includes(figure) && amount !== '' ? `${UNVERIFIED_GLYPH} ${amount}` : amount;
}

/** Says once what the sign means, where any row carries it in one of these figures; `shownBy` says where to look. */
export function explainMarks(terminal: Terminal, rows: readonly Row[], figures: readonly FigureName[], shownBy = '"plimsoll explain BOOK ACCOUNT" shows which'): void {
  if (rows.some(({ unverified = [] }) => figures.some((figure) => unverified.includes(figure)))) terminal.out(`${UNVERIFIED_GLYPH} ${UNVERIFIED_WORDS}: ${shownBy}.`);
}
