import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import type { AccountInput } from '../input.ts';
import { marginAccount } from '../margin.ts';
import type { PositionMargin } from '../margin-model.ts';
import { missingIn, type CalledPool } from './called-pool.ts';
import type { Cure, CureLeg } from './cures.ts';
import { cureAmounts } from './formulas.ts';
import { whyNoFormula } from './no-formula.ts';

/** Cash is deposited in hundredths. */
const CASH_PLACES = 2;

/** Cash counts in full: what is missing, up to the next hundredth. */
export function depositCash(called: CalledPool): Cure {
  const amount = cureAmounts(called.missing, new Decimal(0)).cash.toDecimalPlaces(CASH_PLACES, Decimal.ROUND_UP);
  return brought(called, { kind: 'cash', amount, legs: [] }, withCash(called, amount));
}

/**
 * More of a security that is held and lends most of its value: the market value that brings its own requirement and what
 * is missing, in whole units. Null where nothing plain is held long, or where it would bring no relief.
 */
export function bringIn(called: CalledPool): Cure | null {
  const plain = called.positions.filter((position) => !position.quantity.startsWith('-') && rateOf(position)?.lt(1) && whyNoFormula(called, position) === null);
  const [best] = plain.toSorted((a, b) => rateOf(a)?.cmp(rateOf(b) ?? 0) ?? 0);
  const rate = best && rateOf(best);
  if (!best?.value || !rate) return null;
  const { securities } = cureAmounts(called.missing, rate);
  if (!securities) return null;
  const quantity = fromDecimalText(best.quantity);
  const units = securities.div(best.value.amount).times(quantity).ceil();
  const leg: CureLeg = { pool: best.pool, instrument: best.instrument, subType: best.subType, units, does: 'bringIn', left: quantity.plus(units) };
  const cure = brought(called, { kind: 'securities', amount: best.value.amount.div(quantity).times(units), legs: [leg] }, withMore(called, leg));
  return cure.missingAfter.isZero() ? cure : null;
}

function rateOf({ requirement, value }: PositionMargin): Decimal | null {
  return requirement && value?.amount.gt(0) ? requirement.houseMaintenance.amount.div(value.amount) : null;
}

function brought({ market, shelf, margin }: CalledPool, what: Pick<Cure, 'kind' | 'amount' | 'legs'>, account: AccountInput): Cure {
  const after = marginAccount(account, market, shelf);
  const pool = after.pools.find(({ id }) => id === margin.id);
  return { ...what, strategy: null, by: 'formula', whyNoFormula: null, missingAfter: pool ? missingIn(pool) : what.amount, after };
}

function withCash({ account, margin }: CalledPool, amount: Decimal): AccountInput {
  const row = { currency: margin.currency, kind: 'tradeDate' as const, amount: toDecimalText(amount), valueDate: null };
  return { ...account, pools: account.pools.map((pool) => (pool.id === margin.id ? { ...pool, cash: [...pool.cash, row] } : pool)) };
}

function withMore({ account, margin }: CalledPool, { instrument, subType, units }: CureLeg): AccountInput {
  const row = { instrument, subType, quantity: toDecimalText(units), entryPrice: null };
  return { ...account, pools: account.pools.map((pool) => (pool.id === margin.id ? { ...pool, positions: [...pool.positions, row] } : pool)) };
}
