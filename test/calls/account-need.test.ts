import { expect, test } from 'vitest';
import type { AccountState } from '../../shared/domain/margin-state.ts';
import { borrows } from '../../main/calls/account-need.ts';
import { anAccount } from './an-account.ts';

function holding(netLiq: string, positions: { quantity: string; valueInPoolCurrency: string | null }[]): AccountState {
  const { state } = anAccount({ equity: netLiq, house: '0' });
  return { ...state, pools: [{ netLiq, positions }] as AccountState['pools'] };
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
