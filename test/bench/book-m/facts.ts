import type { AccountInput, MarketInput, PositionInput } from '../../../main/engine/input.ts';
import type { MarkFact, Regime, SubType } from '../../../shared/domain/facts.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { assert } from '../../../shared/result.ts';
import { parseDecimal, type DecimalText } from '../../../shared/money.ts';
import { accountName, type BookM } from './book.ts';
import { PACKS_M } from './packs.ts';
import { ACCOUNT_KINDS, type AccountKind } from './sizes.ts';
import { BUSINESS_DATE, CALL, EXPIRIES, FUTURE, FUTURE_EXPIRIES, FUTURE_MULTIPLIER, OPTION_MULTIPLIER, PER_UNDERLYING, SPOT, type UniverseM } from './universe.ts';

export const REGIMES: Record<AccountKind, Regime> = { scan: 'portfolio', strategy: 'regT', bracket: 'venue', lending: 'venue', fixed: 'venue' };

/** Cents as a canonical amount. */
export function centsText(cents: number): DecimalText {
  const text = parseDecimal((cents / 100).toFixed(2));
  assert(text !== null, 'cents are an amount');
  return text;
}

/** An instrument's terms, by row of the universe. */
export function termsM(universe: UniverseM, instrument: number): Instrument {
  const kind = universe.kind[instrument] as number;
  const underlying = universe.id[instrument - (instrument % PER_UNDERLYING)] as string;
  if (kind === SPOT) return { kind: 'equity', currency: 'USD' };
  if (kind === FUTURE) return { kind: 'future', currency: 'USD', multiplier: String(FUTURE_MULTIPLIER), underlying, expiry: FUTURE_EXPIRIES[universe.expiry[instrument] as number] as string };
  return {
    kind: 'option',
    currency: 'USD',
    multiplier: String(OPTION_MULTIPLIER),
    underlying,
    right: kind === CALL ? 'call' : 'put',
    strike: centsText(universe.strike[instrument] as number),
    expiry: EXPIRIES[universe.expiry[instrument] as number] as string,
    style: universe.american[instrument] === 1 ? 'american' : 'european',
  };
}

/** A price row of the universe as a mark. */
export function markM(universe: UniverseM, instrument: number): MarkFact {
  return { instrument: universe.id[instrument] as string, value: centsText(universe.price[instrument] as number), bid: null, ask: null, kind: 'close', asOf: BUSINESS_DATE, source: 'book M' };
}

/** The market of the whole book as the engine takes it: terms, marks, volatilities. */
export function marketM({ universe }: BookM): MarketInput {
  const instruments = Array.from({ length: universe.count }, (_, at) => at);
  return {
    asOf: `${BUSINESS_DATE}T21:00:00Z`,
    businessDate: BUSINESS_DATE,
    instruments: new Map(instruments.map((at) => [universe.id[at] as string, termsM(universe, at)])),
    marks: new Map(instruments.map((at) => [universe.id[at] as string, markM(universe, at)])),
    impliedVols: new Map(instruments.filter((at) => (universe.kind[at] as number) >= CALL).map((at) => [universe.id[at] as string, volatilityText(universe.volatility[at] as number)])),
    fx: [],
  };
}

function volatilityText(tenThousandths: number): DecimalText {
  const text = parseDecimal((tenThousandths / 1e4).toFixed(4));
  assert(text !== null, 'a volatility is an amount');
  return text;
}

/** What a file's reader would say of a position that names no part of the account. */
export function subTypeM(universe: UniverseM, instrument: number, quantity: number): SubType {
  const kind = universe.kind[instrument] as number;
  if (kind === FUTURE) return 'futures';
  return kind === SPOT && quantity < 0 ? 'short' : 'margin';
}

/** One account of the book as the engine takes it: one pool under the model of its kind. */
export function accountM({ universe, sizes, positions, cashCents }: BookM, account: number): AccountInput {
  const kind = ACCOUNT_KINDS[sizes.kind[account] as number] as AccountKind;
  const held: PositionInput[] = [];
  for (let at = positions.start[account] as number; at < (positions.start[account + 1] as number); at += 1) {
    const instrument = positions.instrument[at] as number;
    const quantity = positions.quantity[at] as number;
    held.push({ instrument: universe.id[instrument] as string, subType: subTypeM(universe, instrument, quantity), quantity: String(quantity), entryPrice: null });
  }
  return {
    id: accountName(account),
    baseCurrency: 'USD',
    regime: REGIMES[kind],
    newAccount: false,
    prior: null,
    activity: null,
    pools: [
      {
        id: 'cross',
        mode: 'cross',
        model: kind,
        currency: 'USD',
        packs: PACKS_M[kind],
        cash: [{ currency: 'USD', kind: kind === 'fixed' ? 'futuresSegment' : 'tradeDate', amount: centsText(cashCents[account] as number), valueDate: null }],
        positions: held,
        excluded: [],
      },
    ],
  };
}
