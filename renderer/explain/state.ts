import { createValueStore } from '../desk/value-store.ts';
import { isFigureName } from '../../shared/domain/margin-state.ts';
import type { ExplainRequest } from './request.ts';

/** The figure that the panel on the right shows; null while the panel is closed. */
export const explained = createValueStore<ExplainRequest | null>(null);

export function openExplain(request: ExplainRequest): void {
  explained.set(request);
}

/** When the panel is open, it goes along to another account or branch, staying with the same figure. */
export function followExplain(account: string, branchId: string | null): void {
  const now = explained.get();
  if (now === null || (now.account === account && (now.branchId ?? null) === branchId)) return;
  explained.set({
    account,
    // The other account may not hold the instrument whose call price was open.
    figure: now.account === account || isFigureName(now.figure) ? now.figure : 'maintenance',
    ...(now.position !== undefined && now.account === account ? { position: now.position } : {}),
    ...(branchId === null ? {} : { branchId }),
  });
}

export function closeExplain(): void {
  explained.set(null);
}
