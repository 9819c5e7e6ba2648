import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { adapter } from '../adapter.ts';
import type { Figure } from '../compare.ts';
import { BUSINESS_DAY, decimal } from './book.ts';
import { short, signed, unsigned } from './number.ts';
import { figure } from './trigger.ts';

const amount = unsigned;
type Pool = Omit<CalcPackInput['accounts'][number]['pools'][number], 'id' | 'model'>;

/** A pack with one account under the model lending; `rules` are what the example states, on top of `on`. */
export function lendingPack(on: string, pools: readonly (Pool & { id?: string })[], rest: Partial<CalcPackInput> = {}, rules: Record<string, unknown> = {}): CalcPackInput {
  const rulePack = { id: 'published-terms', version: '1', title: 'Terms of a published example', layer: 'account', model: 'lending', extends: on, effectiveFrom: '2000-01-01', parameters: {}, ...rules };
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: `${BUSINESS_DAY}T21:00:00Z`,
    baseCurrency: 'USD',
    ...rest,
    rulePacks: { 'published-terms': rulePack },
    accounts: [{ id: 'A1', regime: 'venue', pools: pools.map((pool, index) => ({ id: `pool${index}`, packs: ['published-terms'], ...pool, model: 'lending' })) }],
  };
}

export const STATED = { cites: 'The published example', status: 'secondary' };

function coin(price: string) {
  return { kind: 'coin' as const, currency: 'USD', price };
}

/** aave.health_factor: values, so one unit of each. No debt is printed as −1. */
export const aaveHealth = adapter(z.strictObject({ collateral: amount, debt: amount, liquidation_threshold: amount }), ({ collateral, debt, liquidation_threshold }, { tools }) => ({
  hf: () => {
    const pack = lendingPack('lending-aave-v3', [{ collateral: [{ instrument: 'COLL', quantity: '1', liquidationThreshold: liquidation_threshold }], debt: [{ instrument: 'LOAN', quantity: '1' }] }], { instruments: { COLL: coin(collateral), LOAN: coin(debt) } });
    const { healthRatio } = tools.account(pack);
    return decimal(healthRatio ?? '-1');
  },
}));

/** comet.is_liquidatable: the status of the account. */
export const cometLiquidatable = adapter(z.strictObject({ debt_usd: amount, collateral: amount, liquidate_cf: amount, price: amount }), ({ debt_usd, collateral, liquidate_cf, price }, { tools }) => ({
  liquidatable: () => {
    const pack = lendingPack('lending-comet', [{ collateral: [{ instrument: 'COLL', quantity: collateral, liquidationThreshold: liquidate_cf }], debt: [{ instrument: 'LOAN', quantity: debt_usd }] }], { instruments: { COLL: coin(price), LOAN: coin('1') } });
    return ['liquidation', 'bankrupt'].includes(tools.account(pack).status);
  },
}));

/** morpho.liquidation_incentive_factor. */
export const morphoIncentive = adapter(z.strictObject({ lltv: amount, cursor: amount, max: amount }), ({ lltv, cursor, max }, { tools }) => ({
  lif: () => figure(tools.ask('lending.incentive', { threshold: lltv, cursor, max }), 'factor'),
}));

const transfer = { asset_weight: amount, liab_weight: amount, asset_mult: amount, liab_mult: amount };
interface TransferInputs {
  asset_weight: string;
  liab_weight: string;
  asset_mult: string;
  liab_mult: string;
}

function transferParams({ asset_weight, liab_weight, asset_mult, liab_mult }: TransferInputs, liabilityPrice: string): Record<string, string> {
  return { assetWeight: asset_weight, liabilityWeight: liab_weight, assetMultiplier: asset_mult, liabilityMultiplier: liab_mult, liabilityPrice };
}

/** drift.liability_transfer_to_cover: without an amount that helps, the venue writes its largest number. */
export const liabilityTransfer = adapter(z.strictObject({ shortage: amount, ...transfer, liab_price: amount, if_fee: amount }), ({ shortage, liab_price, if_fee, ...rest }, { tools }) => ({
  liability_transfer: () => {
    const answer = tools.ask('lending.transferToCover', { shortage, insuranceFee: if_fee, ...transferParams(rest, liab_price) });
    return answer['units'] === null ? 'MAX' : figure(answer, 'units');
  },
}));

