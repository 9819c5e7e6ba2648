import type { AccountFact, CashFact, ImportScope, InstrumentFact, MarkFact, PositionFact } from '../../shared/domain/facts.ts';
import type { FactChange, ImportPlan } from '../../shared/domain/import-plan.ts';
import { changeOf, makePlan } from './make-plan.ts';

/** Small facts to build books from; every field that a test does not care about has a plain value. */

export const account = (code: string, asOf: string, more: Partial<AccountFact> = {}): AccountFact => ({
  account: code,
  name: `Client ${code}`,
  baseCurrency: 'USD',
  regime: 'regT',
  regimeSource: 'test',
  asOf,
  ...more,
});

export const stock = (id: string): InstrumentFact => ({ id, terms: { kind: 'equity', currency: 'USD', multiplier: '1' }, identifiers: { symbol: id } });

export const position = (code: string, instrument: string, quantity: string, asOf: string): PositionFact => ({
  account: code,
  subType: 'margin',
  instrument,
  quantity,
  entryPrice: '12.5',
  asOf,
});

export const cash = (code: string, amount: string, asOf: string): CashFact => ({ account: code, currency: 'USD', kind: 'tradeDate', amount, valueDate: null, asOf });

export const mark = (instrument: string, value: string, asOf: string): MarkFact => ({ instrument, value, bid: null, ask: null, kind: 'close', asOf, source: 'test' });

export const wholeScope = (code: string, asOf: string): ImportScope => ({ account: code, kinds: ['equity', 'option'], cash: true, asOf });

/** A complete positions file of one account on one day, as if the book were empty or held other values. */
export function positionsFile(code: string, asOf: string, quantities: Record<string, string>, more: { backDated?: string[]; closed?: Record<string, string>; cash?: string } = {}): { plan: ImportPlan; bytes: Uint8Array } {
  const changes: FactChange[] = [
    ...Object.keys(quantities).map((symbol) => changeOf('instrument', 'new', stock(symbol))),
    changeOf('account', 'new', account(code, asOf)),
    ...Object.entries(quantities).map(([symbol, quantity]) => changeOf('position', 'changed', position(code, symbol, quantity, asOf))),
    ...Object.entries(more.closed ?? {}).map(([symbol, since]) => changeOf('position', 'closed', position(code, symbol, '1', since))),
    changeOf('cash', 'changed', cash(code, more.cash ?? '1000', asOf)),
  ];
  return makePlan(asOf, changes, { scopes: [wholeScope(code, asOf)], backDated: more.backDated ?? [] });
}

/** A file of deposits of one account, by the broker's ids. */
export function activityFile(code: string, asOf: string, deposits: readonly { id: string; amount: string }[]): { plan: ImportPlan; bytes: Uint8Array } {
  const changes: FactChange[] = [
    changeOf('account', 'new', account(code, asOf)),
    ...deposits.map(({ id, amount }) =>
      changeOf('activity', 'new', { account: code, id, kind: 'deposit' as const, instrument: null, tradeDate: asOf, settleDate: null, quantity: null, price: null, amount, currency: 'USD', detail: null }),
    ),
  ];
  return makePlan(asOf, changes, { scopes: [], backDated: [] });
}
