import type { AccountFact, AccountId, ActivityFact, BrokerFigureFact, CashFact, ExclusionFact, FxFact, InstrumentFact, MarkFact, PositionFact } from '../../../shared/domain/facts.ts';
import { factKey } from '../../../shared/domain/facts.ts';
import type { RowNote } from '../../../shared/domain/import-plan.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { oneLine } from '../text/one-line.ts';
import { WideDecimal } from '../values/computed.ts';
import { instrumentText } from './merge-instrument.ts';

/** A fact and the line it was read from. */
export interface Lined<Fact> {
  fact: Fact;
  line: number;
}

/** Where an instrument's terms were read: a lower rank is believed before a higher one. */
export const INSTRUMENT_RANK = { position: 0, master: 1, activity: 2, underlying: 3 } as const;
export type InstrumentRank = keyof typeof INSTRUMENT_RANK;

interface InstrumentSeen extends Lined<InstrumentFact> {
  rank: InstrumentRank;
  /** Its text for comparing, once it was asked for. */
  text?: string;
}

/** The rows of one position; two lots of a stock are one position. They are added up when the file has been read. */
export interface PositionRows extends Lined<PositionFact> {
  /** The rows after the first. */
  more: PositionFact[] | null;
  /** The same instrument in another part of the account, or on another day. */
  next: PositionRows | null;
}

/** Cash of one kind, currency and day; `sum` is that of its rows once there are several. */
interface CashRows extends Lined<CashFact> {
  sum: Decimal | null;
}

interface FxSeen extends Lined<FxFact> {
  fromTable: boolean;
}

/** What a reader has gathered so far. Facts are told apart by key, so the order of rows does not matter. */
export interface Collected {
  file: string;
  /** How marks and rates name their source: `IBKR Flex flex.xml`. */
  source: string;
  accounts: Map<AccountId, Lined<AccountFact>>;
  instruments: Map<InstrumentId, InstrumentSeen[]>;
  /** By account, then instrument: a million rows need no key made for each. */
  positions: Map<AccountId, Map<InstrumentId, PositionRows>>;
  /** Who takes positions instead of that; null for nobody. */
  takePosition: ((fact: PositionFact, line: number) => void) | null;
  cash: Map<string, CashRows>;
  marks: Map<InstrumentId, Lined<MarkFact>>;
  fx: Map<string, FxSeen>;
  activity: Map<string, Lined<ActivityFact>>;
  brokerFigures: Map<string, Lined<BrokerFigureFact>>;
  exclusions: Lined<ExclusionFact>[];
  rejected: RowNote[];
  skipped: RowNote[];
  notes: Set<string>;
}

export function startCollecting(file: string, reader: string): Collected {
  return {
    file,
    source: `${reader} ${file}`,
    accounts: new Map(),
    instruments: new Map(),
    positions: new Map(),
    takePosition: null,
    cash: new Map(),
    marks: new Map(),
    fx: new Map(),
    activity: new Map(),
    brokerFigures: new Map(),
    exclusions: [],
    rejected: [],
    skipped: [],
    notes: new Set(),
  };
}

/** The same account in two statements is of the later day. */
export function addAccount(collected: Collected, fact: AccountFact, line: number): void {
  const known = collected.accounts.get(fact.account);
  if (!known || fact.asOf > known.fact.asOf) collected.accounts.set(fact.account, { fact, line });
}

/** Readers hand in the same object for the same text, which makes the common case one look. */
export function addInstrument(collected: Collected, fact: InstrumentFact, rank: InstrumentRank, line: number): void {
  const seen = collected.instruments.get(fact.id);
  if (!seen) collected.instruments.set(fact.id, [{ fact, rank, line }]);
  else if (!isSeen(seen, fact, rank)) seen.push({ fact, rank, line });
}

// Ten thousand accounts may hold one instrument: only what differs is kept.
function isSeen(seen: readonly InstrumentSeen[], fact: InstrumentFact, rank: InstrumentRank): boolean {
  for (const other of seen) if (other.fact === fact && other.rank === rank) return true;
  const text = instrumentText(fact);
  return seen.some((other) => other.rank === rank && (other.text ??= instrumentText(other.fact)) === text);
}

export function addPosition(collected: Collected, fact: PositionFact, line: number): void {
  if (collected.takePosition) return collected.takePosition(fact, line);
  let ofAccount = collected.positions.get(fact.account);
  if (!ofAccount) collected.positions.set(fact.account, (ofAccount = new Map()));
  const first = ofAccount.get(fact.instrument) ?? null;
  for (let known = first; known; known = known.next) {
    if (known.fact.subType !== fact.subType || known.fact.asOf !== fact.asOf) continue;
    (known.more ??= []).push(fact);
    known.line = Math.min(known.line, line);
    return;
  }
  ofAccount.set(fact.instrument, { fact, line, more: null, next: first });
}

