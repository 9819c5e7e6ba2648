import type { FutureInstrument, Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import type { Decimal } from '../../../../shared/money.ts';
import { contractKey, contractMargin, type ContractMargin } from '../../fixed/product.ts';
import type { Rules } from '../../packs/rules.ts';
import { atOnce, type Sliced } from '../sliced.ts';
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

interface Row {
  id: InstrumentId;
  terms: Instrument;
}

const CONTRACTS_AT_ONCE = 32;

/** What one contract of each instrument is asked, one object for all of a product; null for what is no future, or of which no rule says anything. */
export function* contractMargins(rows: readonly Row[], rules: Rules, businessDate: string): Sliced<(ContractMargin | null)[]> {
  const known = new Map<string, ContractMargin | null>();
  const marginOf = (id: InstrumentId, terms: FutureInstrument): ContractMargin | null => {
    const key = contractKey(id, terms);
    const before = known.get(key);
    if (before !== undefined) return before;
    const margin = contractMargin(id, terms, businessDate, rules);
    known.set(key, typeof margin === 'string' ? null : margin);
    return typeof margin === 'string' ? null : margin;
  };
  const margins: (ContractMargin | null)[] = [];
  for (const { id, terms } of rows) if (margins.push(terms.kind === 'future' ? marginOf(id, terms) : null) % CONTRACTS_AT_ONCE === 0) yield;
  return margins;
}

/** The lane for pools in the rules' currency; amounts a contract are whole numbers of 10^−`priceDigits`. */
export function fixedLane(rows: readonly Row[], rules: Rules, businessDate: string, priceDigits: number): Result<FixedLane> {
  return atOnce(openingFixedLane(rows, rules, businessDate, priceDigits, atOnce(contractMargins(rows, rules, businessDate))));
}

/** The same in slices, of what one contract of each is asked. */
export function* openingFixedLane(rows: readonly Row[], rules: Rules, businessDate: string, priceDigits: number, margins: readonly (ContractMargin | null)[]): Sliced<Result<FixedLane>> {
  if (rules.model !== 'fixed' || rules.sections('overlay').length > 0) return fail({ code: 'not-in-lane', message: `The fast lane of futures does not know ${rules.model === 'fixed' ? 'an overlay' : `the model ${rules.model}`}.` });
  const size = rows.length;
  const multiplier = new Float64Array(size);
  const price = new Float64Array(size).fill(-1);
  const amounts: Amounts = { initial: new Float64Array(size), maintenance: new Float64Array(size), exchangeInitial: new Float64Array(size), exchange: new Float64Array(size) };
  const known = new Map<ContractMargin, ReturnType<typeof askedOf>>();
  const inLane = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) {
    if (at % CONTRACTS_AT_ONCE === 0) yield;
    const { terms } = rows[at] as Row;
    const margin = margins[at] ?? null;
    const isOver = terms.kind === 'future' && terms.expiry && terms.expiry < businessDate;
    if (margin && !isOver && margin.currency === rules.currency && fill(at, margin)) inLane[at] = 1;
  }
  return succeed({ rungs: rungsOf(rules, priceDigits), isLoan: false, moneyDigits: priceDigits, priceDigits, price, add });

  function fill(at: number, margin: ContractMargin): boolean {
    const asked = known.get(margin) ?? askedOf(margin, priceDigits);
    known.set(margin, asked);
    amounts.exchangeInitial[at] = asked.exchangeInitial;
    amounts.exchange[at] = asked.exchange;
    amounts.initial[at] = asked.initial;
    amounts.maintenance[at] = asked.maintenance;
    multiplier[at] = asked.multiplier;
    return ![asked.initial, asked.maintenance, asked.multiplier].some(Number.isNaN);
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

/** Of one contract, as whole numbers; NaN where they are none. */
function askedOf({ exchange, house, multiplier }: ContractMargin, priceDigits: number): Record<keyof Amounts | 'multiplier', number> {
  const scaled = (amount: Decimal): number => scaledInteger(amount, priceDigits) ?? Number.NaN;
  const [exchangeInitial, maintenance] = [scaled(exchange.initial.amount), scaled(exchange.maintenance.amount)];
  return {
    exchangeInitial,
    exchange: maintenance,
    // The house is floored at the exchange, contract by contract.
    initial: Math.max(exchangeInitial, house ? scaled(house.initial.amount) : 0),
    maintenance: Math.max(maintenance, house ? scaled(house.maintenance.amount) : 0),
    multiplier: scaledInteger(multiplier, 0) ?? Number.NaN,
  };
}