/** drift.spot_if_fee. */
export const spotInsuranceFee = adapter(z.strictObject({ shortage: amount, token_amount: amount, oracle: amount, ...transfer, max_if_fee: amount }), ({ shortage, token_amount, oracle, max_if_fee, ...rest }, { tools }) => ({
  if_fee: () => figure(tools.ask('lending.insuranceFee', { shortage, debt: token_amount, max: max_if_fee, ...transferParams(rest, oracle) }), 'fee'),
}));

/** drift.socialise_spot. */
export const socialisedDeposits = adapter(z.strictObject({ loss: amount, total_deposits: amount }), ({ loss, total_deposits }, { tools }) => ({
  deposit_interest_cut: () => figure(tools.ask('lending.socialisedShare', { loss, deposits: total_deposits }), 'share'),
}));

/** drift.imf_weight, with the venue's own constants. */
export const weightForSize = adapter(z.strictObject({ size: amount, imf_factor: amount, kind: z.enum(['asset', 'liab']), base_weight: amount }), ({ size, imf_factor, kind, base_weight }, { tools }) => ({
  weight: () => {
    const constant = (key: string): string => short(figure(tools.ask('rules.parameter', { packs: ['lending-drift'], key }), 'value'));
    return figure(tools.ask('lending.weightForSize', { side: kind === 'asset' ? 'collateral' : 'debt', weight: base_weight, size, factor: imf_factor, spread: constant('lending.size.spread'), share: constant('lending.size.share') }), 'weight');
  },
}));

/** drift.scaled_initial_asset_weight. */
export const weightForDeposits = adapter(z.strictObject({ deposits: amount, price: amount, scale_start: amount, weight: amount }), ({ deposits, price, scale_start, weight }, { tools }) => ({
  weight: () => figure(tools.ask('lending.weightForDeposits', { weight, price, deposits, scaleStart: scale_start }), 'weight'),
}));

function weights(instrument: string, collateral: string, debt: string): Record<string, unknown> {
  return { [instrument]: { rates: { 'collateral.initial': collateral, 'collateral.maintenance': collateral, 'debt.initial': debt, 'debt.maintenance': debt }, ...STATED } };
}

function buffered(value: string, reading: 'onCounted' | 'onWeightAndCounted') {
  return { parameters: { 'lending.liquidation.buffer': { value, unit: 'ratio', label: 'Buffer', ...STATED } }, settings: { 'lending.buffer': { value: reading, ...STATED } } };
}

/** drift.borrow_requirement: a debt alone; the buffer as the program has it. */
export const borrowRequirement = adapter(z.strictObject({ borrow: amount, liab_weight: amount, buffer: amount }), ({ borrow, liab_weight, buffer }, { tools }) => {
  const pack = lendingPack('lending-drift', [{ positions: [{ instrument: 'LOAN', quantity: short(decimal(borrow).neg()) }] }], { instruments: { LOAN: coin('1') } }, { ...buffered(buffer, 'onCounted'), perInstrument: weights('LOAN', '1', liab_weight) });
  const counts = (key: string): Figure => {
    // The account itself is computed too: what it lacks is the requirement, since it has nothing else.
    tools.account(pack);
    return figure(tools.ask('lending.counts', { pool: 'pool0', level: 'initial' }, pack), key);
  };
  return { requirement: () => decimal(tools.account(pack).available).neg(), requirement_plus_buffer: () => counts('requirementWithBuffer') };
});

const isolated = z.strictObject({
  cross: z.strictObject({ usdc: amount, sol_borrow: amount, sol_price: amount, init_liab_weight: amount }),
  isolated: z.strictObject({ base: signed, quote: signed, price: amount, margin_ratio_init: amount, deposit: amount }),
  buffer_cross: amount,
  buffer_isolated: amount,
});

