import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { ChargedTogether } from '../margin-model.ts';
import { multiplierOf } from '../pool/prepare-position.ts';
import type { CalledPool, HeldPosition } from './called-pool.ts';
import type { Cure, CureLeg } from './cures.ts';
import { cureAmounts } from './formulas.ts';
import { leastLots } from './least-lots.ts';
import { whyNoFormula } from './no-formula.ts';

/** A cure by trading, before the account was computed in full. */
export type Way = Omit<Cure, 'after'>;

const ZERO = new Decimal(0);
const ONE = new Decimal(1);
/** Bonds are traded in thousands of face where they are held in thousands. */
const BOND_LOT = new Decimal(1_000);

/** The least whole lots of one position that restore; all of it where that is not enough. Null when it cannot be traded. */
export function closePosition(called: CalledPool, position: HeldPosition): Way | null {
  const quantity = fromDecimalText(position.quantity);
  const size = quantity.abs();
  const lot = lotOf(called, position, size);
  const most = size.div(lot).ceil();
  if (most.isZero() || most.gt(Number.MAX_SAFE_INTEGER)) return null;
  const unitsOf = (lots: number): Decimal => Decimal.min(lot.times(lots), size);
  const legsOf = (lots: number): CureLeg[] => [legOf(position, unitsOf(lots))];
  const restores = (lots: number): boolean => called.missingAfter(legsOf(lots)).isZero();
  const reason = whyNoFormula(called, position);
  const stated = reason === null ? byFormula(called, position, size, lot) : null;
  const confirmed = stated !== null && stated <= most.toNumber() && restores(stated) && (stated === 1 || !restores(stated - 1));
  const lots = confirmed ? stated : (leastLots(most.toNumber(), restores) ?? most.toNumber());
  const legs = legsOf(lots);
  const capped = reason === null && stated !== null && stated > most.toNumber();
  return {
    kind: 'close',
    strategy: null,
    amount: valueOf(called, legs),
    legs,
    by: confirmed || capped ? 'formula' : 'reprice',
    whyNoFormula: confirmed || capped ? null : (reason ?? 'the amount by formula was tried and is not the least that restores'),
    missingAfter: called.missingAfter(legs),
  };
}

/** Lots to close by "call ÷ rate". */
function byFormula({ missing }: CalledPool, { requirement, value }: HeldPosition, size: Decimal, lot: Decimal): number | null {
  const worth = value?.amount.abs() ?? ZERO;
  const rate = requirement && !worth.isZero() ? requirement.houseMaintenance.amount.div(worth) : ZERO;
  const { close } = cureAmounts(missing, Decimal.max(rate, ZERO));
  const lots = close?.div(worth).times(size).div(lot).ceil();
  return lots && lots.lte(Number.MAX_SAFE_INTEGER) ? Math.max(1, lots.toNumber()) : null;
}

/** The least whole units of a strategy that restore: every leg in proportion. Null when its legs have no common unit. */
export function closeStrategy(called: CalledPool, { name, legs }: ChargedTogether): Way | null {
  const contracts = legs.map((leg) => leg.quantity.abs()).filter((quantity) => quantity.isInteger());
  if (contracts.length === 0) return null;
  const units = greatestCommonDivisor(contracts);
  const positions = legs.map((leg) => called.positions.find(({ instrument, subType, pool }) => instrument === leg.instrument && subType === leg.subType && pool === called.margin.id));
  const legsOf = (count: number): CureLeg[] => legs.flatMap((leg, index) => {
    const position = positions[index];
    return position ? [legOf(position, leg.quantity.abs().times(count).div(units))] : [];
  });
  const most = units.lte(Number.MAX_SAFE_INTEGER) && legs.every(({ quantity }) => quantity.div(units).isInteger()) ? units.toNumber() : 1;
  const closing = (count: number): CureLeg[] => (most === 1 ? legsOf(units.toNumber()) : legsOf(count));
  const count = leastLots(most, (each) => called.missingAfter(closing(each)).isZero()) ?? most;
  const closed = closing(count);
  return { kind: 'closeStrategy', strategy: name, amount: valueOf(called, closed), legs: closed, by: 'reprice', whyNoFormula: 'its legs are charged together', missingAfter: called.missingAfter(closed) };
}

function legOf({ pool, instrument, subType, quantity: held }: HeldPosition, units: Decimal): CureLeg {
  const quantity = fromDecimalText(held);
  const short = quantity.isNegative();
  return { pool, instrument, subType, units, does: short ? 'buyBack' : 'sell', left: short ? quantity.plus(units) : quantity.minus(units) };
}

/** Market value that is traded, in the pool's currency; of a future what its contracts stand for. */
export function valueOf(called: CalledPool, legs: readonly CureLeg[]): Decimal {
  return legs.reduce((total: Decimal, { pool, instrument, subType, units }) => {
    const position = called.positions.find((held) => held.pool === pool && held.instrument === instrument && held.subType === subType);
    return position ? total.plus(worthOf(called, position).div(fromDecimalText(position.quantity).abs()).times(units)) : total;
  }, ZERO);
}

function worthOf({ market, view, margin }: CalledPool, { instrument, quantity, value }: HeldPosition): Decimal {
  const terms = market.instruments.get(instrument);
  if (terms?.kind !== 'future') return value?.amount.abs() ?? ZERO;
  const price = view.price(instrument)?.amount.abs() ?? ZERO;
  const factors = view.conversion(terms.currency, margin.currency) ?? [];
  return factors.reduce((worth: Decimal, { amount }) => worth.times(amount), price.times(multiplierOf(terms) ?? ONE).times(fromDecimalText(quantity).abs()));
}

function lotOf({ market }: CalledPool, { instrument }: HeldPosition, size: Decimal): Decimal {
  return market.instruments.get(instrument)?.kind === 'bond' && size.mod(BOND_LOT).isZero() ? BOND_LOT : ONE;
}

function greatestCommonDivisor(numbers: readonly Decimal[]): Decimal {
  return numbers.reduce((a, b) => {
    let [x, y] = [a, b];
    while (!y.isZero()) [x, y] = [y, x.mod(y)];
    return x;
  });
}
