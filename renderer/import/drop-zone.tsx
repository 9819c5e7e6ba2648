import { useRef, useState, type ReactNode } from 'react';
import { useBook, useHost } from '../desk/hooks.ts';
import { useCommand } from '../keys/commands.ts';
import type { ImportFlow } from './import-flow.ts';

/** Where files are dropped or chosen. */
export function DropZone({ files, small }: { files: ImportFlow; small: boolean }): ReactNode {
  const host = useHost();
  const book = useBook();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const readOnly = book?.readOnly === true;

  function choose(): void {
    if (host?.fileDialog) files.choose();
    else input.current?.click();
  }
  useCommand('import.choose', choose, !readOnly);

  if (readOnly) {
    return (
      <div className="drop-zone">
        <p>The book is open read-only{book?.heldBy ? `: ${book.heldBy} holds it for writing` : ''}, so nothing can be imported here.</p>
      </div>
    );
  }
  return (
    // The whole window takes what is dropped (shell/drop-anywhere.ts); this only lights up. The button is for keys.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={`drop-zone${over ? ' over' : ''}${small ? ' small' : ''}`}
      data-testid="import-drop"
      onDragOver={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={() => setOver(false)}
    >
      <p className="drop-lead">Drop a position file here</p>
      <button className="primary" onClick={choose}>
        Choose a file <kbd>Ctrl+O</kbd>
      </button>
      <p className="faint">IBKR Flex XML or activity CSV · Schwab or Fidelity positions CSV · any CSV, by a mapping profile. The format is recognised from the content.</p>
      <input
        ref={input}
        type="file"
        multiple
        className="unseen"
        tabIndex={-1}
        aria-label="Choose files to import"
        data-testid="import-file"
        onChange={(event) => {
          files.take([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
