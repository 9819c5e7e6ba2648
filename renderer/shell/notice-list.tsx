import type { ReactNode } from 'react';
import { useValue } from '../desk/hooks.ts';
import { dismiss, notices } from './notices.ts';

/** The lines at the lower right, and the same words for screen readers. */
export function NoticeList(): ReactNode {
  const list = useValue(notices);
  return (
    <section className="notices" aria-label="Notices" aria-live="polite">
      {list.map((notice) => (
        <div key={notice.id} className={`notice notice-${notice.tone}`} data-testid="notice">
          <span className="notice-glyph" aria-hidden="true">
            {notice.tone === 'done' ? '✓' : '!'}
          </span>
          <span>{notice.text}</span>
          <button className="quiet" onClick={() => dismiss(notice.id)} aria-label="Dismiss">
            ✕
          </button>
        </div>
      ))}
    </section>
  );
}
