import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { adapter } from '../adapter.ts';
import { decimal, negative, stockBook, text } from './book.ts';
import { legByParameter } from './explained.ts';
import { stacksOf } from './option-book.ts';

const amount = plainDecimalFromZero;
/** FINRA 4210(c)(2) and (3): below this price another pair of legs applies. */
const LOW_PRICE_BELOW = '5';

/** shortstock/*: short stock, its two legs of the requirement, and the deposit that opening it takes. */
export const shortStock = adapter(z.strictObject({ sharesShort: amount, price: amount }), ({ sharesShort, price }, { tools }) => {
  const state = () => tools.account(stockBook(negative(sharesShort), price, { cash: decimal(sharesShort).times(price) }));
  const deposit = () => stacksOf(state()).houseInitial;
  const cheap = decimal(price).lt(LOW_PRICE_BELOW);
  return {
    shortMarketValue: () => valueOf(state()).neg(),
    proceeds: () => valueOf(state()).neg(),
    regT50: () => stacksOf(state()).regT,
    additional50pct: () => stacksOf(state()).regT,
    totalCollateral: () => stacksOf(state()).regT.minus(valueOf(state())),
    maintenanceRequirement: () => stacksOf(state()).exchange,
    pctLeg: () => legByParameter(state(), cheap ? 'exchange.stock.short.lowPrice.rate' : 'exchange.stock.short.rate'),
    nyse100pct: () => legByParameter(state(), 'exchange.stock.short.lowPrice.rate'),
    perShareLeg: () => legByParameter(state(), cheap ? 'exchange.stock.short.lowPrice.perShare' : 'exchange.stock.short.perShare'),
    depositRequired: deposit,
    equityAfter: () =>
      decimal(tools.account(stockBook(negative(sharesShort), price, { cash: decimal(sharesShort).times(price).plus(deposit()) })).equity),
  };
});

/** shortstock/vs-long: the same shares short and long. */
export const shortAgainstLong = adapter(z.strictObject({ shares: amount, price: amount }), ({ shares, price }, { tools }) => ({
  shortMaintenance: () => stacksOf(tools.account(stockBook(negative(shares), price))).exchange,
  longRegTInitial: () => stacksOf(tools.account(stockBook(shares, price))).regT,
}));

const tier = z.strictObject({ if: z.string(), req: z.string() });

/** ibkr/shortstock-tiers: a table of tiers, each tried in its middle; the breakpoint is where per-share and rate meet. */
export const shortStockTiers = adapter(z.strictObject({ tiers: z.array(tier).min(1) }), ({ tiers }, { tools }) => {
  const perShare = (price: string) => stacksOf(tools.account(stockBook('-1', price))).exchange;
  return {
    breakpoint: () => {
      const wrong = tiers.find(({ if: condition, req }) => !perShare(middleOf(condition)).eq(tierCharge(req, middleOf(condition))));
      if (wrong) throw new Error(`The tier ${wrong.if} asks ${wrong.req}, the engine ${perShare(middleOf(wrong.if)).toFixed()} at ${middleOf(wrong.if)}.`);
      const high = tools.account(stockBook('-1', '1000'));
      return legByParameter(high, 'exchange.stock.short.perShare').div(stacksOf(high).exchange.div(1000));
    },
  };
});

/** A price inside `price>16.67`, `5.00<price<=16.67` or `price<=2.50`. */
function middleOf(condition: string): string {
  const [, above] = /^price>([\d.]+)$/.exec(condition) ?? [];
  if (above !== undefined) return text(decimal(above).times(2));
  const [, from = '0', to] = /^(?:([\d.]+)<)?price<=([\d.]+)$/.exec(condition) ?? [];
  if (to === undefined) throw new Error(`The condition ${JSON.stringify(condition)} is not one this adapter knows.`);
  return text(decimal(from).plus(to).div(2));
}

/** `30%*MV` or `5.00/share` at a price. */
function tierCharge(requirement: string, price: string) {
  const [, percent] = /^([\d.]+)%\*MV$/.exec(requirement) ?? [];
  if (percent !== undefined) return decimal(percent).div(100).times(price);
  const [, dollars] = /^([\d.]+)\/share$/.exec(requirement) ?? [];
  if (dollars === undefined) throw new Error(`The requirement ${JSON.stringify(requirement)} is not one this adapter knows.`);
  return decimal(dollars);
}

/** regt/long-equity: a long market value against a debit. */
export const longEquity = adapter(z.strictObject({ LMV: amount, debit: amount }), ({ LMV, debit }, { tools }) => {
  const state = () => tools.account(stockBook('1', LMV, { cash: negative(debit) }));
  return { equity: () => decimal(state().equity), equityPct: () => decimal(state().equity).div(valueOf(state())) };
});

/** Signed market value of all positions, in the pool's currency. */
export function valueOf(state: AccountState) {
  return state.pools
    .flatMap(({ positions }) => positions)
    .reduce((sum, { valueInPoolCurrency }) => sum.plus(valueInPoolCurrency ?? '0'), decimal('0'));
}
