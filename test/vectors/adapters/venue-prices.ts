import { z } from 'zod';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { adapter } from '../adapter.ts';
import { decimal } from './book.ts';
import { signed, unsigned } from './number.ts';
import { flatTier, liquidationPrice, sided, venueBook, type VenueRow } from './venue-book.ts';

const side = signed.refine((text) => text === '1' || text === '-1', { error: 'expected 1 for a long or -1 for a short' });
const position = z.strictObject({ side, qty: unsigned, entry: unsigned, mark: unsigned.optional(), mmr: unsigned, cum: unsigned });
type Position = z.infer<typeof position>;

/** binance.um.liq_price: one position, alone or beside others that are given one by one or only as totals. */
export const binanceLiquidation = adapter(
  z.strictObject({ mode: z.enum(['cross', 'isolated']), wallet_balance: signed, TMM1: unsigned.optional(), UPNL1: signed.optional(), position, other_positions: z.array(position).default([]) }),
  ({ mode, wallet_balance, TMM1, UPNL1, position: own, other_positions }, { tools }) => {
    const external = { ...(TMM1 === undefined ? {} : { maintenance: TMM1 }), ...(UPNL1 === undefined ? {} : { unrealisedPnl: UPNL1 }) };
    const others = other_positions.map((other, index) => row(`OTHER-${index + 1}`, other));
    const state = () => tools.account(venueBook({ rows: [row('OWN', own), ...others], cash: wallet_balance, pool: { mode, ...(Object.keys(external).length > 0 ? { external } : {}) } }));
    const ofOthers = (figure: 'houseMaintenance' | 'value') => () =>
      (state().pools[0]?.positions ?? []).filter(({ instrument }) => instrument !== 'OWN').reduce((total, each) => total.plus(each[figure] ?? '0'), new Decimal(0));
    return { liq_price: () => liquidationPrice(state(), 'OWN'), other_TMM: ofOthers('houseMaintenance'), other_UPNL: ofOthers('value') };
  },
);

function row(id: string, { side: sign, qty, entry, mark = entry, mmr, cum }: Position): VenueRow {
  return { id, quantity: sided(qty, sign === '-1'), entry, mark, market: flatTier(mmr, cum === '0' ? {} : { amount: cum }) };
}

/** A wallet has so many decimals at most; an example's division may have no end. */
const WALLET_PLACES = 12;

/**
 * An isolated position as a trading bot states it: margin is the value at entry ÷ leverage. `venue` says what the venue
 * does with the rate and the fee.
 */
function isolated(venue: { section?: Record<string, unknown>; fee: boolean }) {
  return adapter(
    z.strictObject({ short: z.stringbool().or(z.boolean()), leverage: unsigned, entry: unsigned, qty: unsigned, mmr: unsigned, cum: unsigned, taker_fee: unsigned }),
    ({ short: isShort, leverage, entry, qty, mmr, cum, taker_fee }, { tools }) => {
      if (!venue.fee && taker_fee !== '0') throw new Error('This venue’s formula has no fee.');
      const market = flatTier(mmr, cum === '0' ? {} : { amount: cum }, venue.fee ? { closingFee: taker_fee } : {});
      const margin = toDecimalText(decimal(entry).times(qty).div(leverage).toDecimalPlaces(WALLET_PLACES));
      const pack = venueBook({ rows: [{ id: 'OWN', quantity: sided(qty, isShort), entry, mark: entry, leverage, market }], cash: margin, ...(venue.section ? { section: venue.section } : {}), pool: { mode: 'isolated' } });
      return { liq_price: () => liquidationPrice(tools.account(pack), 'OWN') };
    },
  );
}

export const binanceIsolated = isolated({ fee: false });
export const withTakerFee = isolated({ fee: true });
/** On the shipped pack's choice: the rate is of the value at entry. */
export const bybitIsolated = isolated({ fee: false, section: { notionalAt: { value: 'entry', cites: 'The published example', status: 'secondary' } } });

/** hyperliquid.liq_price: maintenance is half of the initial margin at the market's greatest leverage. */
export const hyperliquidLiquidation = adapter(
  z.strictObject({ coin: z.string(), side: z.enum(['long', 'short']), size: unsigned, entry: unsigned, collateral: signed, leverage: unsigned, maxLeverage: unsigned }),
  ({ coin, side: direction, size, entry, collateral, leverage, maxLeverage }, { tools }) => {
    const market = { title: coin, rate: { kind: 'tiers', by: 'notional', apply: 'amount', maintenanceShare: '0.5', tiers: [{ upTo: null, leverageMax: maxLeverage }] }, cites: 'The published example', status: 'secondary' };
    const pack = venueBook({ on: 'hyperliquid', rows: [{ id: coin, quantity: sided(size, direction === 'short'), entry, mark: entry, leverage, market }], cash: collateral });
    return { liq_price: () => liquidationPrice(tools.account(pack), coin) };
  },
);
