import { z } from 'zod';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { adapter } from '../adapter.ts';
import { decimal } from './book.ts';
import { signed, unsigned } from './number.ts';
import { figure } from './trigger.ts';
import { flatTier, liquidationPrice, STATED_TERMS, venueBook, type VenueBook, type VenueRow } from './venue-book.ts';

// The venue counts money in quanta of a millionth and keeps positions as quantities and quote money: a position's entry
// price is then zero, and what was paid stands in the balance.

const QUANTA = 6;
const PPM = 6;

function inMoney(quanta: string): string {
  return shifted(quanta, -QUANTA);
}

function shifted(number: string, places: number): string {
  return toDecimalText(decimal(number).times(new Decimal(10).pow(places)));
}

function inQuanta(money: Decimal): Decimal {
  return money.times(new Decimal(10).pow(QUANTA));
}

interface Rates {
  initial: string;
  maintenanceShare?: string;
  lower?: string;
  upper?: string;
}

function market({ initial, maintenanceShare = '1', lower = '0', upper = '0' }: Rates): Record<string, unknown> {
  return { title: 'The example’s market', rate: { kind: 'openInterest', initial, maintenanceShare, lower, upper }, ...STATED_TERMS };
}

function book(rows: readonly VenueRow[], cash: string, rest: Partial<VenueBook> = {}) {
  return venueBook({ on: 'dydx-v4', rows, cash, ...rest });
}

const scale = { lower_cap: unsigned, upper_cap: unsigned };

/** dydx.imr_quote_quantums: one unit whose price is the notional value. */
export const dydxInitial = adapter(z.strictObject({ im_ppm: unsigned, notional: unsigned, open_interest_notional: unsigned, ...scale }), ({ im_ppm, notional, open_interest_notional, lower_cap, upper_cap }, { tools }) => {
  const rates = { initial: shifted(im_ppm, -PPM), lower: inMoney(lower_cap), upper: inMoney(upper_cap) };
  const pack = book([{ id: 'PERP', quantity: '1', mark: inMoney(notional), market: market(rates), stats: { openInterest: inMoney(open_interest_notional) } }], '0');
  return { imr: () => inQuanta(figure(tools.ask('margin.position', { instrument: 'PERP' }, pack), 'houseInitial')) };
});

/** dydx.oimf_ppm: the rate alone. */
export const dydxScaledRate = adapter(z.strictObject({ base_ppm: unsigned, open_interest_notional: unsigned, ...scale }), ({ base_ppm, open_interest_notional, lower_cap, upper_cap }, { tools }) => {
  const rates = { initial: shifted(base_ppm, -PPM), lower: inMoney(lower_cap), upper: inMoney(upper_cap) };
  const pack = book([{ id: 'PERP', quantity: '1', mark: '1', market: market(rates), stats: { openInterest: inMoney(open_interest_notional) } }], '0');
  return { effective_im_ppm: () => figure(tools.ask('bracket.position', { instrument: 'PERP' }, pack), 'initialRate').times(new Decimal(10).pow(PPM)) };
});

/** dydx.margin_requirements: sizes and prices as whole numbers with an exponent. */
export const dydxRequirements = adapter(
  z.strictObject({ price: unsigned, exponent: signed, atomic_resolution: signed, base_quantums: signed, im_ppm: unsigned, maintenance_fraction_ppm: unsigned, open_interest_base_quantums: unsigned, ...scale }),
  ({ price, exponent, atomic_resolution, base_quantums, im_ppm, maintenance_fraction_ppm, open_interest_base_quantums, lower_cap, upper_cap }, { tools }) => {
    const mark = shifted(price, Number(exponent));
    const units = (quanta: string): string => shifted(quanta, Number(atomic_resolution));
    const rates = { initial: shifted(im_ppm, -PPM), maintenanceShare: shifted(maintenance_fraction_ppm, -PPM), lower: inMoney(lower_cap), upper: inMoney(upper_cap) };
    const openInterest = toDecimalText(decimal(units(open_interest_base_quantums)).times(mark));
    const pack = book([{ id: 'PERP', quantity: units(base_quantums), mark, market: market(rates), stats: { openInterest } }], '0');
    return {
      imr_quote_quantums: () => inQuanta(decimal(tools.account(pack).initial)),
      mmr_quote_quantums: () => inQuanta(decimal(tools.account(pack).maintenance)),
    };
  },
);

const holdings = { usdc: signed, positions: z.record(z.string(), signed), prices: z.record(z.string(), unsigned) };
interface Holdings {
  usdc: string;
  positions: Record<string, string>;
  prices: Record<string, string>;
  mm: string;
  im?: string;
}

