import { expect, test } from 'vitest';
import type { AccountState } from '../../shared/domain/margin-state.ts';
import { borrows, needOf } from '../../main/calls/account-need.ts';
import { anAccount, POLICY } from './an-account.ts';

function holding(netLiq: string, positions: { quantity: string; valueInPoolCurrency: string | null }[]): Pick<AccountState, 'pools'> {
  return { pools: [{ netLiq, positions }] as AccountState['pools'] };
}

test('a margin account borrows when it is short or owes cash', () => {
  expect(borrows('regT', holding('5000', [{ quantity: '100', valueInPoolCurrency: '8000' }]))).toBe(true);
  expect(borrows('regT', holding('5000', [{ quantity: '-1', valueInPoolCurrency: null }]))).toBe(true);
  expect(borrows('regT', holding('8000', [{ quantity: '100', valueInPoolCurrency: '8000' }]))).toBe(false);
  expect(borrows('regT', holding('9000', []))).toBe(false);
});

test('a cash account does not borrow', () => {
  expect(borrows('cash', holding('5000', [{ quantity: '100', valueInPoolCurrency: '8000' }]))).toBe(false);
});

test('futures are neither lent nor borrowed', () => {
  expect(borrows('regT', { pools: [{ model: 'fixed', netLiq: '5000', positions: [{ quantity: '-1', valueInPoolCurrency: '9000' }] }] as unknown as AccountState['pools'] })).toBe(false);
});

test('a call on futures asks for what restores initial margin, not only for the deficit', () => {
  const account = anAccount({ equity: '700', house: '750' });
  const pools = [{ deficit: '50', callAmount: '300', equity: '700', stacks: { exchange: { initial: '1000', maintenance: '750' } } }] as unknown as AccountState['pools'];
  expect(needOf(account, POLICY).maintenance.toFixed()).toBe('50');
  expect(needOf({ ...account, state: { ...account.state, pools } }, POLICY).maintenance.toFixed()).toBe('300');
});
