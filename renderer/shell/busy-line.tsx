import type { ReactNode } from 'react';
import { useDesk, useValue } from '../desk/hooks.ts';

/** A thin moving line under the top bar while an answer takes longer than half a second. */
export function BusyLine(): ReactNode {
  const waiting = useValue(useDesk().waiting);
  return waiting > 0 ? <progress className="busy-line" aria-label="The desk is working" /> : null;
}
