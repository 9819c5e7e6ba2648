import type { Instrument, InstrumentId } from '../../shared/domain/instrument.ts';
import type { AccountInput, MarketInput } from '../engine/input.ts';
import { givenAccount } from './given-account.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { marksAsOf } from './holdings.ts';
import { poolsOf, type Parts } from './pools.ts';
import { finish, type Slices } from './rows/slices.ts';

/** What the engine needs to know of one account of the book on a business day; `parts` are its positions, where those are known without making them. */
export function accountInput(holdings: AccountHoldings, book: Holdings, parts?: Parts): AccountInput {
  const { account, start, given } = holdings;
  if (given) return givenAccount(given, holdings);
  // A positions-only source knows no trades: it shows a Reg T requirement and never a Reg T call.
  const knowsTrades = start.prior !== null || start.since.some(({ kind }) => kind === 'trade');
  return {
    id: account.account,
    baseCurrency: account.baseCurrency,
    regime: account.regime,
    newAccount: start.isNew,
    prior: start.prior,
    ...(start.excess === null ? {} : { priorExcess: start.excess }),
    activity: knowsTrades ? start.since : null,
    activityCovers: 'sincePrior',
    ...poolsOf(holdings, book, parts),
  };
}

/** The market as the engine sees it: instruments, marks, exchange rates and the day. */
export function marketInput(holdings: Holdings): MarketInput {
  // A what-if adds instruments and moves marks; all else of a calc pack's market stands as it is.
  const moving = { instruments: termsOf(holdings.instruments), marks: holdings.marks };
  if (holdings.given) return { ...holdings.given.market, ...moving };
  const businessDate = holdings.businessDate ?? '1970-01-01';
  const asOf = marksAsOf(holdings) ?? businessDate;
  return {
    asOf: asOf.length === 10 ? `${asOf}T21:00:00Z` : asOf,
    businessDate,
    ...moving,
    fx: holdings.fx,
  };
}

// Prices change all day and terms do not.
const known = new WeakMap<Holdings['instruments'], MarketInput['instruments']>();

function termsOf(instruments: Holdings['instruments']): MarketInput['instruments'] {
  return known.get(instruments) ?? finish(statingTerms(instruments));
}

const TERMS_A_SLICE = 1_024;

/** Terms by instrument as the engine takes them, made and kept. */
export function* statingTerms(instruments: Holdings['instruments']): Slices<MarketInput['instruments']> {
  const terms = new Map<InstrumentId, Instrument>();
  for (const [id, fact] of instruments) {
    terms.set(id, fact.terms);
    if (terms.size % TERMS_A_SLICE === 0) yield;
  }
  known.set(instruments, terms);
  return terms;
}
