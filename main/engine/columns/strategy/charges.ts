import { longRequired, type Group } from './group.ts';
import { ownHouseRate, shortExchange } from './stock-charge.ts';
import { callSide, multiplierOf, ownSide } from './stock-uses.ts';
import { straddleSides } from './straddle-uses.ts';
import { NONE } from '../sums/scaled.ts';

/** What a group asks under each stack, in the table's money. */
export interface Stacks {
  regT: number;
  exchange: number;
  exchangeInitial: number;
  houseInitial: number;
  houseMaintenance: number;
}

export function noStacks(): Stacks {
  return { regT: 0, exchange: 0, exchangeInitial: 0, houseInitial: 0, houseMaintenance: 0 };
}

/**
 * One leg as `strategy/leg-charge.ts` ends it: the house floored at the exchange, the initial at all it may not be less
 * than. `house` is −1 where the house sets none; `exchangeInitial` and `houseInitial` likewise.
 */
function leg(into: Stacks, times: number, regT: number, exchange: number, house: number, exchangeInitial = NONE, houseInitial = NONE): void {
  const maintenance = Math.max(exchange, house);
  const opening = Math.max(exchange, exchangeInitial);
  into.regT += times * regT;
  into.exchange += times * exchange;
  into.exchangeInitial += times * opening;
  into.houseInitial += times * Math.max(regT, opening, houseInitial, house === NONE ? exchange : maintenance);
  into.houseMaintenance += times * maintenance;
}

/** What an option or a strike holds a share's maintenance to; `house` is −1 where it is the exchange's. */
interface Cap {
  exchange: number;
  house: number;
  replaces: boolean;
}

/** Long shares, counted at a price that a covered call may hold down. */
export function chargeLongShares(into: Stacks, { table, stock }: Group, shares: number, valuedAt: number, cap: Cap | null = null): void {
  const { regTLong, exchangeLong, houseInitialLong } = table.stock;
  const houseRate = ownHouseRate(table, stock);
  const houseInitialRate = houseInitialLong[stock] as number;
  const own = (exchangeLong[stock] as number) * valuedAt;
  const house = houseRate < 0 ? NONE : capped(cap, 'house', houseRate * valuedAt);
  leg(into, shares, (regTLong[stock] as number) * valuedAt, capped(cap, 'exchange', own), house, cap ? own : NONE, houseInitialRate < 0 ? NONE : houseInitialRate * valuedAt);
}

export function chargeShortShares(into: Stacks, { table, stock }: Group, shares: number, cap: Cap | null = null): void {
  const { houseShort, houseInitialShort } = table.stock;
  const value = table.price[stock] as number;
  const own = shortExchange(table, stock);
  const houseRate = houseShort[stock] as number;
  const houseInitialRate = houseInitialShort[stock] as number;
  const house = houseRate < 0 ? NONE : capped(cap, 'house', houseRate * value);
  leg(into, shares, table.general.regTShort * value, capped(cap, 'exchange', own), house, cap ? own : NONE, houseInitialRate < 0 ? NONE : houseInitialRate * value);
}

function capped(cap: Cap | null, stack: 'exchange' | 'house', own: number): number {
  if (!cap) return own;
  const at = stack === 'house' && cap.house !== NONE ? cap.house : cap.exchange;
  return cap.replaces ? at : Math.min(at, own);
}

/** A long option: paid in full, so it asks for nothing; alone and long-dated it lends. */
export function chargeLongOption(into: Stacks, { table, leg: legs }: Group, option: number, contracts: number, inSpread: boolean): void {
  const instrument = legs[option] as number;
  const { general, one } = table;
  const value = (table.price[instrument] as number) * (table.multiplier[instrument] as number);
  const lending = !inSpread && table.lends[instrument] === 1;
  const exchange = ((lending ? general.longOptionLending : general.longOption) - one) * value;
  const maintenance = longRequired(table, instrument, inSpread);
  // Amounts below nothing are lent, so that −1 cannot stand for "none" here.
  into.regT += contracts * exchange;
  into.exchange += contracts * exchange;
  into.exchangeInitial += contracts * exchange;
  into.houseInitial += contracts * Math.max(exchange, maintenance);
  into.houseMaintenance += contracts * maintenance;
}

/** A short option that nothing covers. */
export function chargeShortOption(into: Stacks, { table, leg: legs }: Group, option: number, contracts: number): void {
  const instrument = legs[option] as number;
  const exchange = table.exchangeAlone[instrument] as number;
  leg(into, contracts * (table.multiplier[instrument] as number), exchange, exchange, table.houseAlone[instrument] as number);
}

