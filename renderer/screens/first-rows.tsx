import { useState, type ReactNode } from 'react';
import { formatCount } from '../format/moment.ts';

/** The first rows of a long list, and how to see the rest. */
export interface FirstRows<Row> {
  shown: readonly Row[];
  /** A row of a table of so many columns; nothing where all are shown. */
  more: ReactNode;
}

/**
 * As many rows of a side panel as somebody reads without looking for one. What is in the page costs every frame, seen or
 * not: of an account of thousands of positions a panel would have hundreds of rows.
 */
export function useFirstRows<Row>(rows: readonly Row[], most: number, columns: number): FirstRows<Row> {
  const [all, setAll] = useState(false);
  const left = rows.length - most;
  if (all || left <= 0) return { shown: rows, more: null };
  return {
    shown: rows.slice(0, most),
    more: (
      <tr>
        <td colSpan={columns}>
          <button className="link" onClick={() => setAll(true)}>
            {left === 1 ? '1 more' : `${formatCount(left)} more`}
          </button>
        </td>
      </tr>
    ),
  };
}
