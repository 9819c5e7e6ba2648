import { factKey, type AccountId, type FactName, type Facts, type FactTypes, type CashFact, type ImportScope, type InstrumentFact, type PositionFact } from '../../../shared/domain/facts.ts';
import type { ImportFormat, ReadFile, RowNote } from '../../../shared/domain/import-plan.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import { AMOUNT_LENGTH_MAX } from '../../../shared/domain/plain-amount.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { isStatedRegime } from './account.ts';
import { computedAmount, WideDecimal } from '../values/computed.ts';
import { exclude, INSTRUMENT_RANK, skip, type Collected, type Lined, type PositionRows } from './collect.ts';
import { fundNotes } from './fund-notes.ts';
import { instrumentText, mergeInstrument } from './merge-instrument.ts';

/** Everything gathered, as the file's facts: in one order whatever the order of the rows. */
export function finishReading(
  collected: Collected,
  about: { format: ImportFormat; asOf: IsoDate; asOfSource: string; scopes: ImportScope[] },
): ReadFile {
  noteAssumedRegimes(collected);
  const days = accountDays(collected);
  const accounts = [...collected.accounts.values()].map(({ fact, line }) => ({ fact: { ...fact, asOf: days.get(fact.account) ?? fact.asOf }, line }));
  const account = inKeyOrder('account', accounts);
  const instrument = inKeyOrder('instrument', mergedInstruments(collected));
  const position = inKeyOrder('position', currentPositions(collected, days));
  const cash = inKeyOrder('cash', currentCash(collected, days));
  const mark = inKeyOrder('mark', [...collected.marks.values()]);
  const fx = inKeyOrder('fx', [...collected.fx.values()]);
  const activity = inKeyOrder('activity', [...collected.activity.values()]);
  const brokerFigure = inKeyOrder('brokerFigure', [...collected.brokerFigures.values()]);
  const exclusion = inKeyOrder('exclusion', collected.exclusions);
  const facts: Facts = {
    account: account.facts,
    instrument: instrument.facts,
    position: position.facts,
    cash: cash.facts,
    mark: mark.facts,
    fx: fx.facts,
    activity: activity.facts,
    brokerFigure: brokerFigure.facts,
    exclusion: exclusion.facts,
  };
  const lines = {
    account: account.lines,
    instrument: instrument.lines,
    position: position.lines,
    cash: cash.lines,
    mark: mark.lines,
    fx: fx.lines,
    activity: activity.lines,
    brokerFigure: brokerFigure.lines,
    exclusion: exclusion.lines,
  };
  const notes = [...collected.notes, ...fundNotes(instrument.facts)];
  return { ...about, facts, lines, rejected: inLineOrder(collected.rejected), skipped: inLineOrder(collected.skipped), notes };
}

// What comes of several rows is found at the end, in another order by either reader of a desk's own CSV.
function inLineOrder(notes: readonly RowNote[]): RowNote[] {
  return notes.toSorted((a, b) => a.line - b.line);
}

function noteAssumedRegimes({ accounts, notes }: Collected): void {
  const assumed = [...accounts.values()].filter(({ fact }) => !isStatedRegime(fact.regimeSource)).map(({ fact }) => fact.account);
  if (assumed.length === 0) return;
  const shown = assumed.toSorted().slice(0, 3).join(', ') + (assumed.length > 3 ? ` and ${assumed.length - 3} more` : '');
  notes.add(`The file does not say which margin rules govern ${shown}; what the book knows stands, and Reg T where it knows nothing or nothing else was chosen.`);
}

function inKeyOrder<Name extends FactName>(name: Name, lined: Lined<FactTypes[Name]>[]): { facts: FactTypes[Name][]; lines: number[] } {
  const keys = lined.map(({ fact }) => factKey[name](fact));
  const order = keys.map((_, index) => index);
  order.sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : (keys[a] ?? '') > (keys[b] ?? '') ? 1 : a - b));
  const sorted = order.flatMap((index) => lined[index] ?? []);
  return { facts: sorted.map(({ fact }) => fact), lines: sorted.map(({ line }) => line) };
}

// A statement broken out by day shows an account on many days; its state is that of the last one.
function accountDays({ accounts, positions, cash }: Collected): Map<AccountId, IsoDate> {
  const days = new Map<AccountId, IsoDate>();
  const see = (account: AccountId, asOf: IsoDate): void => {
    const known = days.get(account);
    if (known === undefined || asOf > known) days.set(account, asOf);
  };
  for (const { fact } of accounts.values()) see(fact.account, fact.asOf);
  for (const { fact } of cash.values()) see(fact.account, fact.asOf);
  for (const [account, ofAccount] of positions) {
    for (const first of ofAccount.values()) for (let rows: PositionRows | null = first; rows; rows = rows.next) see(account, rows.fact.asOf);
  }
  return days;
}

