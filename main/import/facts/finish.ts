import { factKey, type FactName, type Facts, type FactTypes, type ImportScope, type InstrumentFact, type PositionFact } from '../../../shared/domain/facts.ts';
import type { ImportFormat, ReadFile } from '../../../shared/domain/import-plan.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { isStatedRegime } from './account.ts';
import { INSTRUMENT_RANK, skip, type Collected, type Lined } from './collect.ts';
import { instrumentText, mergeInstrument } from './merge-instrument.ts';

/** Everything gathered, as the file's facts: in one order whatever the order of the rows. */
export function finishReading(
  collected: Collected,
  about: { format: ImportFormat; asOf: IsoDate; asOfSource: string; scopes: ImportScope[] },
): ReadFile {
  const days = accountDays(collected);
  const positions = currentPositions(collected, days);
  const cash = ofLastDay(collected, [...collected.cash.values()], days, 'cash');
  const lined: { [Name in FactName]: Lined<FactTypes[Name]>[] } = {
    account: [...collected.accounts.values()].map(({ fact, line }) => ({ fact: { ...fact, asOf: days.get(fact.account) ?? fact.asOf }, line })),
    instrument: mergedInstruments(collected),
    position: positions,
    cash,
    mark: [...collected.marks.values()],
    fx: [...collected.fx.values()],
    activity: [...collected.activity.values()],
    brokerFigure: [...collected.brokerFigures.values()],
    exclusion: collected.exclusions,
  };
  noteAssumedRegimes(collected);
  const account = unzip('account', lined.account);
  const instrument = unzip('instrument', lined.instrument);
  const position = unzip('position', lined.position);
  const cashRows = unzip('cash', lined.cash);
  const mark = unzip('mark', lined.mark);
  const fx = unzip('fx', lined.fx);
  const activity = unzip('activity', lined.activity);
  const brokerFigure = unzip('brokerFigure', lined.brokerFigure);
  const exclusion = unzip('exclusion', lined.exclusion);
  const facts: Facts = {
    account: account.facts,
    instrument: instrument.facts,
    position: position.facts,
    cash: cashRows.facts,
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
    cash: cashRows.lines,
    mark: mark.lines,
    fx: fx.lines,
    activity: activity.lines,
    brokerFigure: brokerFigure.lines,
    exclusion: exclusion.lines,
  };
  return { ...about, facts, lines, rejected: collected.rejected, skipped: collected.skipped, notes: [...collected.notes] };
}

function noteAssumedRegimes({ accounts, notes }: Collected): void {
  const assumed = [...accounts.values()].filter(({ fact }) => !isStatedRegime(fact.regimeSource)).map(({ fact }) => fact.account);
  if (assumed.length === 0) return;
  const shown = assumed.toSorted().slice(0, 3).join(', ') + (assumed.length > 3 ? ` and ${assumed.length - 3} more` : '');
  notes.add(`The file does not say which margin rules govern ${shown}; what the book knows stands, and Reg T where it knows nothing or nothing else was chosen.`);
}

function unzip<Name extends FactName>(name: Name, lined: Lined<FactTypes[Name]>[]): { facts: FactTypes[Name][]; lines: number[] } {
  const keyed = lined.map((entry) => ({ ...entry, key: factKey[name](entry.fact) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.line - b.line));
  return { facts: keyed.map(({ fact }) => fact), lines: keyed.map(({ line }) => line) };
}

// A statement broken out by day shows an account on many days; its state is that of the last one.
function accountDays({ accounts, positions, cash }: Collected): Map<string, IsoDate> {
  const days = new Map<string, IsoDate>();
  const see = (account: string, asOf: IsoDate): void => {
    const known = days.get(account);
    if (known === undefined || asOf > known) days.set(account, asOf);
  };
  for (const { fact } of accounts.values()) see(fact.account, fact.asOf);
  for (const { fact } of positions.values()) see(fact.account, fact.asOf);
  for (const { fact } of cash.values()) see(fact.account, fact.asOf);
  return days;
}

function currentPositions(collected: Collected, days: ReadonlyMap<string, IsoDate>): Lined<PositionFact>[] {
  return ofLastDay(collected, [...collected.positions.values()], days, 'position').flatMap(({ fact, line, more }) => {
    if (more.length === 0) return [{ fact, line }];
    const rows = [fact, ...more];
    const quantity = rows.reduce((sum, row) => sum.plus(row.quantity), new Decimal(0));
    if (quantity.isZero()) {
      skip(collected, { line, code: 'nets-to-zero', reason: `${rows.length} rows of ${fact.instrument} in ${fact.account} add up to nothing.` });
      return [];
    }
    return [{ fact: { ...fact, quantity: toDecimalText(quantity), entryPrice: averageEntry(rows, quantity) }, line }];
  });
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

function ofLastDay<Entry extends Lined<{ account: string; asOf: IsoDate }>>(collected: Collected, entries: Entry[], days: ReadonlyMap<string, IsoDate>, what: string): Entry[] {
  return entries.filter(({ fact, line }) => {
    const last = days.get(fact.account);
    if (last === undefined || fact.asOf === last) return true;
    skip(collected, { line, code: 'older-day', reason: `A ${what} row of ${fact.asOf}; the file also shows ${fact.account} on ${last}.` });
    return false;
  });
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
