import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { adapter } from '../adapter.ts';
import { decimal, stockBook } from './book.ts';
import { publishedRates } from './rates.ts';
import { figure } from './trigger.ts';

const amount = plainDecimalFromZero;
const HOLDING = { instrument: 'XYZ' };

/** An account that is short of exactly `call` under a maintenance rate of `rate`. */
function houseCallBook(call: string, rate: string): CalcPackInput {
  const value = decimal(call).times(10).plus(1000);
  const equity = value.times(rate).minus(call);
  return stockBook('1', value, { cash: equity.minus(value), ...publishedRates({ long: rate }) });
}

/** An account that owes exactly `call` under Reg T: what the day's purchase takes, with nothing paid in yet. */
function regTCallBook(call: string, rate: string): CalcPackInput {
  const cost = decimal(call).div(rate);
  return stockBook('1', cost, {
    cash: cost.neg(),
    prior: { sma: '0', equity: '0' },
    activity: [{ kind: 'trade', instrument: 'XYZ', quantity: '1', price: cost.toFixed(), amount: cost.neg().toFixed() }],
    ...publishedRates({ regT: rate }),
  });
}

/** cure/sell-amount-*: how much stock to sell. */
export const saleForHouseCall = adapter(z.strictObject({ houseCall: amount, housePct: amount }), ({ houseCall, housePct }, { tools }) => ({
  mustSell: () => figure(tools.ask('cure.amounts', { ...HOLDING, call: 'house' }, houseCallBook(houseCall, housePct)), 'close'),
}));

export const saleForRegTCall = adapter(z.strictObject({ fedCall: amount, fedPct: amount }), ({ fedCall, fedPct }, { tools }) => ({
  mustSell: () => figure(tools.ask('cure.amounts', { ...HOLDING, call: 'regT' }, regTCallBook(fedCall, fedPct)), 'close'),
}));

/** cure/deposit-securities with an amount: cash, or marginable securities instead. */
export const deposits = adapter(
  z.union([
    z.strictObject({ call: amount, maintPct: amount }).transform(({ call, maintPct }) => ({ call: 'house', pack: houseCallBook(call, maintPct) })),
    z.strictObject({ housePct: amount, fedPct: amount }).transform(({ housePct, fedPct }) => ({ call: null, pack: stockBook('1', '1000', publishedRates({ long: housePct, regT: fedPct })) })),
  ]),
  ({ call, pack }, { tools }) => {
    const amounts = () => tools.ask('cure.amounts', { ...HOLDING, call }, pack);
    const release = () => tools.ask('cure.release', { ...HOLDING, marketValue: '1', by: 'depositing' }, pack);
    return {
      depositCash: () => figure(amounts(), 'cash'),
      depositMarginableSecurities: () => figure(amounts(), 'securities'),
      houseReleasePctOfMV: () => figure(release(), 'house'),
      fedReleasePctOfMV: () => figure(release(), 'regT'),
    };
  },
);

/** cure/deposit-securities-fed: a Reg T call at the Regulation's own rate. */
export const depositForRegTCall = adapter(z.strictObject({ fedCall: amount }), ({ fedCall }, { tools }) => {
  const amounts = () => tools.ask('cure.amounts', { ...HOLDING, call: 'regT' }, regTCallBook(fedCall, '0.5'));
  return { depositCash: () => figure(amounts(), 'cash'), depositMarginableSecurities: () => figure(amounts(), 'securities') };
});

/** cure/sell-release, cure/imd-liquidation: what a sale of a given market value eases. */
export const saleRelease = adapter(
  z.union([
    z.strictObject({ sellMV: amount, housePct: amount, fedPct: amount }),
    z.strictObject({ sellMV: amount, maintPct: amount }).transform(({ sellMV, maintPct }) => ({ sellMV, housePct: maintPct, fedPct: '0.5' })),
  ]),
  ({ sellMV, housePct, fedPct }, { tools }) => {
    const pack = stockBook('1', decimal(sellMV).times(2), publishedRates({ long: housePct, regT: fedPct }));
    const release = () => tools.ask('cure.release', { ...HOLDING, marketValue: sellMV, by: 'closing' }, pack);
    return {
      releasedToHouseCall: () => figure(release(), 'house'),
      releasedToFedCall: () => figure(release(), 'regT'),
      imdReducedBy: () => figure(release(), 'house'),
    };
  },
);
