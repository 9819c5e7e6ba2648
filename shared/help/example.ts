import type { ActivityFact, CashKind, Regime, SubType } from '../domain/facts.ts';
import type { PriceHistory } from '../calc-pack/market.ts';
import type { Currency, Instrument, OptionInstrument } from '../domain/instrument.ts';
import { optionId } from '../domain/instrument-id.ts';
import type { FigureName } from '../domain/margin-state.ts';
import type { MarginStatus } from '../domain/status.ts';
import type { DecimalText } from '../money.ts';
import type { IsoDate } from '../time.ts';

/** The business day of the examples, unless one says another. */
export const EXAMPLE_DAY: IsoDate = '2026-11-20';
const EXPIRY: IsoDate = '2026-12-18';

/** One position of an example, with everything the engine needs to know of it. */
export interface ExampleHolding {
  instrument: string;
  /** Signed: short negative. */
  quantity: DecimalText;
  price: DecimalText;
  terms: Instrument;
  subType: SubType;
  /** Of a future: the price up to which gains were paid out. */
  settledPrice?: DecimalText;
}

export interface ExampleCash {
  amount: DecimalText;
  currency: string;
  kind: CashKind;
}

/** What margins together in an example. */
export interface ExamplePool {
  id: string;
  mode: 'cross' | 'isolated' | 'venue';
  model: 'strategy' | 'fixed' | 'bracket' | 'scan' | 'lending' | 'delta';
  packs: readonly string[];
  cash: readonly ExampleCash[];
  holds: readonly ExampleHolding[];
}

/** What the pairing of one underlying comes to, in house maintenance. */
export interface ExamplePairing {
  group: string;
  cost: DecimalText;
  greedy: DecimalText;
  gap: DecimalText;
}

/** A small account whose figures the engine computes; a test holds every figure stated here to what it computes. */
export interface HelpExample {
  /** Who holds what, in one sentence. */
  says: string;
  day?: IsoDate;
  regime?: Regime;
  /** Of the account and its pools; dollars where it is left out. */
  currency?: Currency;
  pools: readonly ExamplePool[];
  /** Prices that nobody in the example holds: of an underlying. */
  marks?: readonly Omit<ExampleHolding, 'quantity' | 'subType'>[];
  /** By instrument, what add-ons look it up by: a day's usual volume. */
  stats?: Readonly<Record<string, { adv20: DecimalText }>>;
  /** By underlying: its past returns, for requirements that move with the market. */
  history?: Readonly<Record<string, PriceHistory>>;
  /** Rates into the currency of the account. */
  fx?: readonly { currency: string; rate: DecimalText }[];
  prior?: { sma: DecimalText; equity: DecimalText };
  activity?: readonly ActivityFact[];
  /** Figures of the account; null where a figure does not exist. */
  gives: Partial<Record<FigureName, DecimalText | null>>;
  status?: MarginStatus;
  /** House maintenance of single positions. */
  positions?: Readonly<Record<string, DecimalText>>;
  callPrices?: readonly { instrument: string; down: DecimalText | null; up: DecimalText | null }[];
  pairing?: ExamplePairing;
  /** Ways between the pools, and what could arrive by them. */
  routes?: readonly { from: string; to: string; haircut: DecimalText; delayMinutes: DecimalText }[];
  movable?: readonly { from: string; to: string; amount: DecimalText; arrivesAt: string }[];
  /** Questions the desk answers beside the account. */
  asks?: readonly { ask: string; params: Record<string, unknown>; answer: Record<string, unknown> }[];
}

export const STANDARD = ['us-reg-t', 'house-standard'] as const;

/** The one pool of most examples: securities in dollars under the regulatory and the house pack. */
export function securities(cash: DecimalText, holds: readonly ExampleHolding[], packs: readonly string[] = STANDARD, more: readonly ExampleCash[] = []): ExamplePool {
  return { id: 'cross', mode: 'cross', model: 'strategy', packs, cash: [dollars(cash), ...more], holds };
}

export function dollars(amount: DecimalText, kind: CashKind = 'tradeDate'): ExampleCash {
  return { amount, currency: 'USD', kind };
}

/** A position of any instrument. */
export function held(instrument: string, quantity: DecimalText, price: DecimalText, terms: Instrument, subType: SubType = 'margin'): ExampleHolding {
  return { instrument, quantity, price, terms, subType };
}

export function shares(instrument: string, quantity: DecimalText, price: DecimalText, terms: Partial<Extract<Instrument, { kind: 'equity' }>> = {}): ExampleHolding {
  return held(instrument, quantity, price, { kind: 'equity', currency: 'USD', ...terms });
}

/** Options on XYZ unless another underlying is named: `option('call', '105', '-1', '3')`. */
export function option(right: 'call' | 'put', strike: DecimalText, quantity: DecimalText, price: DecimalText, terms: Partial<OptionInstrument> = {}): ExampleHolding {
  const whole: OptionInstrument = { kind: 'option', currency: 'USD', underlying: 'XYZ', right, strike, expiry: EXPIRY, multiplier: '100', ...terms };
  const instrument = optionId({ root: whole.underlying, expiry: whole.expiry, right, strike, currency: whole.currency });
  return held(instrument, quantity, price, whole);
}

/** The price of XYZ, for examples that hold only its options. */
export function priceOf(price: DecimalText, instrument = 'XYZ', terms: Instrument = { kind: 'equity', currency: 'USD' }): Omit<ExampleHolding, 'quantity' | 'subType'> {
  return { instrument, price, terms };
}
