import type { ActivityKind, CashKind, FactName, FactTypes, MarkKind, Regime, SubType } from '../../../shared/domain/facts.ts';
import type { Identifiers, Instrument } from '../../../shared/domain/instrument.ts';
import type { Row } from '../tables/bind.ts';

/** The name that a number stands for. */
export interface Naming {
  account: (id: number) => string;
  instrument: (id: number) => string;
}

type Text = string;
type Maybe = string | null;

/**
 * How each kind of fact is read back from its row. Rows were checked against the schema when written and against their
 * digest when read, so that their types are known here.
 */
export const fromRow: { [Name in FactName]: (row: Row, name: Naming) => FactTypes[Name] } = {
  account(row, name) {
    const [, account, clientName, baseCurrency, regime, regimeSource, asOf] = row as [0, number, Maybe, Text, Regime, Text, Text];
    return { account: name.account(account), name: clientName, baseCurrency, regime, regimeSource, asOf };
  },
  instrument(row, name) {
    const [, instrument, terms, identifiers] = row as [0, number, Text, Text];
    return { id: name.instrument(instrument), terms: JSON.parse(terms) as Instrument, identifiers: JSON.parse(identifiers) as Identifiers };
  },
  position(row, name) {
    const [, account, subType, instrument, quantity, entryPrice, asOf] = row as [0, number, SubType, number, Text, Maybe, Text];
    return { account: name.account(account), subType, instrument: name.instrument(instrument), quantity, entryPrice, asOf };
  },
  cash(row, name) {
    const [, account, currency, kind, valueDate, amount, asOf] = row as [0, number, Text, CashKind, Text, Text, Text];
    return { account: name.account(account), currency, kind, amount, valueDate: valueDate === '' ? null : valueDate, asOf };
  },
  mark(row, name) {
    const [, instrument, value, bid, ask, kind, source, asOf] = row as [0, number, Text, Maybe, Maybe, MarkKind, Text, Text];
    return { instrument: name.instrument(instrument), value, bid, ask, kind, asOf, source };
  },
  fx(row) {
    const [, currency, base, rate, source, asOf] = row as [0, Text, Text, Text, Text, Text];
    return { currency, base, rate, asOf, source };
  },
  activity(row, name) {
    const [, account, id, kind, instrument, settleDate, quantity, price, amount, currency, detail, tradeDate] = row as [
      0, number, Text, ActivityKind, number | null, Maybe, Maybe, Maybe, Maybe, Text, Maybe, Text,
    ];
    return {
      account: name.account(account),
      id,
      kind,
      instrument: instrument === null ? null : name.instrument(instrument),
      tradeDate,
      settleDate,
      quantity,
      price,
      amount,
      currency,
      detail,
    };
  },
  brokerFigure(row, name) {
    const [, account, figure, currency, amount, asOf] = row as [0, number, Text, Text, Text, Text];
    return { account: name.account(account), name: figure, amount, currency, asOf };
  },
  exclusion(row, name) {
    const [, account, symbol, code, at, reason, quantity, short, asOf] = row as [0, number, Text, Text, Text, Text, Maybe, number, Text];
    return { account: name.account(account), symbol, code, reason, quantity, short: short === 1, at, asOf };
  },
};
