import { createValueStore } from '../desk/value-store.ts';

/** Regimes an account is compared under, as a person chose them; empty for the usual other one. */
export interface Comparing {
  account: string;
  regimes: readonly string[];
}

/** What the account screen shows in place of its positions; null while it shows those. */
export const comparing = createValueStore<Comparing | null>(null);

/** Opens the comparison of an account with the usual other regime, or closes it. */
export function toggleCompare(account: string): void {
  comparing.set(comparing.get()?.account === account ? null : { account, regimes: [] });
}

export function compareUnder(account: string, regimes: readonly string[]): void {
  comparing.set({ account, regimes });
}
