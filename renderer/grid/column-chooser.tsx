import type { GridApi } from 'ag-grid-community';
import { useState, type ReactNode } from 'react';
import { Dialog } from '../shell/dialog.tsx';

/** A list of a grid's columns with a tick for each that is shown. */
export function ColumnChooser({ grid, onClose }: { grid: () => GridApi | null; onClose: () => void }): ReactNode {
  const api = grid();
  const [, repaint] = useState(0);
  const named = (api?.getColumns() ?? []).filter((column) => column.getColDef().headerName);
  return (
    <Dialog label="Columns" className="column-chooser" onClose={onClose}>
      <h2>Columns</h2>
      {named.map((column) => (
        <label key={column.getColId()} className="check" title={String(column.getColDef().headerTooltip ?? '')}>
          <input
            type="checkbox"
            checked={column.isVisible()}
            onChange={(event) => {
              api?.setColumnsVisible([column], event.target.checked);
              repaint((count) => count + 1);
            }}
          />
          {column.getColDef().headerName}
        </label>
      ))}
      <button onClick={onClose}>Done</button>
    </Dialog>
  );
}
