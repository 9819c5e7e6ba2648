import { z } from 'zod';

/**
 * Where an account or pool stands against its requirement, mildest first. `indeterminate` means that a position
 * which could make things worse has no usable price or terms: it ranks above warning and is never healthy.
 */
export const MARGIN_STATUSES = ['healthy', 'warning', 'indeterminate', 'call', 'liquidation', 'bankrupt'] as const;
export const marginStatus = z.enum(MARGIN_STATUSES);
export type MarginStatus = z.infer<typeof marginStatus>;

/** Higher is worse. */
export function statusSeverity(status: MarginStatus): number {
  return MARGIN_STATUSES.indexOf(status);
}

export function worstStatus(statuses: readonly MarginStatus[]): MarginStatus {
  return statuses.reduce((worst, status) => (statusSeverity(status) > statusSeverity(worst) ? status : worst), 'healthy');
}