/** drift.cross_plus_isolated: two pools of one account; the buffer as the client library has it. */
export const crossAndIsolated = adapter(isolated, ({ cross, isolated: leg, buffer_cross, buffer_isolated }, { tools }) => {
  const ratio = decimal(leg.margin_ratio_init);
  const entryPrice = short(decimal(leg.quote).neg().div(leg.base));
  const pools = [
    { id: 'cross', mode: 'cross' as const, cash: { USD: cross.usdc }, positions: [{ instrument: 'SOL', quantity: short(decimal(cross.sol_borrow).neg()) }] },
    { id: 'isolated', mode: 'isolated' as const, cash: { USD: leg.deposit }, positions: [{ instrument: 'PERP', quantity: leg.base, entryPrice }] },
  ];
  const pack = (buffer: string): CalcPackInput =>
    lendingPack('lending-drift', pools, { instruments: { SOL: coin(cross.sol_price), PERP: { kind: 'perpetual', currency: 'USD', price: leg.price } } }, { ...buffered(buffer, 'onWeightAndCounted'), perInstrument: { ...weights('SOL', '1', cross.init_liab_weight), ...weights('PERP', short(ratio.neg().plus(1)), short(ratio.plus(1))) } });
  const counts = (pool: string, buffer: string, key: string) => (): Figure => {
    tools.account(pack(buffer));
    return figure(tools.ask('lending.counts', { pool, level: 'initial' }, pack(buffer)), key);
  };
  return {
    cross_requirement: counts('cross', buffer_cross, 'requirement'),
    cross_collateral: counts('cross', buffer_cross, 'collateral'),
    isolated_requirement: counts('isolated', buffer_isolated, 'requirement'),
    isolated_collateral: counts('isolated', buffer_isolated, 'collateral'),
    cross_requirement_plus_buffer_10pct_sdk: counts('cross', buffer_cross, 'requirementWithBuffer'),
    isolated_requirement_plus_buffer_1pct_sdk: counts('isolated', buffer_isolated, 'requirementWithBuffer'),
    isolated_collateral_with_buffer_sdk: counts('isolated', buffer_isolated, 'collateralWithBuffer'),
  };
});

/** opyn.naked_margin: one written option; its collateral is the strike's money for a put, the coin for a call. */
export const writtenOption = adapter(z.strictObject({ put: z.boolean(), strike: amount, spot: amount, amount, spot_shock: amount, time_upper_bound: amount }), ({ put, strike, spot, amount: size, spot_shock, time_upper_bound }, { tools }) => {
  const parameter = (value: string) => ({ value, unit: 'ratio', label: 'Stated', ...STATED });
  const currency = put ? 'USDC' : 'WETH';
  const option = { kind: 'option' as const, currency: 'USDC', underlying: 'ETH', right: put ? ('put' as const) : ('call' as const), strike, expiry: dayAfter(7), style: 'european' as const, multiplier: '1', settlement: put ? ('linear' as const) : ('inverse' as const) };
  const pack = lendingPack('lending-opyn', [{ currency, positions: [{ instrument: 'OPT', quantity: short(decimal(size).neg()) }] }], { baseCurrency: currency, instruments: { ETH: { kind: 'coin', currency: 'USDC', price: spot }, OPT: option } }, { parameters: { 'lending.option.spotShock': parameter(spot_shock), 'lending.option.timeBound.7': parameter(time_upper_bound) } });
  return { required: () => decimal(tools.account(pack).maintenance), collateral: () => currency };
});

/** opyn.excess: an option written so that it asks just that. */
export const writtenExcess = adapter(z.strictObject({ required: amount, collateral: amount }), ({ required, collateral }, { tools }) => ({
  excess: () => {
    const parameter = { value: '1', unit: 'ratio', label: 'Stated', ...STATED };
    const spot = short(decimal(required).times(10));
    const option = { kind: 'option' as const, currency: 'USD', underlying: 'ETH', right: 'put' as const, strike: required, expiry: dayAfter(7), style: 'european' as const, multiplier: '1' };
    const pack = lendingPack('lending-opyn', [{ cash: { USD: collateral }, positions: [{ instrument: 'OPT', quantity: '-1' }] }], { instruments: { ETH: coin(spot), OPT: option } }, { parameters: { 'lending.option.timeBound.7': parameter } });
    return decimal(tools.account(pack).excess);
  },
}));

function dayAfter(days: number): string {
  return new Date(Date.parse(`${BUSINESS_DAY}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
