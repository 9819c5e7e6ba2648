import { createValueStore } from '../desk/value-store.ts';
import type { ExplainRequest } from './request.ts';

/** The figure that the panel on the right shows; null while the panel is closed. */
export const explained = createValueStore<ExplainRequest | null>(null);

export function openExplain(request: ExplainRequest): void {
  explained.set(request);
}

export function closeExplain(): void {
  explained.set(null);
}
