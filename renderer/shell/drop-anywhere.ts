import { useEffect } from 'react';
import type { ImportFlow } from '../import/import-flow.ts';
import { go } from './router.ts';

/** Takes files dropped anywhere on the window; without this the browser would leave the desk to show the file. */
export function useDropAnywhere(files: ImportFlow, enabled: boolean): void {
  useEffect(() => {
    const onDragOver = (event: DragEvent): void => event.preventDefault();
    function onDrop(event: DragEvent): void {
      event.preventDefault();
      const dropped = [...(event.dataTransfer?.files ?? [])];
      if (!enabled || dropped.length === 0) return;
      go({ screen: 'import' });
      files.take(dropped);
    }
    addEventListener('dragover', onDragOver);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onDragOver);
      removeEventListener('drop', onDrop);
    };
  }, [files, enabled]);
}
