import type { AccountId } from '../../shared/domain/facts.ts';
import { accountInLanes, type BookLanes } from '../engine/columns/book/book-lanes.ts';
import { computeAccount } from './compute.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { figuresOf, poolSummary, summaryOf, type AccountSummary } from './summary.ts';

/** An account's figures by the columns, or by the explaining engine where these cannot say them. */
export function summaryFrom(lanes: BookLanes | null, holdings: Holdings, account: AccountHoldings): AccountSummary {
  return summaryInLanes(lanes, account.account.account) ?? summaryOf(computeAccount(holdings, account).state);
}

/** The same by the columns alone; null where they cannot say it. */
export function summaryInLanes(lanes: BookLanes | null, account: AccountId): AccountSummary | null {
  const known = lanes && accountInLanes(lanes, account);
  if (!known) return null;
  const { buyingPower, regTInitial, exchangeMaintenance, houseMaintenance, unverified, concentration, driver, notPairedYet, borrows, pools } = known;
  return {
    ...figuresOf(known),
    buyingPower,
    regTInitial,
    exchangeMaintenance,
    houseMaintenance,
    unverified,
    concentration: concentration && { group: concentration.group, share: concentration.share },
    driver: driver && { group: driver.group, share: driver.share },
    notPairedYet,
    borrows,
    pools: pools.map(poolSummary),
  };
}
