import { optionId, symbolId } from '../../../shared/domain/instrument-id.ts';
import type { Currency, InstrumentId, OptionInstrument } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { indexRoot } from './index-roots.ts';
import { optionRootOf, shareClassSymbol } from './share-class.ts';

/** What is known of an option before its instrument is named. */
export interface OptionParts {
  root: string;
  expiry: IsoDate;
  right: 'call' | 'put';
  strike: DecimalText;
  currency: Currency;
  /** As the file names it; taken from the root where it does not. */
  underlying?: InstrumentId | undefined;
  /** As the file gives it; null or undefined where it does not. */
  multiplier?: DecimalText | null | undefined;
  description?: string | null | undefined;
  /** True for contracts cleared by the OCC, whose style and delivery follow from the root. */
  occ: boolean;
  /** True for options on futures, whose series codes end in a digit without being adjusted. */
  onFuture?: boolean;
}

/** An option with its name. */
export interface NamedOption {
  id: InstrumentId;
  root: string;
  terms: OptionInstrument;
}

/** Contract size of an unadjusted option cleared by the OCC. */
export const OCC_CONTRACT_SIZE: DecimalText = '100';

const ADJUSTED_ROOT = /^[A-Z]+\d$/;
const ADJUSTED_TEXT = /\b(?:ADJ|ADJUSTED|NON[- ]?STANDARD)\b/i;

/** True when a root or description marks a contract that a corporate action changed: `AAPL1`, `… ADJ`. */
export function saysAdjusted(root: string, description?: string | null): boolean {
  return ADJUSTED_ROOT.test(root) || (description ? ADJUSTED_TEXT.test(description) : false);
}

/**
 * Names an option and fills in what its root says. An adjusted contract gets `adjusted: true` and no multiplier: what
 * it delivers is not in the file, and 100 is never assumed.
 */
export function namedOption(parts: OptionParts): NamedOption {
  const root = optionRootOf(parts.root);
  const index = parts.occ ? indexRoot(root) : undefined;
  const adjusted = saysAdjusted(parts.onFuture ? '' : root, parts.description) || unexpectedSize(parts, index !== undefined);
  const underlying = parts.underlying ?? symbolId(index?.index ?? stockOfRoot(root), parts.currency);
  const occTerms: Partial<OptionInstrument> = index
    ? { style: index.style, settles: index.settles, delivery: 'cash' }
    : { style: 'american', delivery: 'physical' };
  const multiplier = adjusted ? null : parts.multiplier;
  return {
    id: optionId({ root, expiry: parts.expiry, right: parts.right, strike: parts.strike, currency: parts.currency }),
    root,
    terms: {
      kind: 'option',
      currency: parts.currency,
      ...(parts.description ? { description: parts.description } : {}),
      ...(multiplier === undefined ? {} : { multiplier }),
      underlying,
      right: parts.right,
      strike: parts.strike,
      expiry: parts.expiry,
      ...(parts.occ ? occTerms : {}),
      ...(adjusted ? { adjusted: true } : {}),
    },
  };
}

// An equity option of the OCC that does not stand for 100 shares was adjusted, or is a contract whose deliverable the
// file does not tell: either way its size alone is not enough to margin it.
function unexpectedSize({ occ, multiplier }: OptionParts, isIndex: boolean): boolean {
  return occ && !isIndex && multiplier !== undefined && multiplier !== null && multiplier !== OCC_CONTRACT_SIZE;
}

/** The stock behind a root: adjustment digits behind it and the FLEX digit before it are not part of the name. */
export function stockOfRoot(root: string): string {
  return shareClassSymbol(root.replace(/^[1-9](?=[A-Z])/, '').replace(/(?<=[A-Z])\d$/, ''));
}

// Broker values are rounded to the cent and prices to four places; more than that is another contract size.
const PRICE_STEP = '0.00005';
const CENT = '0.01';

/**
 * The OCC contract size where the file's own value of a position bears it out; null when value or price are missing or
 * zero, or say something else.
 */
export function sizeBorneOut(quantity: DecimalText, price: DecimalText | null, value: DecimalText | null): DecimalText | null {
  if (price === null || value === null || price === '0' || quantity === '0') return null;
  const held = fromDecimalText(quantity).abs().times(OCC_CONTRACT_SIZE);
  const expected = held.times(fromDecimalText(price)).abs();
  const off = fromDecimalText(value).abs().minus(expected).abs();
  return off.lte(held.times(PRICE_STEP).plus(CENT)) ? OCC_CONTRACT_SIZE : null;
}

/** A strike written in thousandths, as in an OSI symbol. */
export function strikeFromThousandths(digits: string): DecimalText {
  return toDecimalText(new Decimal(digits).div(1000));
}