/** Cash of one kind and currency adds up: a file may list several core positions. */
export function addCash(collected: Collected, fact: CashFact, line: number): void {
  const key = `${factKey.cash(fact)}${fact.asOf}`;
  const known = collected.cash.get(key);
  if (!known) {
    collected.cash.set(key, { fact, line, sum: null });
    return;
  }
  known.sum = (known.sum ?? new WideDecimal(known.fact.amount)).plus(fact.amount);
  known.line = Math.min(known.line, line);
}

/** One price per instrument: the latest. Two prices of one day are reported, and the lower is kept. */
export function addMark(collected: Collected, price: Pick<MarkFact, 'instrument' | 'value' | 'kind' | 'asOf'>, line: number): void {
  const { instrument, value, asOf } = price;
  const known = collected.marks.get(instrument);
  if (known && (asOf < known.fact.asOf || (asOf === known.fact.asOf && value === known.fact.value && line >= known.line))) return;
  if (known && asOf === known.fact.asOf && value !== known.fact.value) {
    const isLower = new Decimal(value).lt(known.fact.value);
    const [low, high] = isLower ? [value, known.fact.value] : [known.fact.value, value];
    collected.notes.add(`The file has two prices for ${instrument} on ${asOf}: ${low} and ${high}; ${low} is used.`);
    if (!isLower) return;
  }
  collected.marks.set(instrument, { fact: { ...price, bid: null, ask: null, source: collected.source }, line });
}

/** One rate per pair: the latest; of one day, the one from the file's own table of rates, and else the lower. */
export function addFx(collected: Collected, fact: FxFact, line: number, fromTable: boolean): void {
  if (fact.currency === fact.base) return;
  const key = factKey.fx(fact);
  const known = collected.fx.get(key);
  const better =
    !known ||
    fact.asOf > known.fact.asOf ||
    (fact.asOf === known.fact.asOf && (fromTable === known.fromTable ? new Decimal(fact.rate).lt(known.fact.rate) : fromTable));
  if (better) collected.fx.set(key, { fact, line, fromTable });
}

/** Two different rows under one id both count: the later gets a number behind its id. */
export function addActivity(collected: Collected, fact: ActivityFact, line: number): void {
  let candidate = fact;
  for (let copy = 2; ; copy += 1) {
    const key = factKey.activity(candidate);
    if (!collected.activity.has(key)) {
      collected.activity.set(key, { fact: candidate, line });
      return;
    }
    candidate = { ...fact, id: `${fact.id}-${copy}` };
  }
}

export function addFigure(collected: Collected, fact: BrokerFigureFact, line: number): void {
  const key = factKey.brokerFigure(fact);
  const known = collected.brokerFigures.get(key);
  if (!known || fact.asOf > known.fact.asOf) collected.brokerFigures.set(key, { fact, line });
}

/** What is said about a row that is not taken. */
export interface RowTrouble {
  line: number;
  code: string;
  reason: string;
  column?: string | undefined;
  text?: string | undefined;
}

/** A total, a footer, a copy: a row that rightly brings no fact. */
export function skip(collected: Collected, trouble: RowTrouble): void {
  collected.skipped.push(noteOf(collected, trouble));
}

/** A row that should have been a fact and could not be read. */
export function reject(collected: Collected, trouble: RowTrouble): void {
  collected.rejected.push(noteOf(collected, trouble));
}

/** A rejected row that was a position: it stays visible in the book, and a short one leaves the account indeterminate. */
export function exclude(collected: Collected, trouble: RowTrouble, position: { account: AccountId; symbol: string; quantity: string | null; asOf: IsoDate; statedLong?: boolean }): void {
  reject(collected, trouble);
  const { account, quantity, asOf } = position;
  const symbol = oneLine(position.symbol);
  const reason = oneLine(trouble.reason);
  // Without a readable quantity it may be short, unless the row itself says that it is long.
  const short = quantity === null ? !position.statedLong : quantity.startsWith('-');
  const at = `${collected.file}:${trouble.line}`;
  collected.exclusions.push({ fact: { account, symbol, code: trouble.code, reason, quantity, short, at, asOf }, line: trouble.line });
}

function noteOf({ file }: Collected, { line, code, reason, column, text }: RowTrouble): RowNote {
  return { file, line, ...(column === undefined ? {} : { column }), code, reason: oneLine(reason), ...(text === undefined ? {} : { text: oneLine(text) }) };
}
