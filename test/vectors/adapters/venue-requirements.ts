import { z } from 'zod';
import { Decimal } from '../../../shared/money.ts';
import { adapter } from '../adapter.ts';
import { decimal } from './book.ts';
import { signed, unsigned } from './number.ts';
import { figure } from './trigger.ts';
import { STATED_TERMS, venueBook, type VenueRow } from './venue-book.ts';

/** deribit.standard.linear_perp: rates rise with the size in coins; money in coins is money ÷ price. */
export const deribitLinear = adapter(z.strictObject({ size: signed, price: unsigned, im_base: unsigned, mm_base: unsigned, slope_per_unit: unsigned }), ({ size, price, im_base, mm_base, slope_per_unit }, { tools }) => {
  const market = { title: 'The example’s market', rate: { kind: 'linear', initial: im_base, maintenance: mm_base, perUnit: slope_per_unit }, ...STATED_TERMS };
  const pack = venueBook({ on: 'deribit-sm', rows: [{ id: 'PERP', quantity: size, entry: price, mark: price, market }] });
  const money = (name: 'initial' | 'maintenance') => decimal(tools.account(pack)[name]);
  const coins = (name: 'initial' | 'maintenance') => money(name).div(price);
  const rate = (name: 'initialRate' | 'maintenanceRate') => figure(tools.ask('bracket.position', { instrument: 'PERP' }, pack), name);
  return {
    im_rate: () => rate('initialRate'),
    mm_rate: () => rate('maintenanceRate'),
    im_usd: () => money('initial'),
    mm_usd: () => money('maintenance'),
    im_coin: () => coins('initial'),
    mm_coin: () => coins('maintenance'),
  };
});

/** bybit.inverse.im: a contract of one dollar, paid in coin; tiers in coins, each slice at its own rate. */
export const bybitInverse = adapter(
  z.strictObject({ contracts_usd: signed, entry: unsigned, leverage: unsigned, tiers_xyz: z.array(z.tuple([unsigned.nullable(), unsigned])).min(1) }),
  ({ contracts_usd, entry, leverage, tiers_xyz }, { tools }) => {
    const market = { title: 'The example’s market', rate: { kind: 'tiers', by: 'notional', apply: 'slices', tiers: tiers_xyz.map(([upTo, maintenance]) => ({ upTo, maintenance })) }, ...STATED_TERMS };
    const row: VenueRow = { id: 'XYZUSD', quantity: contracts_usd, entry, mark: entry, leverage, market, terms: { underlying: 'XYZ', settlement: 'inverse' } };
    const pack = venueBook({ on: 'bybit', rows: [row], currency: 'XYZ' });
    return {
      position_value_xyz: () => figure(tools.ask('bracket.position', { instrument: 'XYZUSD' }, pack), 'notional'),
      im_xyz: () => decimal(tools.account(pack).initial),
      mm_xyz: () => decimal(tools.account(pack).maintenance),
    };
  },
);

/** synthetix.perps_v3: positions opened at the fill price of an empty market; requirements without the cost of liquidation. */
export const synthetixMargins = adapter(
  z.strictObject({
    collateral: signed,
    positions: z.array(z.strictObject({ size: signed, price: unsigned, skew_scale: unsigned })).min(1),
    im_fraction: unsigned,
    min_im_ratio: unsigned,
    mm_scalar: unsigned,
    liq_reward_ratio: unsigned,
    min_position_margin: z.array(unsigned),
  }),
  ({ collateral, positions, im_fraction, min_im_ratio, mm_scalar, liq_reward_ratio, min_position_margin }, { tools }) => {
    const rows = positions.map(({ size, price, skew_scale }, index): VenueRow => {
      const entry = figure(tools.ask('bracket.fillPrice', { mark: price, size, skew: '0', scale: skew_scale }), 'price').toFixed();
      const rate = { kind: 'skew', minimum: min_im_ratio, factor: im_fraction, maintenanceShare: mm_scalar, perPosition: min_position_margin[index] ?? '0' };
      return { id: `PERP-${index + 1}`, quantity: size, entry, mark: price, market: { title: 'The example’s market', rate, ...STATED_TERMS }, stats: { skewScale: skew_scale } };
    });
    const pack = venueBook({ on: 'synthetix-v3', rows, cash: collateral, section: { liquidationReward: { rate: liq_reward_ratio, most: '10000', ...STATED_TERMS } } });
    const pool = () => tools.account(pack).pools[0];
    const total = (name: 'houseInitial' | 'houseMaintenance') => (pool()?.positions ?? []).reduce((sum, position) => sum.plus(position[name]), new Decimal(0));
    return {
      im_total: () => total('houseInitial'),
      mm_total: () => total('houseMaintenance'),
      pnl: () => rows.map(({ id }) => decimal(pool()?.positions.find(({ instrument }) => instrument === id)?.value ?? 'none')),
      available: () => decimal(pool()?.equity ?? 'none'),
      withdrawable: () => decimal(pool()?.available ?? 'none'),
    };
  },
);

