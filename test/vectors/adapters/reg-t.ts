import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { adapter } from '../adapter.ts';
import { decimal, stockBook } from './book.ts';
import { stacksOf } from './option-book.ts';
import { valueOf } from './stock.ts';
import { figure } from './trigger.ts';

const amount = plainDecimalFromZero;

/** The day's purchase of some shares by an account that holds nothing else and has paid in nothing yet. */
function purchase(shares: string, price: string, newAccount: boolean) {
  const cost = decimal(shares).times(price);
  return stockBook(shares, price, {
    cash: cost.neg(),
    newAccount,
    prior: { sma: '0', equity: '0' },
    activity: [{ kind: 'trade', instrument: 'XYZ', quantity: shares, price, amount: cost.neg().toFixed() }],
  });
}

/** regt/established-account, regt/first-transaction: the deposit that a first or a later purchase takes. */
export const purchaseDeposit = adapter(
  z.strictObject({ shares: amount, price: amount, newAccount: z.boolean() }),
  ({ shares, price, newAccount }, { tools, vector }) => {
    const pack = purchase(shares, price, newAccount);
    const asQuestion = vector.kind !== 'account';
    return {
      LMV: () => (asQuestion ? figure(tools.ask('margin.position', { instrument: 'XYZ' }, pack), 'value') : valueOf(tools.account(pack))),
      requiredDeposit: () => (asQuestion ? figure(tools.ask('margin.regT', {}, pack), 'dueToday') : (stacksOf(tools.account(pack)).regTDueToday ?? null)),
      SMA: () => figure(tools.ask('margin.regT', {}, pack), 'sma'),
    };
  },
);