/** Initial margin is what the example says, or no more than maintenance where it does not. */
function accountOf({ usdc, positions, prices, mm, im = mm }: Holdings) {
  const rows = Object.entries(positions).map(([name, quantity]): VenueRow => {
    const mark = prices[name];
    if (mark === undefined) throw new Error(`The example gives no price of ${name}.`);
    return { id: name, quantity, entry: '0', mark, market: flatTier(mm, { initial: im }) };
  });
  return book(rows, usdc);
}

/** dydx.is_liquidatable: equal is safe, and so is an account that needs no margin. */
export const dydxLiquidatable = adapter(z.strictObject({ ...holdings, mm: unsigned, im: unsigned.optional() }), ({ im, ...rest }, { tools }) => ({
  liquidatable: () => {
    const { status, maintenance } = tools.account(accountOf({ ...rest, ...(im === undefined ? {} : { im }) }));
    return maintenance !== '0' && ['liquidation', 'bankrupt'].includes(status);
  },
}));

/** dydx.bankruptcy_price_quote_quantums: of a part of one position, whose size has the position's opposite sign. */
export const dydxBankruptcy = adapter(z.strictObject({ ...holdings, delta: z.tuple([z.string(), signed]), im: unsigned, mm: unsigned }), ({ delta: [name, size], ...rest }, { tools }) => ({
  bankruptcy_price_quote_quantums: () => inQuanta(figure(tools.ask('liquidation.bankruptcyPrice', { instrument: name, quantity: toDecimalText(decimal(size).abs()) }, accountOf(rest)), 'value')),
}));

/** dydx.fillable_price. */
export const dydxFillable = adapter(z.strictObject({ ...holdings, market: z.string(), bankruptcy_adjustment: unsigned, spread_to_mm_ratio: unsigned, mm: unsigned }), ({ market: name, bankruptcy_adjustment, spread_to_mm_ratio, ...rest }, { tools }) => ({
  fillable_price: () => figure(tools.ask('liquidation.fillablePrice', { instrument: name, bankruptcyAdjustment: bankruptcy_adjustment, spreadToMaintenance: spread_to_mm_ratio }, accountOf(rest)), 'price'),
}));

/** dydx.insurance_fund_delta: the whole of one position; its takeover price does not depend on the mark. */
export const dydxInsurance = adapter(z.strictObject({ side: signed, qty: unsigned, usdc: signed, fill_price: unsigned, max_liquidation_fee: unsigned }), ({ side, qty, usdc, fill_price, max_liquidation_fee }, { tools }) => ({
  insurance_fund_delta_quote_quantums: () => {
    const quantity = side.startsWith('-') ? `-${qty}` : qty;
    const pack = accountOf({ usdc, positions: { PERP: quantity }, prices: { PERP: fill_price }, mm: '0.1', im: '0.1' });
    return inQuanta(figure(tools.ask('liquidation.insuranceDelta', { instrument: 'PERP', quantity: qty, fillPrice: fill_price, mostFee: max_liquidation_fee }, pack), 'delta'));
  },
}));

/** dydx.account_ui: what the venue's screen shows of an account with one position; buying power at the rate of another market. */
export const dydxAccount = adapter(
  z.strictObject({ usdc: signed, size: signed, oracle: unsigned, imf: unsigned, mmf: unsigned, imf_for_buying_power_account: unsigned.optional() }),
  ({ usdc, size, oracle, imf, mmf, imf_for_buying_power_account }, { tools }) => {
    const own: VenueRow = { id: 'PERP', quantity: size, entry: '0', mark: oracle, market: flatTier(mmf, { initial: imf }) };
    const pack = book([own], usdc);
    const state = () => tools.account(pack);
    const position = (name: string) => figure(tools.ask('bracket.position', { instrument: 'PERP' }, pack), name);
    return {
      equity: () => decimal(state().equity),
      freeCollateral: () => decimal(state().available),
      leverage: () => decimal(state().leverage ?? 'none'),
      marginUsage: () => decimal(state().utilisation ?? 'none'),
      liquidationPrice: () => liquidationPrice(state(), 'PERP'),
      positionLeverage: () => position('leverage'),
      positionBuyingPower: () => position('buyingPower'),
      buyingPower: () => {
        if (imf_for_buying_power_account === undefined) throw new Error('The rate for the account’s buying power is missing.');
        // A trace of the other market, too small to be asked for anything that the venue's quanta show.
        const other: VenueRow = { id: 'OTHER', quantity: '0.000000000001', mark: '0', market: flatTier(imf_for_buying_power_account) };
        return figure(tools.ask('bracket.position', { instrument: 'OTHER' }, book([own, other], usdc)), 'buyingPower');
      },
    };
  },
);
