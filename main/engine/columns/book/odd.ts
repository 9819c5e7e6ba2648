import type { Instrument } from '../../../../shared/domain/instrument.ts';
import type { MarginModelId, PositionInput } from '../../input.ts';
import { contractMargin } from '../../fixed/product.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { scanMethod, scanRules } from '../../scan/rules.ts';
import { groupOf, isForLane, isPriceForLane } from './beside.ts';
import { numberOf, type BookInstruments } from './facts.ts';
import { wholeNumber } from './read-positions.ts';
import type { Staged } from './staged.ts';

/** What a lane can do with an instrument: take it, or leave it beside, alone or with everything that margins with it. */
export const PLAIN = 1;
export const APART = 2;
export const UNKNOWN = 3;
export const ODD = 4;
/** Taken by itself; where classes that offset each other are held, they are beside together. */
export const OFFSET = 5;

/** Looked up once for each instrument. */
export function traitOf(staged: Staged, instrument: number, book: BookInstruments, market: MarketView): number {
  const known = staged.trait[instrument] as number;
  if (known !== 0) return known;
  const terms = book.terms[instrument] ?? null;
  const trait = terms ? traitWith(staged, instrument, terms, book, market) : UNKNOWN;
  staged.trait[instrument] = trait;
  return trait;
}

function traitWith({ rules, currency: ofPool, offsetting }: Staged, instrument: number, terms: Instrument, book: BookInstruments, market: MarketView): number {
  const { model, currency } = rules;
  if (model === 'fixed') return isContractForLane(book.ids[instrument] as string, terms, rules, market) && isPriceForLane(book.marks[instrument] ?? null) ? PLAIN : APART;
  if (model !== 'strategy' && model !== 'scan') return PLAIN;
  if (model === 'strategy') return ofPool === currency && isForLane(model, terms, currency, market.businessDate) && isPriced(terms, instrument, book) ? PLAIN : ODD;
  // What is charged by rule beside a scan is no part of its class.
  if (!isForLane(model, terms, currency, market.businessDate)) return APART;
  const underlying = market.terms(classOf(book.ids[instrument] as string, terms));
  if (terms.currency !== currency || (underlying?.currency ?? currency) !== currency) return ODD;
  return offsetting.some((classes) => classes.includes(classOf(book.ids[instrument] as string, terms))) ? OFFSET : PLAIN;
}

/** True for a future of which the rules say what a contract is asked, in their own currency. */
function isContractForLane(id: string, terms: Instrument, rules: Rules, { businessDate }: MarketView): boolean {
  if (terms.kind !== 'future' || (terms.expiry && terms.expiry < businessDate)) return false;
  const margin = contractMargin(id, terms, businessDate, rules);
  return typeof margin !== 'string' && margin.currency === rules.currency;
}

/** Marks of the instrument, and of what an option is on. */
function isPriced(terms: Instrument, instrument: number, { numbers, marks }: BookInstruments): boolean {
  return isPriceForLane(marks[instrument] ?? null) && (terms.kind !== 'option' || isPriceForLane(marks[numbers.get(terms.underlying) ?? -1] ?? null));
}

export function isOrdinaryPart(subType: string, { asksInFull }: Staged): boolean {
  return subType === 'margin' || subType === 'short' || (asksInFull && (subType === 'cash' || subType === 'dvp'));
}

/** What is scanned together: an underlying, and all that is on it. */
function classOf(id: string, terms: Instrument): string {
  return (terms.kind === 'option' || terms.kind === 'future' ? terms.underlying : null) ?? id;
}

/** Models of which a pool may be in columns in part: what margins by itself adds up. */
export type DividedModel = 'strategy' | 'scan' | 'fixed';

export function isDivided(model: MarginModelId): model is DividedModel {
  return model === 'strategy' || model === 'scan' || model === 'fixed';
}

/** Positions that columns do not take, and those that margin with them. */
export function oddOnes(staged: Staged, model: DividedModel, positions: readonly PositionInput[], book: BookInstruments, market: MarketView): (position: PositionInput) => boolean {
  return model === 'fixed' ? oddContracts(staged, positions, book, market) : oddGroups(staged, model, positions, book, market);
}

/** Of futures, contract by contract: parts of one, several rows of one, and those of which it is not known from which price their gain counts. */
function oddContracts(staged: Staged, positions: readonly PositionInput[], book: BookInstruments, market: MarketView): (position: PositionInput) => boolean {
  const seen = new Set<string>();
  const odd = new Set<string>();
  for (const { instrument, quantity, settledPrice } of positions) {
    if (seen.has(instrument) || Number.isNaN(wholeNumber(quantity)) || settledPrice === null || traitOf(staged, numberOf(book, instrument, market), book, market) === APART) odd.add(instrument);
    seen.add(instrument);
  }
  return ({ instrument }) => odd.has(instrument);
}

function oddGroups(staged: Staged, model: 'strategy' | 'scan', positions: readonly PositionInput[], book: BookInstruments, market: MarketView): (position: PositionInput) => boolean {
  const groupIn = model === 'scan' ? classOf : groupOf;
  const groups = new Set<string>();
  const alone = new Set<string>();
  const held = new Set<string>();
  const parts = new Map<string, string>();
  for (const { instrument, subType, quantity } of positions) {
    const terms = market.terms(instrument);
    if (!terms) continue;
    const trait = traitOf(staged, numberOf(book, instrument, market), book, market);
    const isWhole = model === 'scan' || (isOrdinaryPart(subType, staged) && !Number.isNaN(wholeNumber(quantity)) && (parts.get(instrument) ?? subType) === subType);
    parts.set(instrument, subType);
    if (trait === APART) alone.add(instrument);
    else held.add(groupIn(instrument, terms));
    if (trait === ODD || !isWhole) groups.add(groupIn(instrument, terms));
  }
  for (const classes of staged.offsetting) {
    const together = classes.filter((one) => held.has(one));
    if (together.length > 1) for (const one of together) groups.add(one);
  }
  return ({ instrument }) => {
    const terms = market.terms(instrument);
    return terms !== null && (alone.has(instrument) || (groups.has(groupIn(instrument, terms)) && traitOf(staged, numberOf(book, instrument, market), book, market) !== APART));
  };
}

/** Of portfolio margin: classes that offset each other, so that a pool with two of them is not the sum of its classes. */
export function offsettingClasses(rules: Rules): readonly (readonly string[])[] {
  if (rules.model !== 'scan' || scanMethod(rules) !== 'classes') return [];
  return [...scanRules(rules).productGroups.values()].map(({ members }) => members);
}
