import type { ReactNode } from 'react';
import type { MarginStatus } from '../../shared/domain/status.ts';
import { STATUS_LOOK } from './status.ts';

/** A status outside of a grid: shape, word and colour. */
export function StatusPill({ status, title }: { status: MarginStatus; title?: string }): ReactNode {
  const look = STATUS_LOOK[status];
  return (
    <span className={`pill status-${status}`} title={title} data-status={status}>
      <span aria-hidden="true">{look.glyph}</span> {look.word}
    </span>
  );
}
