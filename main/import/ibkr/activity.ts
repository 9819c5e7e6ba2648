import type { ActivityFact, ActivityKind } from '../../../shared/domain/facts.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { readCurrency } from '../facts/account.ts';
import { addActivity, addInstrument, reject, skip } from '../facts/collect.ts';
import { rowId } from '../facts/row-id.ts';
import { instrumentOf } from './instrument.ts';
import { computedAmount, WideDecimal } from '../values/computed.ts';
import { amountOf, columnName, dayIn, textOf, troubleAt, withAttributes, type Attribute, type FlexRow } from './rows.ts';
import type { Statement } from './statement.ts';

/** What a kind of row calls its parts. */
interface ActivityShape {
  kind: ActivityKind;
  id: string | undefined;
  day: readonly Attribute[];
  settle: readonly Attribute[];
  quantity: DecimalText | null | undefined;
  price: DecimalText | null | undefined;
  amount: DecimalText | null | undefined;
}

const EXERCISES = new Map<string, ActivityKind>([
  ['assignment', 'assignment'],
  ['exercise', 'exercise'],
  ['expiration', 'expiry'],
]);

/** Reads everything that happened: trades, money, corporate actions, exercises, transfers. */
export function readActivity(statement: Statement): void {
  const { rows } = statement;
  for (const row of rows.trades) readTrade(statement, row);
  readCashTransactions(statement);
  for (const row of rows.corporateActions) {
    const id = textOf(row, 'transactionID') ?? textOf(row, 'actionID');
    add(statement, row, { ...shape(row, 'corporateAction'), id: id && `action-${id}`, amount: amountOf(row, 'amount') ?? amountOf(row, 'proceeds') });
  }
  for (const row of rows.exercises) readExercise(statement, row);
  for (const row of rows.transfers) readTransfer(statement, row);
}

function readTrade(statement: Statement, row: FlexRow): void {
  const level = textOf(row, 'levelOfDetail')?.toUpperCase();
  if (level !== undefined && level !== 'EXECUTION') {
    return skip(statement.collected, troubleAt(row, 'trade-level', `A trade row of level ${level}; the executions count.`));
  }
  const isCurrency = textOf(row, 'assetCategory')?.toUpperCase() === 'CASH';
  const quantity = amountOf(row, 'quantity');
  const sells = textOf(row, 'buySell')?.toUpperCase().startsWith('SELL') ?? false;
  add(statement, row, {
    ...shape(row, isCurrency ? 'other' : 'trade'),
    id: textOf(row, 'transactionID') ?? textOf(row, 'tradeID') ?? textOf(row, 'ibExecID'),
    quantity: quantity && sells && !quantity.startsWith('-') && quantity !== '0' ? `-${quantity}` : quantity,
    price: amountOf(row, 'tradePrice'),
    amount: cashEffect(row),
  });
}

// Where the net is not given, it is proceeds, commission and taxes, all signed as the account feels them.
function cashEffect(row: FlexRow): DecimalText | null | undefined {
  const net = amountOf(row, 'netCash');
  if (net !== null) return net;
  const proceeds = amountOf(row, 'proceeds');
  if (!proceeds) return proceeds;
  const costs = [amountOf(row, 'ibCommission'), amountOf(row, 'taxes')];
  return computedAmount(costs.reduce((sum, cost) => sum.plus(cost ?? '0'), new WideDecimal(proceeds))) ?? undefined;
}

function readCashTransactions(statement: Statement): void {
  const rows = statement.rows.cashTransactions;
  const hasDetail = rows.some((row) => textOf(row, 'levelOfDetail')?.toUpperCase() === 'DETAIL');
  for (const row of rows) {
    if (hasDetail && textOf(row, 'levelOfDetail')?.toUpperCase() === 'SUMMARY') {
      skip(statement.collected, troubleAt(row, 'summary-row', 'A sum of the detail rows beside it.'));
      continue;
    }
    const amount = amountOf(row, 'amount');
    const id = textOf(row, 'transactionID');
    add(statement, row, { ...shape(row, cashKind(textOf(row, 'type'), amount)), id: id && `cash-${id}`, amount });
  }
}

/** What kind of activity a cash transaction's type names. */
export function cashKind(type: string | undefined, amount: DecimalText | null | undefined): ActivityKind {
  const text = type?.toLowerCase() ?? '';
  if (text.startsWith('deposit')) return amount?.startsWith('-') ? 'withdrawal' : 'deposit';
  if (text.includes('dividend')) return 'dividend';
  if (text.includes('interest')) return 'interest';
  return text.includes('fee') || text.includes('commission') ? 'fee' : 'other';
}

