import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { readCurrency } from '../facts/account.ts';
import { addFx, exclude, skip } from '../facts/collect.ts';
import { INSTRUMENT_KINDS } from '../facts/kinds.ts';
import { putPosition } from '../facts/put-position.ts';
import { subTypeOf } from '../facts/sub-type.ts';
import { instrumentOf } from './instrument.ts';
import type { FlexInstrument } from './option.ts';
import { amountOf, dayIn, textOf, troubleAt, type FlexRow, type RowProblem } from './rows.ts';
import type { Statement } from './statement.ts';

interface ReadRow extends FlexInstrument {
  row: FlexRow;
}

/** Reads the open positions of a statement, and declares that they are all there are. */
export function readPositions(statement: Statement): void {
  const { rows, collected, account, day } = statement;
  if (!rows.present.has('OpenPositions') && rows.positions.length === 0) return;
  const read = rows.positions.flatMap((row) => readInstrument(statement, row));
  const summarised = new Set(read.filter(({ row }) => !isLot(row)).map(({ fact }) => fact.id));
  for (const entry of read) {
    if (isLot(entry.row) && summarised.has(entry.fact.id)) {
      skip(collected, troubleAt(entry.row, 'lot-row', `A lot of ${entry.fact.id}; the summary row of the position counts.`));
    } else {
      readPosition(statement, entry);
    }
  }
  const listsCash = rows.cash.length > 0 || rows.equity.length > 0;
  statement.scopes.push({ account: account.account, kinds: INSTRUMENT_KINDS, cash: listsCash, asOf: day });
}

function isLot(row: FlexRow): boolean {
  return textOf(row, 'levelOfDetail')?.toUpperCase() === 'LOT';
}

function readInstrument(statement: Statement, row: FlexRow): ReadRow[] {
  const { collected } = statement;
  if (textOf(row, 'assetCategory')?.toUpperCase() === 'CASH') {
    skip(collected, troubleAt(row, 'cash-row', 'A currency position; the cash report counts.'));
    return [];
  }
  const currencyText = textOf(row, 'currency');
  const currency = currencyText === undefined ? statement.baseCurrency : readCurrency(currencyText);
  if (currency === undefined) {
    excludeRow(statement, row, { code: 'bad-currency', reason: `"${currencyText}" is no currency code.`, attribute: 'currency' });
    return [];
  }
  const instrument = instrumentOf(statement.instruments, row, currency);
  if (!instrument.ok) {
    excludeRow(statement, row, instrument.problem);
    return [];
  }
  return [{ row, ...instrument.value }];
}

function readPosition(statement: Statement, { row, fact, underlying }: ReadRow): void {
  const { collected, account } = statement;
  const quantity = signedQuantity(row);
  if (typeof quantity !== 'string') return excludeRow(statement, row, quantity);
  if (quantity === '0') return skip(collected, troubleAt(row, 'zero-quantity', `A row of ${fact.id} with quantity 0.`));
  const missing = missingSize(statement, fact);
  if (missing) return excludeRow(statement, row, missing);
  const price = amountOf(row, 'markPrice');
  if (price === undefined) return excludeRow(statement, row, { code: 'not-a-number', reason: `The price "${textOf(row, 'markPrice')}" is not a number.`, attribute: 'markPrice' });

  const asOf = dayIn(row, 'reportDate') ?? statement.day;
  putPosition(collected, {
    line: row.line,
    account: account.account,
    subType: subTypeOf(fact.terms, underlying?.terms ?? null, quantity, account.regime),
    instrument: fact,
    underlying,
    quantity,
    entryPrice: amountOf(row, 'costBasisPrice') ?? amountOf(row, 'openPrice') ?? null,
    price,
    markKind: 'close',
    value: amountOf(row, 'positionValue') ?? null,
    asOf,
  });
  const rate = amountOf(row, 'fxRateToBase');
  if (rate && !rate.startsWith('-') && rate !== '0') {
    addFx(collected, { currency: fact.terms.currency, base: statement.baseCurrency, rate, asOf, source: collected.source }, row.line, false);
  }
}

/** The quantity with its sign, from the number or from the side beside it; or what is wrong with it. */
function signedQuantity(row: FlexRow): DecimalText | RowProblem {
  const quantity = amountOf(row, 'position');
  const shown = textOf(row, 'position');
  if (quantity === undefined) return { code: 'not-a-number', reason: `The quantity "${shown}" is not a number.`, attribute: 'position' };
  if (quantity === null) return { code: 'no-quantity', reason: 'The row has no quantity.', attribute: 'position' };
  const side = textOf(row, 'side')?.toLowerCase();
  if (side === 'short' && !quantity.startsWith('-') && quantity !== '0') return `-${quantity}`;
  if (side === 'long' && quantity.startsWith('-')) return { code: 'sign-conflict', reason: `The row says Long, and its quantity is ${quantity}.`, attribute: 'side' };
  return quantity;
}

// A derivative's size may stand in its own row or in the securities list; from anywhere else it would be a guess.
function missingSize({ collected }: Statement, { id, terms }: InstrumentFact): RowProblem | null {
  const isDerivative = terms.kind === 'option' || terms.kind === 'future';
  if (!isDerivative || terms.multiplier || (terms.kind === 'option' && terms.adjusted)) return null;
  const listed = collected.instruments.get(id)?.some(({ fact }) => fact.terms.multiplier);
  return listed ? null : { code: 'no-multiplier', reason: `The file does not say how much one contract of ${id} stands for.`, attribute: 'multiplier' };
}

/** A position that cannot be read: rejected with its reason, and kept in sight as an exclusion. */
function excludeRow(statement: Statement, row: FlexRow, problem: RowProblem): void {
  const quantity = signedQuantity(row);
  exclude(
    statement.collected,
    troubleAt(row, problem.code, problem.reason, problem.attribute),
    {
      account: statement.account.account,
      symbol: textOf(row, 'symbol') ?? textOf(row, 'description') ?? '?',
      quantity: typeof quantity === 'string' ? quantity : null,
      statedLong: textOf(row, 'side')?.toLowerCase() === 'long' && amountOf(row, 'position') === undefined,
      asOf: dayIn(row, 'reportDate') ?? statement.day,
    },
  );
}
