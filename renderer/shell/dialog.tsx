import { useLayoutEffect, useRef, type ReactNode } from 'react';

/** A modal dialog: the browser's own, with its focus trap and Escape; a click on the backdrop closes it too. */
export function Dialog({ label, className = '', onClose, children }: { label: string; className?: string; onClose: () => void; children: ReactNode }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the browser paints, so that what is typed right after the key already lands in the dialog.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      const first = element.querySelector<HTMLElement>('[data-first]') ?? element.querySelector<HTMLElement>('input:not([type=checkbox]), .primary');
      first?.focus();
    }
    return () => element?.close();
  }, []);
  return (
    // Escape is the browser's own way out of a dialog; the click handler only adds the backdrop.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog ref={dialog} className={className} aria-label={label} onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      {children}
    </dialog>
  );
}