function readExercise(statement: Statement, row: FlexRow): void {
  const type = textOf(row, 'transactionType')?.toLowerCase() ?? '';
  const kind = EXERCISES.get(type);
  if (kind === undefined && statement.rows.present.has('Trades')) {
    return skip(statement.collected, troubleAt(row, 'in-trades', `The "${type}" side of an exercise; it is among the trades.`));
  }
  const id = textOf(row, 'tradeID') ?? textOf(row, 'transactionID');
  add(statement, row, { ...shape(row, kind ?? 'other'), id: id && `exercise-${id}`, price: amountOf(row, 'tradePrice') });
}

function readTransfer(statement: Statement, row: FlexRow): void {
  const id = textOf(row, 'transactionID');
  const cash = amountOf(row, 'cashTransfer');
  const leaves = textOf(row, 'direction')?.toUpperCase() === 'OUT';
  const quantity = amountOf(row, 'quantity');
  add(statement, row, {
    ...shape(row, 'transfer'),
    id: id && `transfer-${id}`,
    quantity: quantity && leaves && !quantity.startsWith('-') && quantity !== '0' ? `-${quantity}` : quantity,
    amount: cash === '0' ? null : cash,
  });
}

function shape(row: FlexRow, kind: ActivityKind): ActivityShape {
  const days = ['tradeDate', 'date', 'dateTime', 'reportDate'] as const;
  return { kind, id: undefined, day: days, settle: ['settleDateTarget', 'settleDate'], quantity: amountOf(row, 'quantity'), price: null, amount: null };
}

function add(statement: Statement, row: FlexRow, { kind, id, day, settle, quantity, price, amount }: ActivityShape): void {
  const { collected, account, baseCurrency } = statement;
  const tradeDate = dayIn(row, ...day);
  const currencyText = textOf(row, 'currency');
  const currency = currencyText === undefined ? baseCurrency : readCurrency(currencyText);
  const badNumber = quantity === undefined ? 'quantity' : price === undefined ? 'tradePrice' : amount === undefined ? 'amount' : null;
  if (!tradeDate || badNumber || currency === undefined) {
    const attribute = !tradeDate ? (day[0] ?? 'date') : (badNumber ?? 'currency');
    return reject(collected, troubleAt(row, 'bad-activity', `The ${columnName(row, attribute)} of this ${kind} cannot be read.`, attribute));
  }
  const instrument = activityInstrument(statement, row, kind, currency);
  const detail = textOf(row, 'type') === undefined ? (textOf(row, 'description') ?? null) : [textOf(row, 'type'), textOf(row, 'description')].filter(Boolean).join(': ');
  const fact: ActivityFact = { account: account.account, id: '', kind, instrument, tradeDate, settleDate: dayIn(row, ...settle) ?? null, quantity: quantity ?? null, price: price ?? null, amount: amount ?? null, currency, detail };
  const named = id ?? rowId([kind, instrument, tradeDate, fact.settleDate, fact.quantity, fact.price, fact.amount, currency, detail]);
  addActivity(collected, { ...fact, id: named }, row.line);
}

function activityInstrument({ collected, instruments }: Statement, row: FlexRow, kind: ActivityKind, currency: string): string | null {
  if (textOf(row, 'symbol') === undefined || textOf(row, 'assetCategory') === undefined) return null;
  if (textOf(row, 'assetCategory')?.toUpperCase() === 'CASH') return null;
  // Only a trade describes its instrument; the text of a dividend or a split is about the event.
  const isOption = /^(?:OPT|FOP|FSFOP)$/i.test(textOf(row, 'assetCategory') ?? '');
  const instrument = instrumentOf(instruments, kind === 'trade' || isOption ? row : withAttributes(row, { description: '' }), currency);
  if (!instrument.ok) {
    reject(collected, troubleAt(row, instrument.problem.code, `The instrument of this ${kind} cannot be read: ${instrument.problem.reason}`, instrument.problem.attribute));
    return null;
  }
  addInstrument(collected, instrument.value.fact, 'activity', row.line);
  if (instrument.value.underlying) addInstrument(collected, instrument.value.underlying, 'underlying', row.line);
  return instrument.value.fact.id;
}
