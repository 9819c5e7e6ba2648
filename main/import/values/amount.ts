import { AMOUNT_LENGTH_MAX } from '../../../shared/domain/plain-amount.ts';
import { isDecimalText, parseDecimal, type DecimalText } from '../../../shared/money.ts';

// What brokers write where they have no figure. It is never zero.
const NO_FIGURE = new Set(['', '-', '--', '---', '–', '—', 'n/a', 'na', '#n/a']);
/** As it stands in the cell, with signs, groups and zeros that an amount does not have. */
const DRESSED_LENGTH_MAX = 64;

const DRESSED = /^([-+−]?)\s?([$€£¥]?)\s?([-+−]?)\s?([\d.,'’ \u00a0\u202f]*\d[.,]?(?:[eE][-+]?\d{1,3})?)\s?([$€£¥]?)\s?([-−]?)$/;
const POINT_GROUPS = /^\d{1,3}([,'’ \u00a0\u202f])\d{3}(?:\1\d{3})*(?:\.\d*)?$/;
const COMMA_GROUPS = /^\d{1,3}([.'’ \u00a0\u202f])\d{3}(?:\1\d{3})*(?:,\d*)?$/;
const PLAIN_WITH_COMMA = /^(?:\d+,?\d*|,\d+)(?:[eE][-+]?\d{1,3})?$/;
const PLAIN_WITH_POINT = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/;

/**
 * Reads an amount as a person or a broker writes it: `(25)`, `-$1,612.50`, `+$0.31`, `2.288e-5`, `1.234,50` under a
 * decimal comma. Gives canonical decimal text; null where the cell says that there is no figure (`--`, `n/a`, empty);
 * undefined where it holds something that is not a number. Grouping must be in threes: `1,5` is not fifteen. An amount
 * longer than a book takes is none either.
 */
export function readAmount(text: string, decimalComma = false): DecimalText | null | undefined {
  if (isDecimalText(text) && !(decimalComma && text.includes('.'))) return fits(text) ? text : undefined;
  const trimmed = text.trim();
  if (NO_FIGURE.has(trimmed.toLowerCase())) return null;
  if (trimmed.length > DRESSED_LENGTH_MAX) return undefined;

  const inParentheses = trimmed.startsWith('(') && trimmed.endsWith(')');
  const match = DRESSED.exec(inParentheses ? trimmed.slice(1, -1).trim() : trimmed);
  if (!match) return undefined;
  const [, before = '', symbolBefore = '', between = '', digits = '', symbolAfter = '', after = ''] = match;
  const signs = before + between + after;
  if (signs.length + (inParentheses ? 1 : 0) > 1 || (symbolBefore !== '' && symbolAfter !== '')) return undefined;

  const plain = ungrouped(digits.trim(), decimalComma);
  if (plain === null) return undefined;
  const negative = inParentheses || (signs !== '' && signs !== '+');
  const amount = parseDecimal(negative ? `-${plain}` : plain);
  return amount !== null && fits(amount) ? amount : undefined;
}

// A column for the side may yet put a minus before it.
function fits(amount: DecimalText): boolean {
  return amount.length < AMOUNT_LENGTH_MAX || amount.startsWith('-');
}

/** An amount that may end in `%`: `4.25%` is 4.25. */
export function readPercent(text: string, decimalComma = false): DecimalText | null | undefined {
  const trimmed = text.trim();
  return readAmount(trimmed.endsWith('%') ? trimmed.slice(0, -1) : trimmed, decimalComma);
}

function ungrouped(digits: string, decimalComma: boolean): string | null {
  if (decimalComma) {
    if (COMMA_GROUPS.test(digits)) return digits.replaceAll(/[.'’ \u00a0\u202f]/g, '').replace(',', '.');
    return PLAIN_WITH_COMMA.test(digits) ? digits.replace(',', '.') : null;
  }
  if (POINT_GROUPS.test(digits)) return digits.replaceAll(/[,'’ \u00a0\u202f]/g, '');
  return PLAIN_WITH_POINT.test(digits) ? digits : null;
}
