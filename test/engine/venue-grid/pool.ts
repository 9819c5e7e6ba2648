import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { accountStateOf, marginAccount, type AccountMargin } from '../../../main/engine/margin.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { faultLine, type Result } from '../../../shared/result.ts';

type Pool = CalcPackInput['accounts'][number]['pools'][number];
export type Positions = NonNullable<Pool['positions']>;

export const NOW = '2026-11-20T08:00:00Z';
/** A year of 365 days from NOW, so that σ√T is σ. */
export const IN_A_YEAR = '2027-11-20T08:00:00Z';
export const SAID = { cites: 'A test', status: 'house' };

/** One venue pool on a spot of 2,000; `grid` is the pack's, `vols` are by option. */
export interface GridPool {
  grid: Record<string, unknown>;
  positions?: Positions;
  collateral?: Pool['collateral'];
  cash?: string;
  /** Of the pool and its cash. */
  currency?: string;
  forward?: { price?: string; rate?: string; confidence?: string };
  rest?: Partial<CalcPackInput>;
  /** A shipped pack in the place of its own. */
  packs?: string[];
}

export function option(right: 'call' | 'put', strike: string, impliedVol = '0.5', expiresAt = IN_A_YEAR) {
  return { kind: 'option' as const, currency: 'USDC', underlying: 'ETH', right, strike, expiry: expiresAt.slice(0, 10), expiresAt, style: 'european' as const, multiplier: '1', impliedVol };
}

export function gridPack({ grid, positions = [], collateral = [], cash = '0', currency = 'USDC', forward = {}, rest = {}, packs = ['own'] }: GridPool): CalcPackInput {
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: NOW,
    baseCurrency: currency,
    market: { forwards: [{ underlying: 'ETH', expiresAt: IN_A_YEAR, price: '2000', ...forward }] },
    ...rest,
    instruments: { USDC: { kind: 'coin', currency: 'USD', price: '1' }, ETH: { kind: 'coin', currency: 'USDC', price: '2000' }, PERP: { kind: 'perpetual', currency: 'USDC', underlying: 'ETH', price: '2010' }, ...rest.instruments },
    rulePacks: { own: { id: 'own', version: '1', title: 'Own', layer: 'account', model: 'scan', extends: 'venue-grid-standard', effectiveFrom: '2000-01-01', parameters: {}, venueGrid: { ...SAID, ...grid } } },
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', mode: 'venue', model: 'scan', packs, currency, cash: { [currency]: cash }, positions, collateral }] }],
  };
}

export function gridMargin(pool: GridPool): AccountMargin {
  const { accounts, market, shelf } = valueOf(preparePack(valueOf(readCalcPack(gridPack(pool)))));
  if (!accounts[0]) throw new Error('no account');
  return marginAccount(accounts[0], market, shelf);
}

export function gridState(pool: GridPool): AccountState {
  return accountStateOf(gridMargin(pool));
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}
