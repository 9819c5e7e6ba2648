import type { Edit } from '../../shared/views.ts';
import type { InstrumentFact, MarkFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../shared/money.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { multiplierOf } from '../engine/pool/prepare-position.ts';
import { instrumentFromSymbol } from '../import/symbols/instrument-from-symbol.ts';
import { mapOver } from './map-over.ts';
import { positionKey, type AccountHoldings, type HeldCash, type HeldPosition, type Holdings, type PackPlace } from './holdings.ts';

/** A branch's own copy of the little it changed: one account, and the instruments and marks it added or moved. */
export interface BranchHoldings {
  holdings: Holdings;
  account: AccountHoldings;
  /** Instruments of which the last edit changed a position, the price or the terms. */
  changed: readonly InstrumentId[];
  /** Where positions stand in the account, by key: those from before any edit, which stay where they are. */
  placeOf: ReadonlyMap<string, number>;
}

const BRANCH_SOURCE = 'what-if';

/**
 * One edit applied. Quantities trade at the mark, so that equity does not jump by a phantom gain: buying moves cash
 * out, selling (and selling short) moves it in. A leg without a mark changes no cash, and the label says so.
 */
export function applyEdit(branch: BranchHoldings, edit: Edit): Result<BranchHoldings> {
  switch (edit.kind) {
    case 'setQuantity':
      return setQuantity(branch, edit.position, edit.quantity);
    case 'closeLeg':
      return setQuantity(branch, edit.position, '0');
    case 'setPrice':
      return setPrice(branch, edit.instrument, edit.price);
    case 'addLeg':
      return addLeg(branch, edit);
    case 'deposit':
      return succeed({ ...branch, account: addCash(branch, edit.currency, fromDecimalText(edit.amount)), changed: [] });
  }
}

function setQuantity(branch: BranchHoldings, key: string, quantity: DecimalText): Result<BranchHoldings> {
  const place = placeIn(branch, key);
  const before = branch.account.positions[place];
  if (!before) return fail({ code: 'unknown-position', message: 'That position is not in this account any more.', fix: 'Discard the branch and start again.' });
  const changes = before.place ? changedLots(lotsOfRow(branch, before), fromDecimalText(quantity)) : new Map([[before, fromDecimalText(quantity)]]);
  const terms = branch.holdings.instruments.get(before.instrument)?.terms;
  if (terms && 'settlement' in terms && terms.settlement === 'inverse') return fail({ code: 'inverse-contract', message: `${before.instrument} is paid in its own coin, and a trade of it cannot be tried out here yet.`, fix: 'Try another price, or change the quantity in the calc pack.' });
  let { account } = branch;
  for (const [lot, after] of changes) account = addTradeCash({ ...branch, account }, lot, after.minus(lot.quantity), markOf(branch, lot.instrument));
  const positions = [...account.positions];
  for (const [lot, after] of changes) positions[lot === before ? place : positions.indexOf(lot)] = { ...lot, quantity: toDecimalText(after) };
  return succeed({ ...branch, account: { ...account, positions }, changed: [before.instrument] });
}

/** Where a position stands; −1 of one that is not in the account. */
function placeIn({ account: { positions }, placeOf }: BranchHoldings, key: string): number {
  return placeOf.get(key) ?? positions.findIndex((position, place) => place >= placeOf.size && positionKey(position) === key);
}

/** The lots of a calc pack that stand in one row of the screen; see position-rows.ts. */
function lotsOfRow({ account }: BranchHoldings, { place, instrument, subType, quantity }: HeldPosition): HeldPosition[] {
  const lots = account.positions.filter((lot) => lot.place?.pool === place?.pool && lot.place?.part === place?.part && lot.instrument === instrument && lot.subType === subType);
  const sides = lots.filter((lot) => lot.quantity.startsWith('-') === quantity.startsWith('-'));
  return sides.length === 0 ? lots : sides;
}

/** A larger position grows by its first lot; a smaller one gives up its lots from the first on. */
function changedLots(lots: readonly HeldPosition[], quantity: Decimal): Map<HeldPosition, Decimal> {
  const held = lots.reduce((sum, lot) => sum.plus(lot.quantity), new Decimal(0));
  let left = quantity.minus(held);
  const changes = new Map<HeldPosition, Decimal>();
  for (const [index, lot] of lots.entries()) {
    const most = fromDecimalText(lot.quantity).negated();
    const isGrowing = left.isZero() || left.isNegative() !== most.isNegative();
    const part = isGrowing || index === lots.length - 1 || left.abs().lte(most.abs()) ? left : most;
    changes.set(lot, fromDecimalText(lot.quantity).plus(part));
    left = left.minus(part);
    if (left.isZero()) break;
  }
  return changes;
}

function setPrice(branch: BranchHoldings, instrument: string, price: DecimalText): Result<BranchHoldings> {
  if (!branch.holdings.instruments.has(instrument)) return fail({ code: 'unknown-instrument', message: `The book knows no instrument ${instrument}.` });
  if (price.startsWith('-')) return fail({ code: 'negative-price', message: `A price cannot be negative: ${price}.` });
  return succeed({ ...branch, holdings: addMark(branch, instrument, price), changed: [instrument] });
}

function addLeg(branch: BranchHoldings, { symbol, quantity, price }: Extract<Edit, { kind: 'addLeg' }>): Result<BranchHoldings> {
  const known = branch.holdings.instruments.get(symbol);
  const named: Result<InstrumentFact> = known ? succeed(known) : instrumentFromSymbol(symbol, branch.account.account.baseCurrency);
  if (!named.ok) return named;
  const instrument = branch.holdings.instruments.get(named.value.id) ?? named.value;
  const tradedAt = price ?? markOf(branch, instrument.id);
  if (tradedAt === null) {
    return fail({ code: 'missing-price', message: `The book has no price for ${instrument.id}.`, fix: 'Give a price for the leg.' });
  }
  const priced: BranchHoldings = { ...branch, holdings: withInstrument(branch.holdings, instrument) };
  const holdings = markOf(branch, instrument.id) === null ? addFirstMark(priced, instrument.id, tradedAt) : priced.holdings;
  const traded = fromDecimalText(quantity);
  const account = { ...addTradeCash({ ...priced, holdings }, heldOf(branch.account, instrument.id) ?? { instrument: instrument.id }, traded, tradedAt), positions: addPosition(branch.account, instrument.id, traded, tradedAt) };
  // The option's underlying may be new to the book as well.
  const underlying = instrument.terms.kind === 'option' ? [instrument.terms.underlying] : [];
  return succeed({ ...branch, holdings, account, changed: [instrument.id, ...underlying] });
}

function heldOf({ positions }: AccountHoldings, instrument: string): HeldPosition | undefined {
  return positions.find((position) => position.instrument === instrument);
}

function addPosition(account: AccountHoldings, instrument: string, traded: Decimal, price: DecimalText): HeldPosition[] {
  const held = heldOf(account, instrument);
  if (held) {
    const quantity = toDecimalText(fromDecimalText(held.quantity).plus(traded));
    return account.positions.map((position) => (position === held ? { ...held, quantity } : position));
  }
  const { account: id, asOf } = account.account;
  const subType = account.account.regime === 'cash' ? 'cash' : traded.isNegative() ? 'short' : 'margin';
  const leg: HeldPosition = { account: id, subType, instrument, quantity: toDecimalText(traded), entryPrice: price, asOf };
  return [...account.positions, account.given ? { ...leg, place: placeOf(account, leg) } : leg];
}

/** In a calc pack: a new row of its first pool. */
function placeOf({ given, positions }: AccountHoldings, { instrument, subType, quantity, entryPrice }: HeldPosition): PackPlace {
  return { pool: given?.pools[0]?.id ?? '', part: 'position', index: positions.length, row: { instrument, subType, quantity, entryPrice } };
}

function addTradeCash(branch: BranchHoldings, { instrument, place }: Pick<HeldPosition, 'instrument' | 'place'>, traded: Decimal, price: DecimalText | null): AccountHoldings {
  // What secures a loan, and what is owed, is brought in and paid back from outside.
  if (place && place.part !== 'position') return branch.account;
  const terms = branch.holdings.instruments.get(instrument)?.terms;
  // An instrument without a price or multiplier has no cash amount to move.
  const multiplier = terms && multiplierOf(terms);
  if (!terms || price === null || !multiplier) return branch.account;
  // A future is margined, not paid for. But its gain since the last close is counted on all contracts, and those traded
  // on the branch have none of it.
  const settled = terms.kind === 'future' || terms.kind === 'perpetual' ? (place?.row.settledPrice ?? branch.holdings.closes.get(instrument)?.value ?? price) : '0';
  const amount = traded.times(fromDecimalText(price).minus(settled)).times(multiplier).negated();
  return addCash(branch, terms.currency, amount, place?.pool);
}

/** Money goes where the position is; of a calc pack, to its first pool where none is named. */
function addCash({ account }: BranchHoldings, currency: string, amount: Decimal, pool = account.given?.pools[0]?.id): AccountHoldings {
  if (amount.isZero()) return account;
  const held = account.cash.find((cash) => cash.currency === currency && cash.kind === 'tradeDate' && cash.pool === pool);
  const changed: HeldCash = held
    ? { ...held, amount: toDecimalText(fromDecimalText(held.amount).plus(amount)) }
    : { account: account.account.account, currency, kind: 'tradeDate', amount: toDecimalText(amount), valueDate: null, asOf: account.account.asOf, ...(pool === undefined ? {} : { pool }) };
  return { ...account, cash: held ? account.cash.map((cash) => (cash === held ? changed : cash)) : [...account.cash, changed] };
}

function markOf({ holdings }: BranchHoldings, instrument: string): DecimalText | null {
  return holdings.marks.get(instrument)?.value ?? null;
}

function addMark({ holdings }: BranchHoldings, instrument: string, value: DecimalText): Holdings {
  const asOf = holdings.businessDate ?? holdings.marks.get(instrument)?.asOf ?? '1970-01-01';
  const mark: MarkFact = { instrument, value, bid: null, ask: null, kind: 'manual', asOf, source: BRANCH_SOURCE };
  return { ...holdings, marks: mapOver(holdings.marks, instrument, mark) };
}

/** The mark of an instrument that had none; a future traded at it has been paid up to it. */
function addFirstMark(branch: BranchHoldings, instrument: string, value: DecimalText): Holdings {
  const holdings = addMark(branch, instrument, value);
  const mark = holdings.marks.get(instrument);
  const isFuture = holdings.instruments.get(instrument)?.terms.kind === 'future';
  return mark && isFuture ? { ...holdings, closes: mapOver(holdings.closes, instrument, mark) } : holdings;
}

/** Adds the instrument, and a plain stock for an option's underlying that the book has never met. */
function withInstrument(holdings: Holdings, fact: InstrumentFact): Holdings {
  if (holdings.instruments.has(fact.id)) return holdings;
  const instruments = new Map(holdings.instruments).set(fact.id, fact);
  if (fact.terms.kind === 'option' && !instruments.has(fact.terms.underlying)) {
    const { underlying, currency } = fact.terms;
    instruments.set(underlying, { id: underlying, terms: { kind: 'equity', currency, multiplier: '1' }, identifiers: { symbol: underlying } });
  }
  return { ...holdings, instruments };
}

/** The edit as a person reads it in the branch's list. */
export function editLabel(edit: Edit, branch: BranchHoldings): string {
  switch (edit.kind) {
    case 'setQuantity':
    case 'closeLeg': {
      const position = branch.account.positions[placeIn(branch, edit.position)];
      const instrument = position?.instrument ?? 'position';
      const price = position ? markOf(branch, position.instrument) : null;
      const at = price === null ? ' (no mark: cash unchanged)' : ` at ${price}`;
      return edit.kind === 'closeLeg' ? `Close ${instrument}${at}` : `${instrument} to ${edit.quantity}${at}`;
    }
    case 'setPrice':
      return `${edit.instrument} priced ${edit.price}`;
    case 'addLeg':
      return `Add ${edit.quantity} ${edit.symbol}${edit.price ? ` at ${edit.price}` : ''}`;
    case 'deposit':
      return edit.amount.startsWith('-') ? `Withdraw ${edit.amount.slice(1)} ${edit.currency}` : `Deposit ${edit.amount} ${edit.currency}`;
  }
}
