import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { computePack, preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { marginAccount, type AccountMargin } from '../../../main/engine/margin.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { faultLine, type Result } from '../../../shared/result.ts';

type Pool = CalcPackInput['accounts'][number]['pools'][number];

/** One account with one lending pool; prices by coin, in dollars. */
export interface Loan {
  on?: string;
  prices: Record<string, string>;
  pool: Omit<Pool, 'id' | 'model'>;
  /** What the pack on top sets. */
  rules?: Record<string, unknown>;
  rest?: Partial<CalcPackInput>;
}

export const SAID = { cites: 'A test', status: 'house' };

export function weights(asset: string, debt: string): Record<string, unknown> {
  return { rates: { 'collateral.initial': asset, 'collateral.maintenance': asset, 'debt.initial': debt, 'debt.maintenance': debt }, ...SAID };
}

export function packOf({ on = 'lending-standard', prices, pool, rules = {}, rest = {} }: Loan): CalcPackInput {
  const instruments = Object.fromEntries(Object.entries(prices).map(([coin, price]) => [coin, { kind: 'coin' as const, currency: 'USD', price }]));
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    ...rest,
    instruments: { ...instruments, ...rest.instruments },
    rulePacks: { own: { id: 'own', version: '1', title: 'Own', layer: 'account', model: 'lending', extends: on, effectiveFrom: '2000-01-01', parameters: {}, ...rules } },
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'loan', packs: ['own'], ...pool, model: 'lending' }] }],
  };
}

export function loanState(loan: Loan): AccountState {
  const [account] = valueOf(computePack(valueOf(readCalcPack(packOf(loan))))).accounts;
  if (!account) throw new Error('no account');
  return account;
}

export function loanMargin(loan: Loan): AccountMargin {
  const { accounts, market, shelf } = valueOf(preparePack(valueOf(readCalcPack(packOf(loan)))));
  if (!accounts[0]) throw new Error('no account');
  return marginAccount(accounts[0], market, shelf);
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}
