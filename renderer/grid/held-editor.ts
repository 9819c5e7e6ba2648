import type { GridApi } from 'ag-grid-community';

/**
 * How long an editor stays open for the answer to what was typed: two frames. Whatever takes longer finds it closed, and
 * the cell as it was.
 */
const HELD_MS = 34;

/**
 * Enter in an editor asks the desk at once, and closes the editor with the answer: one frame then shows both. Closed
 * first, the cell would show the old figure for a frame, and the next frame is 17 ms away.
 */
export interface HeldEditor {
  /**
   * Takes Enter behind a text that is not `before`, and asks `ask` about it; and, while an editor is held, any key: it closes
   * the editor and goes where it was meant for.
   */
  onKey: (event: KeyboardEvent, before: string, ask: (typed: string) => Promise<unknown>) => boolean;
}

export function createHeldEditor(grid: () => GridApi | null): HeldEditor {
  let close: (() => void) | null = null;

  function hold(editor: HTMLElement, answer: Promise<unknown>): void {
    const timer = setTimeout(closeNow, HELD_MS);
    function closeNow(): void {
      if (close !== closeNow) return;
      close = null;
      clearTimeout(timer);
      const api = grid();
      // What was typed is with the desk already: the grid itself need not hear of it.
      if (api?.isDestroyed() === false) api.stopEditing(true);
    }
    close = closeNow;
    // The focus goes where it will be: once the answer has changed the page, moving it makes the browser lay all out first.
    editor.closest<HTMLElement>('.ag-cell')?.focus({ preventScroll: true });
    void answer.then(closeNow);
  }

  return {
    onKey(event, before, ask) {
      if (close) {
        close();
        event.preventDefault();
        document.activeElement?.dispatchEvent(new KeyboardEvent(event.type, event));
        return true;
      }
      const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
      if (key !== 'Enter' || ctrlKey || metaKey || altKey || isComposing || !(target instanceof HTMLInputElement) || target.value === before) return false;
      event.preventDefault();
      hold(target, ask(target.value));
      return true;
    },
  };
}
