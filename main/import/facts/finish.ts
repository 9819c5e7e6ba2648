import { factKey, type AccountId, type FactName, type Facts, type FactTypes, type ImportScope, type InstrumentFact, type PositionFact } from '../../../shared/domain/facts.ts';
import type { ImportFormat, ReadFile } from '../../../shared/domain/import-plan.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { isStatedRegime } from './account.ts';
import { INSTRUMENT_RANK, skip, type Collected, type Lined, type PositionRows } from './collect.ts';
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
  const cash = inKeyOrder('cash', [...collected.cash.values()].filter((row) => isOfLastDay(collected, row, days, 'cash')));
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
  return { ...about, facts, lines, rejected: collected.rejected, skipped: collected.skipped.toSorted((a, b) => a.line - b.line), notes };
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

/** Several rows of one position as one; null, and a line among the skipped rows, when they add up to nothing. */
export function addedUp(collected: Collected, rows: readonly PositionFact[], line: number): PositionFact | null {
  const quantity = rows.reduce((sum, row) => sum.plus(row.quantity), new Decimal(0));
  const [first] = rows;
  if (first === undefined) return null;
  if (quantity.isZero()) {
    skip(collected, { line, code: 'nets-to-zero', reason: `${rows.length} rows of ${first.instrument} in ${first.account} add up to nothing.` });
    return null;
  }
  return { ...first, quantity: toDecimalText(quantity), entryPrice: averageEntry(rows, quantity) };
}

/** Average entry prices are rounded here, half-even to 8 places; a price shown, never margined on. */
function averageEntry(rows: readonly PositionFact[], quantity: Decimal): DecimalText | null {
  let cost = new Decimal(0);
  for (const row of rows) {
    if (row.entryPrice === null) return null;
    cost = cost.plus(fromDecimalText(row.quantity).times(row.entryPrice));
  }
  return toDecimalText(cost.div(quantity).toDecimalPlaces(8, Decimal.ROUND_HALF_EVEN));
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

/** Price paid per unit from a total: rounded half-even to 8 places; null when the total or the quantity is missing or zero. */
export function perUnit(total: DecimalText | null, quantity: DecimalText, multiplier: DecimalText | null): DecimalText | null {
  if (total === null || quantity === '0' || multiplier === null || multiplier === '0') return null;
  const units = fromDecimalText(quantity).times(multiplier).abs();
  return toDecimalText(fromDecimalText(total).abs().div(units).toDecimalPlaces(8, Decimal.ROUND_HALF_EVEN));
}