function currentPositions(collected: Collected, days: ReadonlyMap<AccountId, IsoDate>): Lined<PositionFact>[] {
  const current: Lined<PositionFact>[] = [];
  for (const ofAccount of collected.positions.values()) {
    for (const first of ofAccount.values()) {
      for (let rows: PositionRows | null = first; rows; rows = rows.next) {
        if (!isOfLastDay(collected, rows, days, 'position')) continue;
        const fact = rows.more === null ? rows.fact : addedUp(collected, [rows.fact, ...rows.more], rows.line);
        if (fact) current.push({ fact, line: rows.line });
      }
    }
  }
  return current;
}

function currentCash(collected: Collected, days: ReadonlyMap<AccountId, IsoDate>): Lined<CashFact>[] {
  const current: Lined<CashFact>[] = [];
  for (const { fact, line, sum } of collected.cash.values()) {
    if (!isOfLastDay(collected, { fact, line }, days, 'cash')) continue;
    const amount = sum === null ? fact.amount : computedAmount(sum);
    if (amount !== null) current.push({ fact: { ...fact, amount }, line });
    else excludeSum(collected, line, `cash in ${fact.currency}`, { ...fact, symbol: fact.currency });
  }
  return current;
}

/** Rows whose sum is longer than an amount may be: a rejected row, that of the first of them. */
function excludeSum(collected: Collected, line: number, what: string, { account, symbol, asOf, statedLong }: { account: AccountId; symbol: string; asOf: IsoDate; statedLong?: boolean }): void {
  const reason = `The rows of ${what} in ${account} add up to an amount of more than ${AMOUNT_LENGTH_MAX} characters.`;
  exclude(collected, { line, code: 'sum-too-long', reason }, { account, symbol, quantity: null, asOf, ...(statedLong ? { statedLong } : {}) });
}

/**
 * Several rows of one position as one; null when they add up to nothing, with a line among the skipped rows, or to more
 * than an amount may be, with one among the rejected.
 */
export function addedUp(collected: Collected, rows: readonly PositionFact[], line: number): PositionFact | null {
  const quantity = rows.reduce((sum, row) => sum.plus(row.quantity), new WideDecimal(0));
  const [first] = rows;
  if (first === undefined) return null;
  if (quantity.isZero()) {
    skip(collected, { line, code: 'nets-to-zero', reason: `${rows.length} rows of ${first.instrument} in ${first.account} add up to nothing.` });
    return null;
  }
  const text = computedAmount(quantity);
  if (text !== null) return { ...first, quantity: text, entryPrice: averageEntry(rows, quantity) };
  excludeSum(collected, line, first.instrument, { ...first, symbol: first.instrument, statedLong: quantity.isPositive() });
  return null;
}

/** Average entry prices are rounded here, half-even to 8 places; a price shown, never margined on. Null where it is longer than an amount may be. */
function averageEntry(rows: readonly PositionFact[], quantity: Decimal): DecimalText | null {
  let cost = new Decimal(0);
  for (const row of rows) {
    if (row.entryPrice === null) return null;
    cost = cost.plus(fromDecimalText(row.quantity).times(row.entryPrice));
  }
  return computedAmount(cost.div(quantity).toDecimalPlaces(8, Decimal.ROUND_HALF_EVEN));
}

function isOfLastDay(collected: Collected, { fact, line }: Lined<{ account: AccountId; asOf: IsoDate }>, days: ReadonlyMap<AccountId, IsoDate>, what: string): boolean {
  const last = days.get(fact.account);
  if (last === undefined || fact.asOf === last) return true;
  skip(collected, { line, code: 'older-day', reason: `A ${what} row of ${fact.asOf}; the file also shows ${fact.account} on ${last}.` });
  return false;
}

function mergedInstruments({ instruments }: Collected): Lined<InstrumentFact>[] {
  return [...instruments.values()].map((seen) => {
    const [first, ...others] = seen.length === 1 ? seen : seen.toSorted((a, b) => INSTRUMENT_RANK[a.rank] - INSTRUMENT_RANK[b.rank] || (instrumentText(a.fact) < instrumentText(b.fact) ? -1 : 1));
    if (first === undefined) throw new Error('an instrument is only listed once it was seen');
    const fact = others.reduce((merged, other) => mergeInstrument(merged, other.fact), first.fact);
    return { fact, line: seen.reduce((line, other) => Math.min(line, other.line), first.line) };
  });
}

/** Price paid per unit from a total: rounded half-even to 8 places; null when the total or the quantity is missing or zero, or the price longer than an amount may be. */
export function perUnit(total: DecimalText | null, quantity: DecimalText, multiplier: DecimalText | null): DecimalText | null {
  if (total === null || quantity === '0' || multiplier === null || multiplier === '0') return null;
  const units = fromDecimalText(quantity).times(multiplier).abs();
  return computedAmount(fromDecimalText(total).abs().div(units).toDecimalPlaces(8, Decimal.ROUND_HALF_EVEN));
}
