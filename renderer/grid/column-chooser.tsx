import type { GridApi } from 'ag-grid-community';
import { useEffect, useRef, useState } from 'react';

/** A list of a grid's columns with a tick for each that is shown. */
export function ColumnChooser({ api, onClose }: { api: GridApi; onClose(): void }): React.ReactNode {
  const [, repaint] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector('input')?.focus();
    const onDown = (event: MouseEvent): void => {
      if (!list.current?.contains(event.target as Node)) onClose();
    };
    addEventListener('mousedown', onDown);
    return () => removeEventListener('mousedown', onDown);
  }, [onClose]);

  return (
    <div ref={list} className="popover column-chooser" role="dialog" aria-label="Columns" onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      {(api.getColumns() ?? []).map((column) => (
        <label key={column.getColId()} className="check">
          <input
            type="checkbox"
            checked={column.isVisible()}
            onChange={(event) => {
              api.setColumnsVisible([column], event.target.checked);
              repaint((count) => count + 1);
            }}
          />
          {column.getColDef().headerName}
        </label>
      ))}
    </div>
  );
}
