import { statusSeverity } from '../../../../shared/domain/status.ts';
import type { Beside } from './beside.ts';
import type { MemorandumAt, MemorandumFigures } from './memorandum.ts';
import { compare, divided, exactly, exactOf, greater, isPositive, lesser, minus, NOTHING, plus, times, type Exact } from './exact.ts';
import type { PoolAmounts } from './pool-lane.ts';
import type { ExactRung, RegTTerms, RuleTerms } from './rule-terms.ts';

const RATIO_PLACES = 6;
const CENTS = 2;

/** A pool's figures, exactly; see `MarginFigures` for what they are. */
export interface PoolFigures {
  netLiq: Exact;
  equity: Exact;
  initial: Exact;
  maintenance: Exact;
  available: Exact;
  excess: Exact;
  deficit: Exact;
  regT: Exact;
  exchangeInitial: Exact;
  exchange: Exact;
  invested: Exact;
  /** What the health ratio divides. */
  covers: Exact;
  owes: Exact;
  healthRatio: Exact | null;
  utilisation: Exact | null;
  leverage: Exact | null;
  marginToLiquidation: Exact | null;
  memorandum: MemorandumFigures | null;
  buyingPower: Exact | null;
  callAmount: Exact | null;
  restoreAmount: Exact | null;
  /** Index into MARGIN_STATUSES. */
  severity: number;
  /** What the status is stated of: with the pool that this one keeps by a sweep. */
  standingNetLiq: Exact;
}

/** What a sweep brings into a pool's cash, and the worth of the pool that it keeps: see engine/sweep.ts. */
export interface Sweeping {
  moved: Exact;
  beside: Exact | null;
}

export function poolFigures(amounts: PoolAmounts, beside: Beside | null, terms: RuleTerms, memorandumAt: MemorandumAt | null, sweeping: Sweeping | null): PoolFigures {
  const of = (name: keyof PoolAmounts & keyof Beside & Summed): Exact => {
    const own = exactly(amounts[name], amounts.digits);
    return beside ? plus(own, beside[name]) : own;
  };
  const beyond = plus(amounts.beyondCash ?? NOTHING, sweeping?.moved ?? NOTHING);
  const more = amounts.beyondInitial ?? NOTHING;
  const equity = plus(of('equity'), beyond);
  const netLiq = plus(of('netLiq'), beyond);
  const initial = plus(of('initial'), more);
  const maintenance = of('maintenance');
  const missing = minus(maintenance, equity);
  const money = {
    netLiq,
    equity,
    initial,
    maintenance,
    available: minus(equity, initial),
    excess: minus(equity, maintenance),
    deficit: greater(NOTHING, missing),
    regT: of('regT'),
    exchangeInitial: plus(of('exchangeInitial'), more),
    exchange: of('exchange'),
    covers: amounts.health ? exactly(amounts.health.covers, amounts.digits) : equity,
    owes: amounts.health ? exactly(amounts.health.owes, amounts.digits) : maintenance,
  };
  const memorandum = memorandumAt?.(equity, money.regT, amounts.unverified.regT || beside?.unverified.regT === true) ?? null;
  const standingNetLiq = plus(netLiq, sweeping?.beside ?? NOTHING);
  return {
    ...money,
    invested: of('invested'),
    healthRatio: ratioOf(money.covers, money.owes, terms.healthPlaces),
    utilisation: ratioOf(initial, equity),
    leverage: ratioOf(of('gross'), equity),
    marginToLiquidation: toLiquidation(money, terms),
    memorandum,
    buyingPower: terms.regT ? buyingPowerOf(terms.regT, memorandum?.usable ?? null, minus(equity, money.regT), money.excess) : null,
    ...callsOf(money, terms),
    severity: severityOf(terms.ladder, { ...money, netLiq: standingNetLiq }),
    standingNetLiq,
  };
}

/** What is in columns, and what is beside them, add up. */
type Summed = 'netLiq' | 'equity' | 'regT' | 'exchange' | 'exchangeInitial' | 'initial' | 'maintenance' | 'gross' | 'invested';

type Money = Pick<PoolFigures, 'netLiq' | 'equity' | 'initial' | 'maintenance' | 'excess' | 'exchange' | 'covers' | 'owes'>;

/** A quotient for people; none where its divisor is not positive. */
export function ratioOf(dividend: Exact, divisor: Exact, places = RATIO_PLACES): Exact | null {
  return isPositive(divisor) ? divided(dividend, divisor, places) : null;
}

const ONE = exactOf('1');

/** As `engine/status.ts`: compared with the ratio multiplied out, never divided. */
function severityOf(ladder: readonly ExactRung[], money: Money): number {
  let worst = statusSeverity('healthy');
  for (const rung of ladder) if (rung.severity > worst && isBreached(rung, money)) worst = rung.severity;
  return worst;
}

function isBreached({ metric, isBelow, strict, value }: ExactRung, money: Money): boolean {
  const [left, right] = sidesOf(metric, money);
  const order = compare(left, times(right, value));
  // Nothing held against nothing asked stands on every ratio, and breaches none.
  if (order === 0) return !strict && right.units !== 0n;
  return isBelow ? order < 0 : order > 0;
}

function sidesOf(metric: ExactRung['metric'], { netLiq, equity, maintenance, excess, exchange, covers, owes }: Money): [Exact, Exact] {
  switch (metric) {
    case 'netLiq':
      return [netLiq, ONE];
    case 'excess':
      return [excess, ONE];
    case 'cushion':
      return [excess, netLiq];
    case 'equityToMaintenance':
      return [equity, maintenance];
    case 'equityToExchangeMaintenance':
      return [equity, exchange];
    case 'healthRatio':
      return [covers, owes];
  }
}

/** As `pool/liquidation-level.ts`. */
function toLiquidation(money: Money, { liquidation }: RuleTerms): Exact | null {
  if (!liquidation) return null;
  const [covers, owes] = sidesOf(liquidation.metric, money);
  // Who owes nothing is never liquidated, and may lose all.
  const mayLose = liquidation.metric === 'healthRatio' && owes.units === 0n ? money.equity : covers;
  return ratioOf(minus(mayLose, times(liquidation.value, owes)), money.equity);
}

function buyingPowerOf({ highWater, rate, maintenance }: RegTTerms, usable: Exact | null, aboveRegT: Exact, excess: Exact): Exact | null {
  const mayUse = usable ?? (highWater ? aboveRegT : null);
  if (!mayUse || !rate) return null;
  const byBalance = divided(mayUse, rate, CENTS);
  return greater(NOTHING, maintenance ? lesser(byBalance, divided(excess, maintenance, CENTS)) : byBalance);
}

/** What calls on futures ask for: `fixed/fixed-model.ts`. */
function callsOf({ equity, initial, maintenance }: Money, { restoresInitial }: RuleTerms): Pick<PoolFigures, 'callAmount' | 'restoreAmount'> {
  if (restoresInitial === null) return { callAmount: null, restoreAmount: null };
  const restoreAmount = greater(NOTHING, minus(restoresInitial ? initial : maintenance, equity));
  return { restoreAmount, callAmount: compare(equity, maintenance) < 0 ? restoreAmount : NOTHING };
}
