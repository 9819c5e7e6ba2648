import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { Decimal } from '../../../shared/money.ts';
import { adapter } from '../adapter.ts';
import { decimal, negative, stockBook } from './book.ts';
import { stacksOf } from './option-book.ts';
import { valueOf } from './stock.ts';
import { figure } from './trigger.ts';

const amount = plainDecimalFromZero;

/** The day's purchase of some shares by an account that holds nothing else, and what was paid in for it so far. */
function purchase(shares: string, price: string, newAccount: boolean, paidIn = new Decimal(0)) {
  const cost = decimal(shares).times(price);
  return stockBook(shares, price, {
    cash: paidIn.minus(cost),
    newAccount,
    prior: { sma: '0', equity: '0' },
    activity: [
      { kind: 'trade', instrument: 'XYZ', quantity: shares, price, amount: cost.neg().toFixed() },
      { kind: 'deposit', amount: paidIn.toFixed() },
    ],
  });
}

/** regt/established-account, regt/first-transaction: the deposit that a first or a later purchase takes. */
export const purchaseDeposit = adapter(
  z.strictObject({ shares: amount, price: amount, newAccount: z.boolean() }),
  ({ shares, price, newAccount }, { tools, vector }) => {
    const pack = purchase(shares, price, newAccount);
    const asQuestion = vector.kind !== 'account';
    const due = () => figure(tools.ask('margin.regT', {}, pack), 'dueToday');
    return {
      LMV: () => (asQuestion ? figure(tools.ask('margin.position', { instrument: 'XYZ' }, pack), 'value') : valueOf(tools.account(pack))),
      requiredDeposit: () => (asQuestion ? due() : stacksOf(tools.account(pack)).regTDueToday),
      /** Once the deposit that was asked for has come in. */
      SMA: () => figure(tools.ask('margin.regT', {}, purchase(shares, price, newAccount, due())), 'sma'),
    };
  },
);

/** regt/sma-restricted-account: an account below its Reg T margin may still use its SMA, down to the maintenance margin. */
export const restrictedAccount = adapter(z.strictObject({ LMV: amount, debit: amount, SMA: amount }), ({ LMV, debit, SMA }, { tools }) => {
  const pack = stockBook('1', LMV, { cash: negative(debit), prior: { sma: SMA, equity: '0' }, activity: [] });
  const state = () => tools.account(pack);
  const regT = () => stacksOf(state()).regT;
  return {
    equity: () => decimal(state().equity),
    regT50: regT,
    restrictedBy: () => Decimal.max(0, regT().minus(state().equity)),
    smaUsableForPurchase: () => {
      const balance = figure(tools.ask('margin.regT', {}, pack), 'sma');
      // Spend all of it on stock at the Reg T rate: is the account still above its maintenance margin?
      const bought = balance.div(regT().div(LMV));
      const after = tools.account(stockBook('1', decimal(LMV).plus(bought), { cash: decimal(debit).plus(bought).neg() }));
      if (decimal(after.excess).isNegative()) throw new Error('Spending all of the SMA would break the maintenance margin; how much is left is not worked out here.');
      return balance;
    },
  };
});
