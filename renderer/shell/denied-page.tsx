import type { ReactNode } from 'react';

/** What a tab shows that the desk does not know: how to get in, and nothing else. */
export function DeniedPage(): ReactNode {
  return (
    <main className="plain-page" data-testid="denied">
      <h1>This tab is not signed in</h1>
      <p>
        Press <kbd>Enter</kbd> in the terminal where Plimsoll runs: it prints a fresh link. Open that link in this browser.
      </p>
      <p className="faint">A link works once. It is used up when a page has been opened with it, and when Plimsoll is started again.</p>
    </main>
  );
}
