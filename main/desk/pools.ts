import type { Regime } from '../../shared/domain/facts.ts';

/**
 * Pack layers by an account's regime, lowest layer first. Portfolio-margin and venue accounts are shown under the
 * rules-based packs until their own models are here, and are badged "indicative" wherever they appear.
 */
const PACKS: Record<Regime, readonly string[]> = {
  cash: ['cash-account'],
  regT: ['us-reg-t', 'house-standard', 'broker-list'],
  portfolio: ['us-reg-t', 'house-standard', 'broker-list'],
  venue: ['us-reg-t', 'house-standard', 'broker-list'],
};

export function packsForRegime(regime: Regime): readonly string[] {
  return PACKS[regime];
}

/** True when the account's own regime is not the one its figures are computed under. */
export function isIndicative(regime: Regime): boolean {
  return regime === 'portfolio' || regime === 'venue';
}
