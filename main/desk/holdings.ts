import type { PackCollateral, PackDebt } from '../../shared/calc-pack/accounts.ts';
import type { AccountFact, AccountId, ActivityFact, BrokerFigureFact, CashFact, ExclusionFact, Facts, FxFact, InstrumentFact, MarkFact, PositionFact } from '../../shared/domain/facts.ts';
import { factKey } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { IsoDate, IsoInstant } from '../../shared/time.ts';
import type { AccountInput, MarketInput, PositionInput } from '../engine/input.ts';
import type { PackShelf } from '../engine/packs/shelf.ts';
import { accountStarts, type AccountStart, type DayStart } from './day-start.ts';
import { closesAfter, futuresCloses } from './settled-price.ts';

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
  positions: HeldPosition[];
  cash: HeldCash[];
  /** The account in full, where it comes from a calc pack. */
  given?: AccountInput;
  exclusions: ExclusionFact[];
  activity: ActivityFact[];
  brokerFigures: BrokerFigureFact[];
  /** What the day starts from, by the official run before it. */
  start: AccountStart;
}

/** The book in memory: what the desk thread answers from. Replaced piece by piece, never edited in place. */
export interface Holdings {
  accounts: ReadonlyMap<AccountId, AccountHoldings>;
  instruments: ReadonlyMap<InstrumentId, InstrumentFact>;
  marks: ReadonlyMap<InstrumentId, MarkFact>;
  /** The closes of futures: what the reported cash has been settled to. */
  closes: ReadonlyMap<InstrumentId, MarkFact>;
  fx: readonly FxFact[];
  /** Accounts whose figures move with an instrument's price: they hold it, or an option on it. */
  holders: ReadonlyMap<InstrumentId, ReadonlySet<AccountId>>;
  /** The latest day any account's positions are of; null in an empty book. */
  businessDate: IsoDate | null;
  /** Market and rules in full, where they come from a calc pack. */
  given?: { market: MarketInput; shelf: PackShelf };
}

/** The facts of a book as the desk holds them; `start` is what the book knows besides them. */
export function holdingsFrom(facts: Facts, start: DayStart = { prior: null, closes: [] }): Holdings {
  const accounts = new Map<AccountId, AccountHoldings>();
  for (const account of facts.account) {
    accounts.set(account.account, { account, positions: [], cash: [], exclusions: [], activity: [], brokerFigures: [], start: NOT_STARTED });
  }
  for (const position of facts.position) accounts.get(position.account)?.positions.push(position);
  for (const cash of facts.cash) accounts.get(cash.account)?.cash.push(cash);
  for (const exclusion of facts.exclusion) accounts.get(exclusion.account)?.exclusions.push(exclusion);
  for (const activity of facts.activity) accounts.get(activity.account)?.activity.push(activity);
  for (const figure of facts.brokerFigure) accounts.get(figure.account)?.brokerFigures.push(figure);

  const businessDate = businessDateOf(facts);
  const startOf = accountStarts(start, businessDate);
  for (const [id, holdings] of accounts) holdings.start = startOf(id, holdings.account.baseCurrency, holdings.activity, holdings.positions);

  const instruments = new Map(facts.instrument.map((fact) => [fact.id, fact]));
  return {
    accounts,
    instruments,
    marks: new Map(facts.mark.map((mark) => [mark.instrument, mark])),
    closes: futuresCloses([...start.closes, ...facts.mark], instruments),
    fx: facts.fx,
    holders: holdersOf(facts.position, instruments),
    businessDate,
  };
}

/** Of an account that nothing came before. */
export const NOT_STARTED: AccountStart = { prior: null, excess: null, since: [], news: [], isNew: false };

/** The latest day any account is of; null in an empty book. */
export function businessDateOf(facts: Pick<Facts, 'account'>): IsoDate | null {
  return facts.account.reduce<IsoDate | null>((latest, { asOf }) => (latest === null || asOf > latest ? asOf : latest), null);
}

/** Accounts whose figures move with an instrument's price. */
export function holdersOf(positions: readonly PositionFact[], instruments: ReadonlyMap<InstrumentId, InstrumentFact>): Map<InstrumentId, Set<AccountId>> {
  const holders = new Map<InstrumentId, Set<AccountId>>();
  function add(instrument: InstrumentId, account: AccountId): void {
    const set = holders.get(instrument);
    if (set) set.add(account);
    else holders.set(instrument, new Set([account]));
  }
  for (const { instrument, account } of positions) {
    add(instrument, account);
    const terms = instruments.get(instrument)?.terms;
    if (terms?.kind !== 'option') continue;
    add(terms.underlying, account);
    for (const delivered of terms.deliverable ?? []) add(delivered.instrument, account);
  }
  return holders;
}

/** The same holdings with one mark replaced, as they would be read from the book. */
export function withMark(holdings: Holdings, mark: MarkFact): Holdings {
  return { ...holdings, marks: new Map(holdings.marks).set(mark.instrument, mark), closes: closesAfter(holdings, mark) };
}

/** The latest as-of of any mark; null when there is none. */
export function marksAsOf(holdings: Holdings): string | null {
  let latest: string | null = null;
  for (const { asOf } of holdings.marks.values()) if (latest === null || asOf > latest) latest = asOf;
  return latest;
}

/** The same for as long as the position is held, whatever its quantity. */
export function positionKey(position: HeldPosition): string {
  const { place } = position;
  return place ? JSON.stringify([position.account, place.pool, place.part, place.index]) : factKey.position(position);
}