/** A short leg that is charged what it is in the money, beside its stock. */
function chargeInTheMoney(into: Stacks, group: Group, option: number, contracts: number): void {
  const amount = inTheMoney(group, option);
  leg(into, contracts * multiplierOf(group, option), amount, amount, NONE);
}

function inTheMoney({ table, leg: legs, stock }: Group, option: number): number {
  const instrument = legs[option] as number;
  const price = table.price[stock] as number;
  const strike = table.strike[instrument] as number;
  return Math.max(0, table.isCall[instrument] === 1 ? price - strike : strike - price) * table.one;
}

export function chargeCovered(into: Stacks, group: Group, option: number, contracts: number): void {
  const shares = contracts * multiplierOf(group, option);
  if (group.shares > 0 && group.table.formulas.isStockOnly) {
    chargeLongShares(into, group, shares, group.table.price[group.stock] as number);
    return;
  }
  const strike = group.table.strike[group.leg[option] as number] as number;
  if (group.shares > 0) chargeLongShares(into, group, shares, Math.min(group.table.price[group.stock] as number, strike));
  else chargeShortShares(into, group, shares);
  chargeInTheMoney(into, group, option, contracts);
}

export function chargeProtected(into: Stacks, group: Group, option: number, contracts: number): void {
  const shares = contracts * multiplierOf(group, option);
  const cap = { exchange: ownSide(group, option), house: NONE, replaces: false };
  if (group.shares > 0) chargeLongShares(into, group, shares, group.table.price[group.stock] as number, cap);
  else chargeShortShares(into, group, shares, cap);
  chargeLongOption(into, group, option, contracts, true);
}

export function chargeCollar(into: Stacks, group: Group, put: number, call: number, contracts: number): void {
  const { table, stock } = group;
  const shares = contracts * multiplierOf(group, call);
  const byPut = ownSide(group, put);
  const side = (rate: number): number => Math.min(byPut, callSide(group, call, rate));
  const house = ownHouseRate(table, stock);
  chargeLongShares(into, group, shares, table.price[stock] as number, { exchange: side(table.stock.exchangeLong[stock] as number), house: house < 0 ? NONE : side(house), replaces: true });
  // What the call is in the money counts when the collar is opened; the stock's leg holds the maintenance.
  leg(into, shares, inTheMoney(group, call), 0, NONE);
  chargeLongOption(into, group, put, contracts, true);
}

export function chargeReversal(into: Stacks, group: Group, call: number, put: number, contracts: number): void {
  const { table, leg: legs } = group;
  const ofCall = legs[call] as number;
  const cap = (table.option.strike[ofCall] as number) * (table.strike[ofCall] as number);
  chargeShortShares(into, group, contracts * multiplierOf(group, put), { exchange: cap, house: NONE, replaces: false });
  chargeInTheMoney(into, group, put, contracts);
  chargeLongOption(into, group, call, contracts, true);
}

export function chargeStraddle(into: Stacks, group: Group, call: number, put: number, contracts: number): void {
  const hasHouse = houseOf(group, call) !== NONE || houseOf(group, put) !== NONE;
  for (const { exchange, house } of straddleSides(group, call, put)) leg(into, contracts * multiplierOf(group, call), exchange, exchange, hasHouse ? house : NONE);
}

function houseOf({ table, leg: legs }: Group, option: number): number {
  return table.houseAlone[legs[option] as number] as number;
}

export function chargeVertical(into: Stacks, group: Group, short: number, long: number, contracts: number): void {
  const { table, leg: legs } = group;
  const ofShort = legs[short] as number;
  const ofLong = legs[long] as number;
  const width = (table.strike[ofLong] as number) - (table.strike[ofShort] as number);
  const loss = Math.max(0, table.isCall[ofShort] === 1 ? width : -width) * table.one;
  const exchange = Math.min(loss, table.exchangeAlone[ofShort] as number);
  const house = houseOf(group, short);
  leg(into, contracts * multiplierOf(group, short), exchange, exchange, house === NONE ? NONE : Math.min(loss, house));
  chargeLongOption(into, group, long, contracts, true);
}

/** Short options charged the largest loss of their whole; the long ones are paid in full. */
export function chargeLoss(into: Stacks, loss: number): void {
  leg(into, 1, loss, loss, NONE);
}

