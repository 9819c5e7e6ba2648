import type { AccountRow, CashRow } from '../../shared/views.ts';
import type { AccountState, PositionState, Stacks } from '../../shared/domain/margin-state.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../shared/money.ts';
import { unverifiedFigures } from '../engine/state.ts';
import { conversionFactors } from '../engine/market/conversion.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { isIndicative } from './pools.ts';
import type { AccountSummary } from './summary.ts';

export { unverifiedFigures };

const RATIO_PLACES = 6;

/** a / b as a ratio for showing, half-even to 6 places; null when b is not positive. */
export function ratio(a: Decimal, b: Decimal): DecimalText | null {
  return b.greaterThan(0) ? toDecimalText(a.div(b).toDecimalPlaces(RATIO_PLACES)) : null;
}

export function allPositions(state: AccountState): PositionState[] {
  return state.pools.flatMap((pool) => pool.positions);
}

/** One figure of every pool added up: stacks are stated by pool, and rows show the account's. */
export function sumPools(state: Pick<AccountState, 'pools'>, pick: (pool: AccountState['pools'][number]) => DecimalText): DecimalText {
  return toDecimalText(state.pools.reduce((total, pool) => total.plus(pick(pool)), new Decimal(0)));
}

/** Requirements of all pools together, stack by stack. What is due under Reg T is known where any pool knows it. */
export function accountStacks(state: AccountState): Stacks {
  const due = state.pools.flatMap(({ stacks: { regT } }) => (regT.dueToday === null ? [] : [fromDecimalText(regT.dueToday)]));
  const total = (pick: (stacks: Stacks) => DecimalText): DecimalText => sumPools(state, ({ stacks }) => pick(stacks));
  return {
    regT: { initial: total(({ regT }) => regT.initial), dueToday: due.length === 0 ? null : toDecimalText(due.reduce((sum, amount) => sum.plus(amount))) },
    exchange: { initial: total(({ exchange }) => exchange.initial), maintenance: total(({ exchange }) => exchange.maintenance) },
    house: { initial: total(({ house }) => house.initial), maintenance: total(({ house }) => house.maintenance) },
    risk: riskOf(state),
  };
}

/** The risk stacks of the pools that have one, together; null where no pool is margined by risk. */
function riskOf({ pools }: AccountState): Stacks['risk'] {
  const known = pools.flatMap(({ stacks: { risk } }) => (risk ? [risk] : []));
  if (known.length === 0) return null;
  const total = (name: 'initial' | 'maintenance'): DecimalText => toDecimalText(known.reduce((sum, risk) => sum.plus(risk[name]), new Decimal(0)));
  return { initial: total('initial'), maintenance: total('maintenance') };
}

/** What may be used of the special memorandum accounts of all pools that know theirs; null when none does. */
function usableMemorandum({ pools }: AccountSummary): DecimalText | null {
  const known = pools.flatMap(({ specialMemorandum }) => (specialMemorandum ? [fromDecimalText(specialMemorandum.usable)] : []));
  return known.length === 0 ? null : toDecimalText(known.reduce((total, amount) => total.plus(amount)));
}

/** The group with the largest total of `amount`, and its share of all groups together. */
export function largestGroup(positions: readonly PositionState[], amount: (position: PositionState) => Decimal): { group: string; share: DecimalText } | null {
  const totals = new Map<string, Decimal>();
  let all = new Decimal(0);
  for (const position of positions) {
    const part = amount(position);
    all = all.plus(part);
    totals.set(position.group, (totals.get(position.group) ?? new Decimal(0)).plus(part));
  }
  let largest: { group: string; total: Decimal } | null = null;
  for (const [group, total] of totals) if (largest === null || total.greaterThan(largest.total)) largest = { group, total };
  const share = largest && ratio(largest.total, all);
  return largest && share !== null ? { group: largest.group, share } : null;
}

/** One line of the accounts grid. */
export function accountRow(holdings: AccountHoldings, state: AccountSummary, openCalls: number): AccountRow {
  const { account } = holdings;
  return {
    account: account.account,
    client: account.name,
    regime: account.regime,
    indicative: isIndicative(holdings),
    status: state.status,
    statusReason: state.statusReason,
    currency: account.baseCurrency,
    netLiq: state.netLiq,
    equity: state.equity,
    initial: state.initial,
    maintenance: state.maintenance,
    available: state.available,
    excess: state.excess,
    deficit: state.deficit,
    healthRatio: state.healthRatio,
    cushion: ratio(fromDecimalText(state.excess), fromDecimalText(state.netLiq)),
    utilisation: state.utilisation,
    leverage: state.leverage,
    specialMemorandum: usableMemorandum(state),
    buyingPower: state.buyingPower,
    regTInitial: state.regTInitial,
    exchangeMaintenance: state.exchangeMaintenance,
    concentration: state.concentration?.share ?? null,
    concentrationGroup: state.concentration?.group ?? null,
    calls: openCalls,
    positions: holdings.positionCount,
    excluded: holdings.exclusions.length + state.unpriced.filter(({ instrument }) => !holdings.exclusions.some(({ symbol }) => symbol === instrument)).length,
    notPairedYet: state.notPairedYet,
    unverified: state.unverified,
    asOf: account.asOf,
  };
}

/** What one unit of `currency` is worth in `base`, as the engine converts it; null when the book knows no rate. */
export function fxRate({ fx }: Holdings, currency: string, base: string): Decimal | null {
  const factors = conversionFactors(fx, currency, base);
  return factors && factors.reduce((rate, factor) => rate.times(factor.amount), new Decimal(1));
}

export function cashRows(holdings: Holdings, account: AccountHoldings): CashRow[] {
  const several = account.given !== undefined && account.given.pools.length > 1;
  return account.cash.map(({ currency, kind, amount, asOf, pool }) => {
    const rate = fxRate(holdings, currency, account.account.baseCurrency);
    return { currency, kind, amount, asOf, inBase: rate && toDecimalText(rate.times(fromDecimalText(amount)).toDecimalPlaces(RATIO_PLACES)), ...(several && pool !== undefined ? { pool } : {}) };
  });
}
