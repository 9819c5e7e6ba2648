import { isStatedRegime } from '../facts/account.ts';
import { mergeInstrument } from '../facts/merge-instrument.ts';
import type { InstrumentText } from '../../../shared/domain/position-columns.ts';
import type { AccountFact, AccountId, FactName, FactTypes, InstrumentFact } from '../../../shared/domain/facts.ts';

// What tells two versions of a fact apart. A position of the same size on a later day is the same fact; a price of the
// same value on a later day is not, since its age matters. Who says a price does not.
const TOLD_APART_BY: { [Name in FactName]: (fact: FactTypes[Name]) => unknown } = {
  account: ({ name, baseCurrency, regime, regimeSource, asOf }) => [name, baseCurrency, regime, regimeSource, asOf],
  instrument: ({ id, terms, identifiers }) => [id, terms, identifiers],
  position: ({ quantity, entryPrice }) => [quantity, entryPrice],
  cash: ({ amount }) => amount,
  mark: ({ value, bid, ask, kind, asOf }) => [value, bid, ask, kind, asOf],
  fx: ({ rate, asOf }) => [rate, asOf],
  activity: ({ kind, instrument, tradeDate, settleDate, quantity, price, amount, currency, detail }) => [kind, instrument, tradeDate, settleDate, quantity, price, amount, currency, detail],
  brokerFigure: ({ amount }) => amount,
  exclusion: ({ reason, quantity, short }) => [reason, quantity, short],
};

/** True when the book's version already says what the file says. */
export function isSameFact(name: FactName, fact: FactTypes[FactName], before: FactTypes[FactName]): boolean {
  const told = TOLD_APART_BY[name] as (fact: FactTypes[FactName]) => unknown;
  return isSame(told(fact), told(before));
}

/**
 * Whether an instrument surely says what the book keeps of it: in the very words, and nothing is left to be merged. Of an
 * adjusted contract the book takes less than a file may say.
 */
export function saysTheSame({ terms, identifiers }: InstrumentFact, held: InstrumentText): boolean {
  if (terms.kind === 'option' && terms.adjusted === true) return false;
  return JSON.stringify(terms) === held.terms && JSON.stringify(identifiers) === held.identifiers;
}

/** Whether two values say the same, whatever order their fields were set in. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((one, place) => isSame(one, right[place]));
  const [ours, theirs] = [left, right] as [Record<string, unknown>, Record<string, unknown>];
  for (const field of Object.keys(ours)) if (!isSame(ours[field], theirs[field])) return false;
  return Object.keys(theirs).every((field) => theirs[field] === undefined || ours[field] !== undefined);
}

/** The file's version with what only the book knows: a file that does not say something does not unsay it. */
export function mergedFact(name: FactName, fact: FactTypes[FactName], before: FactTypes[FactName], withState: ReadonlySet<AccountId>): FactTypes[FactName] {
  if (name === 'account') return mergedAccount(fact as AccountFact, before as AccountFact, withState);
  if (name === 'instrument') return mergedInstrument(fact as InstrumentFact, before as InstrumentFact);
  return fact;
}

function mergedAccount(fact: AccountFact, before: AccountFact, withState: ReadonlySet<AccountId>): AccountFact {
  const regime = isStatedRegime(fact.regimeSource) ? fact : before;
  return {
    ...fact,
    name: fact.name ?? before.name,
    regime: regime.regime,
    regimeSource: regime.regimeSource,
    // A file of trades alone says nothing about the day of the positions.
    asOf: withState.has(fact.account) && fact.asOf > before.asOf ? fact.asOf : before.asOf,
  };
}

// Every broker describes and spells an instrument in its own words: the first ones stay, or each import would change them.
function mergedInstrument(fact: InstrumentFact, before: InstrumentFact): InstrumentFact {
  const merged = mergeInstrument(fact, before);
  const description = before.terms.description ?? merged.terms.description;
  return {
    id: merged.id,
    terms: { ...merged.terms, ...(description ? { description } : {}) },
    identifiers: { ...merged.identifiers, symbol: before.identifiers.symbol },
  };
}
