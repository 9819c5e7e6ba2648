import { z } from 'zod';
import { Decimal } from '../../../shared/money.ts';
import { adapter } from '../adapter.ts';
import type { Context } from '../adapter.ts';
import { decimal } from './book.ts';
import { signed, unsigned } from './number.ts';
import { figure } from './trigger.ts';
import { STATED_TERMS } from './venue-book.ts';

const perpetual = { shortage: unsigned, margin_ratio: unsigned, oracle: unsigned, liq_fee: unsigned };

/** drift.base_to_cover_shortage: null, where no size is enough, is printed as MAX. */
export const driftSize = adapter(z.strictObject({ ...perpetual, if_fee: unsigned, quote_price: unsigned }), ({ shortage, margin_ratio, oracle, liq_fee, if_fee, quote_price }, { tools }) => ({
  base: () => {
    const answer = tools.ask('liquidation.sizeToCover', { shortage, insuranceFee: if_fee, price: oracle, quotePrice: quote_price, marginRatio: margin_ratio, liquidatorFee: liq_fee });
    return answer['size'] === null ? 'MAX' : figure(answer, 'size');
  },
}));

/** drift.perp_if_fee. */
export const driftInsurance = adapter(z.strictObject({ ...perpetual, base: unsigned, max_if_fee: unsigned, quote_price: unsigned.default('1') }), ({ shortage, margin_ratio, oracle, liq_fee, base, max_if_fee, quote_price }, { tools }) => ({
  if_fee: () => figure(tools.ask('liquidation.insuranceFee', { shortage, size: base, most: max_if_fee, price: oracle, quotePrice: quote_price, marginRatio: margin_ratio, liquidatorFee: liq_fee }), 'fee'),
}));

/** The program's own constants: no growth for ten minutes, then a millionth a slot. */
const FEE_GROWTH = { graceSlots: '1500', perSlot: '0.000001' };
/** A shortage below 50 dollars is closed at once. */
const WHOLE_BELOW = '50';

/** drift.liquidation_fee_ramp. */
export const driftFeeRamp = adapter(z.strictObject({ base_fee: unsigned, max_fee: unsigned, slots_elapsed: unsigned }), ({ base_fee, max_fee, slots_elapsed }, { tools }) => ({
  fee: () => figure(tools.ask('liquidation.feeAfter', { slots: slots_elapsed, base: base_fee, most: max_fee, ...FEE_GROWTH }), 'fee'),
}));

/** drift.max_pct_to_liquidate. */
export const driftShare = adapter(z.strictObject({ shortage: unsigned, initial_pct: unsigned, slots_elapsed: unsigned, duration: unsigned }), ({ shortage, initial_pct, slots_elapsed, duration }, { tools }) => ({
  pct: () => figure(tools.ask('liquidation.shareAfter', { slots: slots_elapsed, shortage, initial: initial_pct, duration, wholeBelow: WHOLE_BELOW }), 'share'),
}));

/** drift.socialise_perp. */
export const driftSocialised = adapter(z.strictObject({ loss: signed, long_base: signed, short_base: signed }), ({ loss, long_base, short_base }, { tools }) => ({
  funding_delta_per_base: () => figure(tools.ask('liquidation.socialisedFunding', { loss, long: long_base, short: short_base }), 'perUnit'),
}));

/** early_liquidation_buffer. */
export const earlyBuffer = adapter(z.strictObject({ entry: unsigned, venue_liq_price: unsigned, buffer: unsigned }), ({ entry, venue_liq_price, buffer }, { tools }) => ({
  liq_price: () => figure(tools.ask('liquidation.earlyPrice', { entry, liquidation: venue_liq_price, share: buffer }), 'price'),
}));

const queue = z.array(z.tuple([unsigned, unsigned, signed])).min(1);
const rankedColumns = z.tuple([z.literal('account'), z.literal('qty'), z.literal('rank_score')]);

/** adl.ranking: a short that is bankrupt is closed against longs, a long against shorts. */
export const deleveraging = adapter(
  z.union([
    z.strictObject({ longs: queue, columns: rankedColumns, liquidated_short_qty: unsigned, bankruptcy_price: unsigned }).transform(({ longs, liquidated_short_qty }) => ({ rows: longs, quantity: liquidated_short_qty })),
    z.strictObject({ shorts: queue, columns: rankedColumns, liquidated_long_qty: unsigned, bankruptcy_price: unsigned }).transform(({ shorts, liquidated_long_qty }) => ({ rows: shorts, quantity: liquidated_long_qty })),
  ]),
  ({ rows, quantity }, { tools }) => {
    const answer = () => tools.ask('liquidation.deleverage', { positions: rows.map(([account, size, score]) => ({ account, quantity: size, score })), quantity });
    const by = (name: 'percentile' | 'closed', keep: (amount: Decimal) => boolean) => () => {
      const entries = z.array(z.looseObject({ account: z.string(), percentile: z.string(), closed: z.string() })).parse(answer()['queue']);
      return Object.fromEntries(entries.map((entry) => [entry.account, new Decimal(entry[name])] as const).filter(([, amount]) => keep(amount)));
    };
    return { percentile: by('percentile', () => true), closed: by('closed', (amount) => amount.gt(0)) };
  },
);

const shownTier = z.looseObject({ upTo: z.string().nullable(), maintenance: z.string(), initial: z.string(), leverageMax: z.string().nullable(), amount: z.string() });

function shippedTiers(tools: Context['tools'], pack: string, market: string) {
  return z.array(shownTier).parse(tools.ask('bracket.tiers', { packs: [pack], market })['tiers']);
}

/** tier.bracket_table: a table that is shipped is looked up, any other is worked out. */
export const bracketTable = adapter(z.strictObject({ brackets: z.array(z.strictObject({ cap: unsigned, mmr: unsigned, max_leverage: unsigned })).min(1) }), ({ brackets }, { tools }) => ({
  cum: () => {
    const shipped = shippedTiers(tools, 'binance-usdm', 'BTCUSDT');
    const isShipped = shipped.length === brackets.length && brackets.every(({ cap, mmr, max_leverage }, index) => shipped[index]?.upTo === cap && shipped[index].maintenance === mmr && shipped[index].leverageMax === max_leverage);
    const tiers = brackets.map(({ cap, mmr, max_leverage }) => ({ upTo: cap, maintenance: mmr, leverageMax: max_leverage }));
    const market = { title: 'The example’s market', rate: { kind: 'tiers', by: 'notional', apply: 'amount', tiers }, ...STATED_TERMS };
    const worked = z.array(shownTier).parse(tools.ask('bracket.workedTiers', { market })['tiers']);
    return (isShipped ? shipped : worked).map(({ amount }) => decimal(amount));
  },
}));

/** tier.table: the first tiers of the shipped table, which must have these bounds. */
export const tierTable = adapter(z.strictObject({ borrow_caps: z.array(unsigned).min(1) }), ({ borrow_caps }, { tools }) => {
  const shipped = () => {
    const tiers = shippedTiers(tools, 'okx-tiers', 'AGLD-USDT').slice(0, borrow_caps.length);
    if (borrow_caps.some((cap, index) => tiers[index]?.upTo !== cap)) throw new Error('No shipped table has these bounds.');
    return tiers;
  };
  return {
    mmr: () => shipped().map(({ maintenance }) => decimal(maintenance)),
    imr: () => shipped().map(({ initial }) => decimal(initial)),
    max_leverage: () => shipped().map(({ leverageMax }) => decimal(leverageMax ?? 'none')),
  };
});
