import { bracketLane } from '../../main/engine/columns/bracket/bracket-lane.ts';
import { fixedLane } from '../../main/engine/columns/fixed/fixed-lane.ts';
import { lendingLane } from '../../main/engine/columns/lending/lending-lane.ts';
import { strategyInstruments, type StrategyInstruments } from '../../main/engine/columns/strategy/instruments.ts';
import { withRuns, type StrategyPools } from '../../main/engine/columns/strategy/pools.ts';
import { strategyTerms } from '../../main/engine/columns/strategy/terms.ts';
import { rungsOf, type Rung } from '../../main/engine/columns/sums/standing.ts';
import { sumFigures, type SumFigures, type SumModel } from '../../main/engine/columns/sums/sum-lane.ts';
import type { SumPools } from '../../main/engine/columns/sums/sum-pools.ts';
import type { Rules } from '../../main/engine/packs/rules.ts';
import { resolveRules, type PackShelf } from '../../main/engine/packs/shelf.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import type { Result } from '../../shared/result.ts';
import type { BookM } from './book-m/book.ts';
import { termsM } from './book-m/facts.ts';
import { PACKS_M } from './book-m/packs.ts';
import { ACCOUNT_KINDS, type AccountKind } from './book-m/sizes.ts';
import { BUSINESS_DATE } from './book-m/universe.ts';

/** Book M's marks are in cents. */
const PRICE_DIGITS = 2;

/** The accounts of one kind as a book of their own, over the same instruments. */
export function partOf(book: BookM, kind: AccountKind): BookM {
  const accounts = Array.from({ length: book.accounts }, (_, at) => at).filter((at) => ACCOUNT_KINDS[book.sizes.kind[at] as number] === kind);
  const { start, instrument, quantity } = book.positions;
  const counts = accounts.map((at) => (start[at + 1] as number) - (start[at] as number));
  const count = counts.reduce((sum, own) => sum + own, 0);
  const positions = { count, start: new Int32Array(accounts.length + 1), account: new Int32Array(count), instrument: new Int32Array(count), quantity: new Int32Array(count) };
  accounts.forEach((account, own) => {
    const [from, to] = [start[account] as number, start[account + 1] as number];
    const at = positions.start[own] as number;
    positions.instrument.set(instrument.subarray(from, to), at);
    positions.quantity.set(quantity.subarray(from, to), at);
    positions.account.fill(own, at, at + to - from);
    positions.start[own + 1] = at + to - from;
  });
  return { ...book, accounts: accounts.length, sizes: { kind: Uint8Array.from(accounts, (at) => book.sizes.kind[at] as number), positions: Int32Array.from(counts) }, positions, cashCents: Float64Array.from(accounts, (at) => book.cashCents[at] as number) };
}

function known<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

export function rulesOf(shelf: PackShelf, kind: AccountKind): Rules {
  return known(resolveRules(shelf, PACKS_M[kind], BUSINESS_DATE));
}

function rowsOf({ universe }: BookM): { id: string; terms: Instrument }[] {
  return Array.from({ length: universe.count }, (_, at) => ({ id: universe.id[at] as string, terms: termsM(universe, at) }));
}

/** Strategy accounts as columns. */
export function strategyM(book: BookM, shelf: PackShelf): { table: StrategyInstruments; pools: StrategyPools; rungs: Rung[] } {
  const rules = rulesOf(shelf, 'strategy');
  const table = strategyInstruments(rowsOf(book), known(strategyTerms(rules, BUSINESS_DATE)), BUSINESS_DATE, PRICE_DIGITS);
  const { positions: { count, start, instrument, quantity } } = partOf(book, 'strategy');
  const cash = partOf(book, 'strategy').cashCents.map((cents) => cents * 10 ** (table.moneyDigits - 2));
  const order = Int32Array.from({ length: count }, (_, at) => at);
  const pools = start.length - 1;
  const place = (at: number): number => (table.underlying[instrument[at] as number] as number) * table.rank.length + (table.rank[instrument[at] as number] as number);
  for (let pool = 0; pool < pools; pool += 1) order.subarray(start[pool], start[pool + 1]).sort((a, b) => place(a) - place(b));
  const columns = { start, instrument: Int32Array.from(order, (at) => instrument[at] as number), quantity: Float64Array.from(order, (at) => quantity[at] as number), cash, futuresCash: new Float64Array(pools), outside: new Uint8Array(pools) };
  return { table, pools: withRuns(columns, table), rungs: rungsOf(rules, table.moneyDigits) };
}

export interface SumM {
  pools: SumPools;
  model: SumModel & { price: Float64Array };
  figures: SumFigures;
}

/** Accounts of a kind whose requirement is a sum, as columns. */
export function sumM(book: BookM, kind: 'bracket' | 'lending' | 'fixed', shelf: PackShelf): SumM {
  const rules = rulesOf(shelf, kind);
  const rows = rowsOf(book);
  const model = known({ bracket: () => bracketLane(rows, rules, { businessDate: BUSINESS_DATE }, PRICE_DIGITS), lending: () => lendingLane(rows, rules, PRICE_DIGITS), fixed: () => fixedLane(rows, rules, BUSINESS_DATE, PRICE_DIGITS) }[kind]());
  const { positions: { count, start, instrument, quantity }, cashCents, accounts } = partOf(book, kind);
  const pools = { count: accounts, start, instrument, quantity: Float64Array.from(quantity), since: new Float64Array(count).fill(-1), cash: cashCents.map((cents) => cents * 10 ** (model.moneyDigits - 2)), outside: new Uint8Array(accounts) };
  return { pools, model, figures: sumFigures(accounts) };
}
