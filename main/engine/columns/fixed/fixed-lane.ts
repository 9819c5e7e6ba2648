import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import type { Decimal } from '../../../../shared/money.ts';
import { contractMargin, type ContractMargin } from '../../fixed/product.ts';
import type { Rules } from '../../packs/rules.ts';
import { scaledInteger } from '../sums/scaled.ts';
import { rungsOf } from '../sums/standing.ts';
import { moved, type SumModel, type Sums } from '../sums/sum-lane.ts';

/** Futures at an amount a contract, as a lane: `setPrices` before every recompute at new marks. */
export interface FixedLane extends SumModel {
  moneyDigits: number;
  priceDigits: number;
  price: Float64Array;
}

/** Columns of the amounts of one contract. */
interface Amounts {
  initial: Float64Array;
  maintenance: Float64Array;
  exchangeInitial: Float64Array;
  exchange: Float64Array;
}

/** The lane for pools in the rules' currency; amounts a contract are whole numbers of 10^−`priceDigits`. */
export function fixedLane(rows: readonly { id: InstrumentId; terms: Instrument }[], rules: Rules, businessDate: string, priceDigits: number): Result<FixedLane> {
  if (rules.model !== 'fixed' || rules.sections('overlay').length > 0) return fail({ code: 'not-in-lane', message: `The fast lane of futures does not know ${rules.model === 'fixed' ? 'an overlay' : `the model ${rules.model}`}.` });
  const size = rows.length;
  const multiplier = new Float64Array(size);
  const price = new Float64Array(size).fill(-1);
  const amounts: Amounts = { initial: new Float64Array(size), maintenance: new Float64Array(size), exchangeInitial: new Float64Array(size), exchange: new Float64Array(size) };
  const inLane = Uint8Array.from(rows, ({ id, terms }, at) => {
    const margin = terms.kind === 'future' && !(terms.expiry && terms.expiry < businessDate) ? contractMargin(id, terms, businessDate, rules) : null;
    return margin && typeof margin !== 'string' && margin.currency === rules.currency && fill(at, margin) ? 1 : 0;
  });
  return succeed({ rungs: rungsOf(rules, priceDigits), isLoan: false, moneyDigits: priceDigits, priceDigits, price, add });

  function fill(at: number, { exchange, house, multiplier: own }: ContractMargin): boolean {
    const scaled = (amount: Decimal): number => scaledInteger(amount, priceDigits) ?? Number.NaN;
    amounts.exchangeInitial[at] = scaled(exchange.initial.amount);
    amounts.exchange[at] = scaled(exchange.maintenance.amount);
    // The house is floored at the exchange, contract by contract.
    amounts.initial[at] = Math.max(amounts.exchangeInitial[at], house ? scaled(house.initial.amount) : 0);
    amounts.maintenance[at] = Math.max(amounts.exchange[at], house ? scaled(house.maintenance.amount) : 0);
    multiplier[at] = scaledInteger(own, 0) ?? Number.NaN;
    return ![amounts.initial, amounts.maintenance, multiplier].some((column) => Number.isNaN(column[at]));
  }

  function add(into: Sums, at: number, quantity: number, since: number): void {
    const mark = price[at] as number;
    const contracts = Math.abs(quantity);
    const once = multiplier[at] as number;
    into.reach += inLane[at] === 1 && mark >= 0 ? contracts * (Math.max(mark, since) * once + (amounts.initial[at] as number) + (amounts.maintenance[at] as number)) : Infinity;
    into.worth += quantity * once * moved(mark, since);
    into.gross += contracts * once * mark;
    into.initial += contracts * (amounts.initial[at] as number);
    into.maintenance += contracts * (amounts.maintenance[at] as number);
    into.exchangeInitial += contracts * (amounts.exchangeInitial[at] as number);
    into.exchange += contracts * (amounts.exchange[at] as number);
  }
}
