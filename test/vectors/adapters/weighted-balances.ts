import { z } from 'zod';
import { adapter, type Context } from '../adapter.ts';
import { decimal } from './book.ts';
import { lendingPack, STATED } from './lending.ts';
import { short, signed, unsigned } from './number.ts';

const amount = unsigned;
const three = z.array(signed).length(3);
const pair = z.array(amount).length(2);

const inputs = z.strictObject({
  prices: three,
  init_asset_w: three,
  init_liab_w: three,
  perp: z.strictObject({ base_lot: amount, price: amount, init_base_asset_w: amount, init_base_liab_w: amount, init_overall_asset_w: amount }),
  tokens: three,
  open_orders_1_2_quote_base: pair,
  open_orders_1_3_quote_base: pair,
  perp1: z.strictObject({ base_lots: signed, quote: signed, bids_lots: amount, asks_lots: amount }),
  bank: z
    .strictObject({
      deposits: z.array(amount.nullable()).optional(),
      dep_scale: z.array(amount.nullable()).optional(),
      borrows: z.array(amount.nullable()).optional(),
      bor_scale: z.array(amount.nullable()).optional(),
      borrow_scale: z.array(amount.nullable()).optional(),
      potential: z.array(amount.nullable()).optional(),
      lowest_ask_1_2: amount.optional(),
      lowest_ask_1_3: amount.optional(),
      highest_bid_inv_1_2: amount.optional(),
      highest_bid_inv_1_3: amount.optional(),
    })
    .default({}),
});
type Inputs = z.output<typeof inputs>;

/** The first token is money of its own: the others, and the perpetual, are priced and settled in it. */
const TOKENS = ['TKA', 'TKB', 'TKC'] as const;

/**
 * mango.init_health: what is available. Reserved quote money is an order to buy, reserved base an order to sell; at the
 * mark, or at the best bid and ask where those are stated.
 */
export const initHealth = adapter(inputs, (given, context) => ({ init_health: () => availableOf(given, context) }));

