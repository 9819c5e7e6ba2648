import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useCount, useLoaded } from '../desk/hooks.ts';
import type { GridStore } from '../desk/keyed-store.ts';
import type { ExplainRequest } from '../explain/request.ts';
import { helpOnCell } from '../help/column-pages.ts';
import { helpAtHand } from '../help/state.ts';
import { formatCount } from '../format/moment.ts';
import { useCommand } from '../keys/commands.ts';
import { ColumnChooser } from './column-chooser.tsx';
import type { Column } from './column.ts';
import { createDeskGrid, type DeskGrid as Grid } from './create-desk-grid.ts';
import { filterText } from './filter-text.ts';
import { forgetLayout } from './layouts.ts';

export interface DeskGridProps<Row> {
  view: string;
  testId: string;
  title: ReactNode;
  label: string;
  /** What one row is, for the count: `call`, `calls`. */
  noun: [one: string, many: string];
  columns: readonly Column<Row>[];
  store: GridStore<Row>;
  /** Shown instead of rows when the store holds none. */
  empty: ReactNode;
  tools?: ReactNode;
  /** The row to put the cursor on when the grid comes up. */
  startAt?: string | null;
  onOpen?: (row: Row) => void;
  onExplain?: (request: ExplainRequest) => void;
  onFocus?: (row: Row) => void;
  onEdit?: (row: Row, columnId: string, typed: string) => Promise<unknown>;
  /** J and K walk the rows. */
  walks?: boolean;
}

interface BarProps {
  title: ReactNode;
  count: string;
  filtered: boolean;
  waiting: boolean;
  /** Rows that would join with the new order; negative when rows would leave. */
  coming: number;
  tools: ReactNode;
  onRank: () => void;
  onClear: () => void;
  onFilterRow: () => void;
  onChoose: () => void;
  onReset: () => void;
}

function GridBar(bar: BarProps): ReactNode {
  return (
    <div className="grid-bar">
      <h2>{bar.title}</h2>
      <span className="count">{bar.count}</span>
      {bar.filtered && (
        <button className="chip chip-on" onClick={bar.onClear}>
          Filtered <span aria-hidden="true">✕</span>
          <span className="unseen">clear the filters</span>
        </button>
      )}
      {bar.waiting && (
        <button className="chip" onClick={bar.onRank} title="Figures have moved since these rows were put in order">
          Re-rank{bar.coming === 0 ? '' : `, ${Math.abs(bar.coming)} ${bar.coming > 0 ? 'new' : 'gone'}`} <kbd>F9</kbd>
        </button>
      )}
      <span className="fill" />
      {bar.tools}
      <button className="quiet" onClick={bar.onFilterRow} title="Show or hide the filter row (Ctrl+Shift+F)">
        Filters
      </button>
      <button className="quiet" onClick={bar.onChoose} title="Choose columns">
        Columns
      </button>
      <button className="quiet" onClick={bar.onReset} title="Columns, order, sorting and filters as they were at first">
        Reset
      </button>
    </div>
  );
}

/** A dense grid over a store: range selection and copy, filters, columns, layout, and rows that keep their places. */
export function DeskGrid<Row>(props: DeskGridProps<Row>): ReactNode {
  const { view, columns, store, startAt } = props;
  const place = useRef<HTMLDivElement>(null);
  const grid = useRef<Grid | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const [shown, setShown] = useState({ displayed: 0, held: 0 });
  const [waiting, setWaiting] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [filterRow, setFilterRow] = useState(false);
  const total = useCount(store);
  const loaded = useLoaded(store);

  useEffect(() => {
    if (!place.current) return undefined;
    const made = createDeskGrid<Row>(place.current, {
      view,
      label: latest.current.label,
      store,
      columns: () => latest.current.columns,
      onOpen: (row) => latest.current.onOpen?.(row),
      onExplain: (request) => latest.current.onExplain?.(request),
      onFocus: (row, columnId) => {
        const column = latest.current.columns.find(({ id }) => id === columnId);
        helpAtHand.set(column ? helpOnCell(column, row) : null);
        latest.current.onFocus?.(row);
      },
      onEdit: (row, columnId, typed) => latest.current.onEdit?.(row, columnId, typed) ?? Promise.resolve(),
      onWaiting: setWaiting,
      onCount: (displayed, held) => setShown({ displayed, held }),
    });
    grid.current = made;
    if (latest.current.startAt) made.focusRow(latest.current.startAt);
    return () => {
      grid.current = null;
      // What was under its cursor is under it no longer.
      helpAtHand.set(null);
      made.stop();
    };
  }, [view, store]);

  useEffect(() => {
    if (startAt) grid.current?.focusRow(startAt);
  }, [startAt]);

  const gridApi = useCallback(() => grid.current?.api ?? null, []);
  const closeChooser = useCallback(() => setChoosing(false), []);
  const toggleFilterRow = useCallback(() => {
    const api = grid.current?.api;
    if (!api) return;
    setFilterRow((shown) => {
      api.setGridOption('defaultColDef', { ...api.getGridOption('defaultColDef'), floatingFilter: !shown });
      return !shown;
    });
  }, []);

  const clear = useCallback(() => {
    filterText.set('');
    grid.current?.api.setFilterModel(null);
  }, []);

  const reset = useCallback(() => {
    clear();
    forgetLayout(view);
    grid.current?.resetColumns();
  }, [clear, view]);

  useCommand('rank.now', () => grid.current?.rankNow());
  useCommand('explain.figure', () => grid.current?.explainFocused(), props.onExplain !== undefined);
  useCommand('columns.choose', () => setChoosing(true));
  useCommand('columns.filter', toggleFilterRow);
  useCommand('layout.reset', reset);
  useCommand('call.next', () => grid.current?.moveFocus(1), props.walks === true);
  useCommand('call.previous', () => grid.current?.moveFocus(-1), props.walks === true);

  const [one, many] = props.noun;
  const { displayed, held } = shown;
  const filtered = displayed !== held;
  const count = `${filtered ? `${formatCount(displayed)} of ` : ''}${formatCount(held)} ${held === 1 ? one : many}`;
  const coming = total - held;
  const isEmpty = loaded && total === 0;
  return (
    <section className="desk-grid" aria-label={props.label}>
      <GridBar
        title={props.title}
        count={loaded ? count : 'loading …'}
        filtered={filtered}
        waiting={waiting}
        coming={coming}
        tools={props.tools}
        onRank={() => grid.current?.rankNow()}
        onClear={clear}
        onFilterRow={toggleFilterRow}
        onChoose={() => setChoosing((shown) => !shown)}
        onReset={reset}
      />
      {choosing && <ColumnChooser grid={gridApi} onClose={closeChooser} />}
      {isEmpty && <div className="empty">{props.empty}</div>}
      <div ref={place} className={`grid-place${isEmpty ? ' away' : ''}${filterRow ? ' with-filters' : ''}`} data-testid={props.testId} data-columns={columns.length} />
    </section>
  );
}