const levelFactors = z.array(unsigned).length(3).nullable();
const roundedDown = { places: 0, initial: 'down', maintenance: 'up', levels: 'down', ...STATED_TERMS };

/** vega.margin_levels: maintenance rounded up, the levels as multiples of it where the example has them. */
export const vegaLevels = adapter(
  z.strictObject({ volume: signed, mark: unsigned, rf_long: unsigned.optional(), rf_short: unsigned.optional(), linear_slippage: unsigned, search_initial_release: levelFactors }),
  ({ volume, mark, rf_long, rf_short, linear_slippage, search_initial_release }, { tools }) => {
    const needed = volume.startsWith('-') ? rf_short : rf_long;
    if (needed === undefined) throw new Error('The risk factor of the position’s side is missing.');
    const rate = { kind: 'riskFactors', long: rf_long ?? needed, short: rf_short ?? needed, slippage: linear_slippage };
    const [search, initial, release] = search_initial_release ?? [];
    const levels = search !== undefined && initial !== undefined && release !== undefined ? { levels: { search, initial, release, ...STATED_TERMS } } : {};
    const pack = venueBook({ on: 'vega-style', rows: [{ id: 'MARKET', quantity: volume, entry: mark, mark, market: { title: 'The example’s market', rate, ...STATED_TERMS } }], section: { rounding: roundedDown, ...levels } });
    const of = (name: string) => () => figure(tools.ask('bracket.position', { instrument: 'MARKET' }, pack), name);
    return { maintenance: of('maintenance'), search: of('search'), initial: of('initial'), release: of('release') };
  },
);

/** vega.margin_levels_from_mm: the levels of a maintenance that is given, cut off. */
export const vegaLevelsFrom = adapter(z.strictObject({ maintenance: unsigned, factors: z.array(unsigned).length(3) }), ({ maintenance, factors }, { tools }) => {
  const [search = '1', initial = '1', release = '1'] = factors;
  const of = (name: string) => () => figure(tools.ask('bracket.levels', { maintenance, search, initial, release, places: 0, rounding: 'down' }), name);
  return { search: of('search'), initial: of('initial'), release: of('release') };
});

/** vega.lognormal_risk_factors: without drift or interest. */
export const vegaFactors = adapter(z.strictObject({ lambda: unsigned, tau: unsigned, mu: z.literal('0'), r: z.literal('0'), sigma: unsigned }), ({ lambda, tau, sigma }, { tools }) => {
  const of = (name: string) => () => figure(tools.ask('bracket.lognormalFactors', { riskAversion: lambda, years: tau, volatility: sigma }), name);
  return { rf_long: of('long'), rf_short: of('short') };
});

/** tier.maintenance_amount. */
export const maintenanceAmount = adapter(z.strictObject({ lower_bound: unsigned, mmr_this: unsigned, mmr_prev: unsigned, prev_amount: unsigned }), ({ lower_bound, mmr_this, mmr_prev, prev_amount }, { tools }) => ({
  amount: () => figure(tools.ask('bracket.maintenanceAmount', { lowerBound: lower_bound, rate: mmr_this, rateBefore: mmr_prev, amountBefore: prev_amount }), 'amount'),
}));


/** bybit.cross.option_margin: an option sold and held, apart from all others. */
export const bybitOption = adapter(
  z.strictObject({ index: unsigned, strike: unsigned, type: z.enum(['call', 'put']), mark: unsigned, order_price: unsigned, size: unsigned, mm_factor: unsigned, max_im: unsigned, min_im: unsigned, liq_fee: unsigned }),
  ({ index, strike, type, mark, order_price, size, mm_factor, max_im, min_im, liq_fee }, { tools }) => {
    const section = { options: { COIN: { initial: max_im, least: min_im, maintenance: mm_factor, closingFee: liq_fee, ...STATED_TERMS } } };
    const option = { kind: 'option' as const, currency: 'USD', underlying: 'COIN', right: type, strike, expiry: '2027-06-25', multiplier: '1', style: 'european' as const, price: mark };
    const book = venueBook({ on: 'bybit', rows: [], section });
    const [account] = book.accounts;
    const pack = {
      ...book,
      instruments: { COIN: { kind: 'coin' as const, currency: 'USD', price: index }, OPTION: option },
      accounts: [{ id: 'A1', regime: account?.regime ?? ('venue' as const), pools: (account?.pools ?? []).map((pool) => ({ ...pool, positions: [{ instrument: 'OPTION', quantity: size === '0' ? '0' : `-${size}`, entryPrice: order_price }] })) }],
    };
    return { im: () => decimal(tools.account(pack).initial), mm: () => decimal(tools.account(pack).maintenance) };
  },
);
