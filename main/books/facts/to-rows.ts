import type { FactName, FactTypes } from '../../../shared/domain/facts.ts';
import type { Draft } from '../tables/versioned.ts';

/** The number that stands for a name, given one if it has none yet. */
export interface Numbering {
  account: (code: string) => number;
  instrument: (code: string) => number;
}

/** Terms as first learned are taken to have been so from the start; only a change of terms has a day. */
export const FROM_THE_START = '0001-01-01';

/**
 * How each kind of fact is written as a row: its key and values in the order of its table's columns, and since when it
 * is true. The way back is in from-rows.ts; a property test holds the two together.
 */
export const toDraft: { [Name in FactName]: (fact: FactTypes[Name], number: Numbering) => Draft } = {
  account: (fact, number) => ({
    key: [number.account(fact.account)],
    values: [fact.name, fact.baseCurrency, fact.regime, fact.regimeSource],
    validFrom: fact.asOf,
  }),
  instrument: (fact, number) => ({
    key: [number.instrument(fact.id)],
    values: [JSON.stringify(fact.terms), JSON.stringify(fact.identifiers)],
    validFrom: FROM_THE_START,
  }),
  position: (fact, number) => ({
    key: [number.account(fact.account), fact.subType, number.instrument(fact.instrument)],
    values: [fact.quantity, fact.entryPrice],
    validFrom: fact.asOf,
  }),
  cash: (fact, number) => ({
    key: [number.account(fact.account), fact.currency, fact.kind, fact.valueDate ?? ''],
    values: [fact.amount],
    validFrom: fact.asOf,
  }),
  mark: (fact, number) => ({
    key: [number.instrument(fact.instrument)],
    values: [fact.value, fact.bid, fact.ask, fact.kind, fact.source],
    validFrom: fact.asOf,
  }),
  fx: (fact) => ({ key: [fact.currency, fact.base], values: [fact.rate, fact.source], validFrom: fact.asOf }),
  activity: (fact, number) => ({
    key: [number.account(fact.account), fact.id],
    values: [
      fact.kind,
      fact.instrument === null ? null : number.instrument(fact.instrument),
      fact.settleDate,
      fact.quantity,
      fact.price,
      fact.amount,
      fact.currency,
      fact.detail,
    ],
    validFrom: fact.tradeDate,
  }),
  brokerFigure: (fact, number) => ({ key: [number.account(fact.account), fact.name, fact.currency], values: [fact.amount], validFrom: fact.asOf }),
  exclusion: (fact, number) => ({
    key: [number.account(fact.account), fact.symbol, fact.code, fact.at],
    values: [fact.reason, fact.quantity, fact.short ? 1 : 0],
    validFrom: fact.asOf,
  }),
};
