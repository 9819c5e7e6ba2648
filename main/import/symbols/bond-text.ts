import type { BondInstrument, Currency } from '../../../shared/domain/instrument.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { computedAmount } from '../values/computed.ts';
import { dayOf } from '../values/day.ts';

/** What a bond's texts (symbol, description, issuer, sub-category) say about it. */
export interface BondText {
  issuer: BondInstrument['issuer'];
  coupon: DecimalText | null;
  maturity: IsoDate | null;
  convertible: boolean;
}

const TREASURY = /\bUS[- ]?T\b|\bU\.?S\.? TREAS|\bUNITED STATES (?:OF AMERICA )?TREAS|(?<!UK |KINGDOM |FOREIGN )\bTREASURY\b|\bTREAS (?:BILL|NOTE|BOND|NTS|BDS|SEC)|^T-(?:BILL|NOTE|BOND)|^T \d|\bT-(?:BILL|NOTE|BOND)\b|\bUST\b/;
const AGENCY = /\b(?:FANNIE MAE|FREDDIE MAC|FEDERAL (?:HOME LOAN|FARM CREDIT|NATL MTG|NATIONAL MORTGAGE)|FNMA|FHLMC|FHLB|FFCB|GNMA|GINNIE MAE|TENNESSEE VALLEY)\b/;
const MUNICIPAL = /\bMUNI(?:CIPAL)?S?\b|\bGO (?:BDS?|BONDS?)\b|\bREV(?:ENUE)? (?:BDS?|BONDS?)\b/;
const CORPORATE = /\bCORP(?:ORATE)?\b|\b(?:INC|PLC|LLC|LTD)\b/;
const CONVERTIBLE = /\bCONV(?:ERTIBLE)?\b/;

// `T 4 1/4 11/15/34`, `AAPL 3.85 08/04/46`, `US TREASURY BOND 4.5% 11/15/2033`.
const COUPON_AND_MATURITY = /(?:^|\s)(\d{1,2}(?:\.\d{1,6})?)(?: (\d{1,2})\/(\d{1,2}))?\s?%?\s+(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/;
const MATURITY_ALONE = /(?:^|\s)(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/;
const ZERO_COUPON = /\bZERO\b|\bBILLS?\b|\bT-BILL\b|\bSTRIPS?\b|\bZCP\b|^B 0 /;

/** Reads what a bond's texts say; whatever they do not say stays `unknown` or null. */
export function readBondText(texts: readonly (string | null | undefined)[], currency: Currency): BondText {
  const said = texts.filter((text): text is string => Boolean(text)).map((text) => text.toUpperCase());
  const says = (pattern: RegExp): boolean => said.some((text) => pattern.test(text));
  const zero = says(ZERO_COUPON);
  let coupon: DecimalText | null = zero ? '0' : null;
  let maturity: IsoDate | null = null;
  for (const text of said) {
    const both = COUPON_AND_MATURITY.exec(text);
    if (both) {
      coupon ??= couponOf(both[1] ?? '', both[2], both[3]);
      maturity ??= dayOf(both[6] ?? '', both[4] ?? '', both[5] ?? '') ?? null;
    }
    const alone = MATURITY_ALONE.exec(text);
    if (alone) maturity ??= dayOf(alone[3] ?? '', alone[1] ?? '', alone[2] ?? '') ?? null;
  }
  return { issuer: issuerOf(says, currency), coupon, maturity, convertible: says(CONVERTIBLE) };
}

function issuerOf(says: (pattern: RegExp) => boolean, currency: Currency): BondText['issuer'] {
  // Other states have treasuries too; only the dollar ones are "US Treasury" to the margin rules.
  if (currency === 'USD' && says(TREASURY)) return 'treasury';
  if (says(AGENCY)) return 'agency';
  if (says(MUNICIPAL)) return 'municipal';
  return says(CORPORATE) ? 'corporate' : 'unknown';
}

function couponOf(whole: string, numerator: string | undefined, denominator: string | undefined): DecimalText | null {
  const base = new Decimal(whole);
  if (numerator === undefined || denominator === undefined || Number(denominator) === 0) return toDecimalText(base);
  // Thirds have no last digit; such a coupon is not known.
  return computedAmount(base.plus(new Decimal(numerator).div(denominator)));
}