function availableOf({ prices, init_asset_w, init_liab_w, perp, tokens, perp1, bank, ...orders }: Inputs, { tools }: Context) {
  const inFirst = (index: number): string => short(decimal(prices[index] ?? '0').div(prices[0] ?? '1'));
  const rates = Object.fromEntries(
    TOKENS.map((token, index) => {
      const scale = (list: readonly (string | null)[] | undefined, name: string) => (typeof list?.[index] === 'string' ? { [name]: list[index] } : {});
      return [token, { rates: { 'collateral.initial': init_asset_w[index], 'debt.initial': init_liab_w[index], 'collateral.maintenance': init_asset_w[index], 'debt.maintenance': init_liab_w[index], ...scale(bank.dep_scale, 'collateral.scaleStart'), ...scale(bank.bor_scale ?? bank.borrow_scale, 'debt.scaleStart') }, ...STATED }];
    }),
  );
  const perpRates = { rates: { 'collateral.initial': perp.init_base_asset_w, 'collateral.maintenance': perp.init_base_asset_w, 'debt.initial': perp.init_base_liab_w, 'debt.maintenance': perp.init_base_liab_w, 'perpetual.overall': perp.init_overall_asset_w }, ...STATED };
  const base = decimal(perp1.base_lots).times(perp.base_lot);
  const hasPerp = !base.isZero();
  const stats = Object.fromEntries(
    TOKENS.map((token, index) => {
      const sum = decimal(bank.deposits?.[index] ?? '0').plus(bank.potential?.[index] ?? '0');
      return [token, { deposits: short(sum), ...(typeof bank.borrows?.[index] === 'string' ? { borrows: bank.borrows[index] } : {}) }];
    }),
  );
  const lots = (count: string, sign: 1 | -1) => (count === '0' ? [] : [{ instrument: 'PERP', quantity: short(decimal(count).times(perp.base_lot).times(sign)), price: perp.price }]);
  const market = (index: 1 | 2, [quote = '0', own = '0']: readonly string[], ask: string | undefined, bidInverse: string | undefined) => {
    const instrument = TOKENS[index];
    const mark = inFirst(index);
    // A bid of which the source gives the inverse: what one of quote buys.
    const bought = decimal(quote).times(bidInverse ?? decimal('1').div(mark));
    const bid = bidInverse === undefined ? mark : short(decimal('1').div(bidInverse));
    return [...(quote === '0' ? [] : [{ instrument, quantity: short(bought), price: bid }]), ...(own === '0' ? [] : [{ instrument, quantity: short(decimal(own).neg()), price: ask ?? mark }])];
  };
  const pack = lendingPack(
    'lending-mango-v4',
    [
      {
        positions: [...TOKENS.flatMap((instrument, index) => (tokens[index] === '0' ? [] : [{ instrument, quantity: tokens[index] ?? '0' }])), ...(hasPerp ? [{ instrument: 'PERP', quantity: short(base), entryPrice: short(decimal(perp1.quote).neg().div(base)) }] : [])],
        orders: [...market(1, orders.open_orders_1_2_quote_base, bank.lowest_ask_1_2, bank.highest_bid_inv_1_2), ...market(2, orders.open_orders_1_3_quote_base, bank.lowest_ask_1_3, bank.highest_bid_inv_1_3), ...(hasPerp ? [...lots(perp1.bids_lots, 1), ...lots(perp1.asks_lots, -1)] : [])],
      },
    ],
    {
      fx: { TKA: prices[0] ?? '1' },
      instruments: {
        TKA: { kind: 'coin', currency: 'USD', price: prices[0] },
        TKB: { kind: 'coin', currency: 'TKA', price: inFirst(1) },
        TKC: { kind: 'coin', currency: 'TKA', price: inFirst(2) },
        PERP: { kind: 'perpetual', currency: 'TKA', price: short(decimal(perp.price).div(prices[0] ?? '1')) },
      },
      market: { stats },
    },
    { perInstrument: { ...rates, PERP: perpRates } },
  );
  return decimal(tools.account(pack).available);
}

const FORM = /^\((\d+) \+ \(([\d+]+)\) \+ \((\d+)\*(\d+)\*([\d.]+) \+ \(([-+\d]+)\)\)\) \* ([\d.]+) \+ \(([-+\d]+)\)\*(\d+)\*([\d.]+)$/;

/**
 * mango.init_health0, which the source gives as arithmetic only: (deposit + (orders, as quote) + (lots × value × weight +
 * (quote))) × asset weight + (balances) × price × liability weight. Orders are taken as money of the first token.
 */
export const healthExpression = adapter(z.strictObject({ expression: z.string().regex(FORM, 'expected the arithmetic of that test') }), ({ expression }, context) => {
  const [, deposit = '0', orders = '0', lots = '0', lotValue = '0', weight = '1', quote = '0', assetWeight = '1', balance = '0', price = '1', liabilityWeight = '1'] = FORM.exec(expression) ?? [];
  return {
    init_health: () =>
      availableOf(
        {
          prices: ['1', price, '1'],
          init_asset_w: [assetWeight, '0', '0'],
          init_liab_w: ['1', liabilityWeight, '1'],
          perp: { base_lot: '1', price: lotValue, init_base_asset_w: weight, init_base_liab_w: '1', init_overall_asset_w: '1' },
          tokens: [short(summed(`${deposit}+${orders}`)), short(summed(balance)), '0'],
          open_orders_1_2_quote_base: ['0', '0'],
          open_orders_1_3_quote_base: ['0', '0'],
          perp1: { base_lots: lots, quote: short(summed(quote)), bids_lots: '0', asks_lots: '0' },
          bank: {},
        },
        context,
      ),
  };
});

function summed(terms: string) {
  return (terms.match(/[-+]?\d+/g) ?? []).reduce((total, term) => total.plus(term), decimal('0'));
}
