import type { PackCollateral, PackDebt } from '../../shared/calc-pack/accounts.ts';
import type { AccountFact, AccountId, ActivityFact, BrokerFigureFact, CashFact, ExclusionFact, Facts, FxFact, InstrumentFact, MarkFact, PositionFact } from '../../shared/domain/facts.ts';
import { factKey } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { PositionColumns } from '../../shared/domain/position-columns.ts';
import type { IsoDate, IsoInstant } from '../../shared/time.ts';
import type { AccountInput, MarketInput, PositionInput } from '../engine/input.ts';
import type { PackShelf } from '../engine/packs/shelf.ts';
import { accountStarts, type AccountStart, type DayStart } from './day-start.ts';
import { latestMark } from './latest-mark.ts';
import { findingHolders, type Holders } from './holders.ts';
import { columnsOf, findingRuns, positionsIn, type PositionRun } from './position-runs.ts';
import { finish, type Slices } from './rows/slices.ts';
import { closesAfter, findingCloses } from './settled-price.ts';

/** Where a calc pack has a row: its pool, and the row in full. A book's rows have no such place. */
export type PackPlace = { pool: string; index: number } & ({ part: 'position'; row: PositionInput } | { part: 'collateral'; row: PackCollateral } | { part: 'debt'; row: PackDebt });

export interface HeldPosition extends PositionFact {
  place?: PackPlace;
}

export interface HeldCash extends CashFact {
  /** The pool of a calc pack that has it. */
  pool?: string;
  /** Of a pending deposit of a calc pack: the moment it arrives. */
  arrivesAt?: IsoInstant | undefined;
}

/** One account's facts, as the book last gave them. */
export interface AccountHoldings {
  account: AccountFact;
  /** Of a book: made anew from its columns each time they are read. */
  readonly positions: readonly HeldPosition[];
  /** How many the book has of them. */
  positionCount: number;
  cash: HeldCash[];
  /** The account in full, where it comes from a calc pack. */
  given?: AccountInput;
  exclusions: ExclusionFact[];
  activity: ActivityFact[];
  brokerFigures: BrokerFigureFact[];
  /** What the day starts from, by the official run before it. */
  start: AccountStart;
}

/** What all accounts of a book share. */
export interface BookMarket {
  instruments: ReadonlyMap<InstrumentId, InstrumentFact>;
  marks: ReadonlyMap<InstrumentId, MarkFact>;
  fx: readonly FxFact[];
}

/** The book in memory: what the desk thread answers from. Replaced piece by piece, never edited in place. */
export interface Holdings extends BookMarket {
  accounts: ReadonlyMap<AccountId, AccountHoldings>;
  /** The closes of futures: what the reported cash has been settled to. */
  closes: ReadonlyMap<InstrumentId, MarkFact>;
  /** Every position, each account's together. */
  positions: PositionColumns;
  holders: Holders;
  /** The latest day any account's positions are of; null in an empty book. */
  businessDate: IsoDate | null;
  /** Market and rules in full, where they come from a calc pack. */
  given?: { market: MarketInput; shelf: PackShelf };
}

/** The facts of a book as the desk holds them; `start` is what the book knows besides them. */
export function holdingsFrom(facts: Facts, start: DayStart = { prior: null, closes: [] }): Holdings {
  const market: BookMarket = {
    instruments: new Map(facts.instrument.map((fact) => [fact.id, fact])),
    marks: new Map(facts.mark.map((fact) => [fact.instrument, fact])),
    fx: facts.fx,
  };
  return finish(takingIn(market, facts, { start, positions: columnsOf(facts.position), businessDate: businessDateOf(facts) }));
}

/** What is known of accounts besides their facts. */
export interface AccountsKnown {
  start: DayStart;
  positions: PositionColumns;
  businessDate: IsoDate | null;
}

/** Accounts in their market, in slices. */
export function* takingIn(market: BookMarket, facts: Facts, { start, positions, businessDate }: AccountsKnown): Slices<Holdings> {
  const accounts = yield* accountsFrom(facts, positions, accountStarts(start, businessDate));
  const closes = new Map<InstrumentId, MarkFact>();
  for (const marks of [start.closes, market.marks.values()]) yield* findingCloses(marks, market.instruments, closes);
  const holders = yield* findingHolders(positions, market.instruments);
  return { ...market, accounts, closes, positions, holders, businessDate };
}

const ACCOUNTS_A_SLICE = 128;

function* accountsFrom(facts: Facts, positions: PositionColumns, startOf: ReturnType<typeof accountStarts>): Slices<Map<AccountId, AccountHoldings>> {
  const byAccount = <Fact extends { account: AccountId }>(rows: readonly Fact[]): Map<AccountId, Fact[]> => Map.groupBy(rows, ({ account }) => account);
  const [exclusions, activity, figures] = [byAccount(facts.exclusion), byAccount(facts.activity), byAccount(facts.brokerFigure)];
  yield;
  const cash = byAccount(facts.cash);
  yield;
  const runs = yield* findingRuns(positions);
  const nothing = { columns: positions, from: 0, to: 0 };
  const accounts = new Map<AccountId, AccountHoldings>();
  for (const account of facts.account) {
    const id = account.account;
    const run = runs.get(id) ?? nothing;
    const did = activity.get(id) ?? [];
    const start = startOf(id, account.baseCurrency, did, () => positionsIn(run));
    accounts.set(id, heldIn(run, { account, cash: cash.get(id) ?? [], exclusions: exclusions.get(id) ?? [], activity: did, brokerFigures: figures.get(id) ?? [], start }));
    if (accounts.size % ACCOUNTS_A_SLICE === 0) yield;
  }
  return accounts;
}

function heldIn(run: PositionRun, others: Omit<AccountHoldings, 'positions' | 'positionCount'>): AccountHoldings {
  return {
    ...others,
    positionCount: run.to - run.from,
    get positions() {
      return positionsIn(run);
    },
  };
}

/** The account with its positions as objects that stay the same, for what is edited. */
export function inFull(account: AccountHoldings): AccountHoldings {
  return { ...account };
}

/** Of an account that nothing came before. */
export const NOT_STARTED: AccountStart = { prior: null, excess: null, since: [], news: [], isNew: false };

/** The latest day any account is of; null in an empty book. */
export function businessDateOf(facts: Pick<Facts, 'account'>): IsoDate | null {
  return facts.account.reduce<IsoDate | null>((latest, { asOf }) => (latest === null || asOf > latest ? asOf : latest), null);
}

/** The same holdings with one mark replaced, as they would be read from the book. */
export function withMark(holdings: Holdings, mark: MarkFact): Holdings {
  return finish(takingMark(holdings, mark));
}

const MARKS_A_SLICE = 1_024;

/** The same in slices: every mark of the book is copied. */
export function* takingMark(holdings: Holdings, mark: MarkFact): Slices<Holdings> {
  const marks = new Map<InstrumentId, MarkFact>();
  for (const [instrument, before] of holdings.marks) if (marks.set(instrument, before).size % MARKS_A_SLICE === 0) yield;
  return { ...holdings, marks: marks.set(mark.instrument, mark), closes: closesAfter(holdings, mark) };
}

/** The latest as-of of any mark; null when there is none. */
export function marksAsOf({ marks }: Holdings): string | null {
  return latestMark(marks);
}

/** The same for as long as the position is held, whatever its quantity. */
export function positionKey(position: HeldPosition): string {
  const { place } = position;
  return place ? JSON.stringify([position.account, place.pool, place.part, place.index]) : factKey.position(position);
}
