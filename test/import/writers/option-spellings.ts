import * as fc from 'fast-check';
import type { OptionSpelling } from '../../../main/import/symbols/option-symbol.ts';
import { optionId } from '../../../shared/domain/instrument-id.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';

/** A listed US equity option, as the writers of tests see it. */
export interface WrittenOption {
  id: string;
  root: string;
  expiry: string;
  right: 'call' | 'put';
  strike: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

// Roots without an index among them, and some with the digit of an adjusted contract.
const roots = fc.tuple(fc.constantFrom('AAPL', 'MSFT', 'F', 'NVRA', 'TSLA', 'GE'), fc.constantFrom('', '', '', '1', '2')).map(([stock, digit]) => stock + digit);
const days = fc.integer({ min: 0, max: 4 * 365 }).map((offset) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10));

export const anOption: fc.Arbitrary<WrittenOption> = fc
  .record({ root: roots, expiry: days, right: fc.constantFrom('call' as const, 'put' as const), halves: fc.integer({ min: 1, max: 9_999 }) })
  .map(({ root, expiry, right, halves }) => {
    const strike = toDecimalText(new Decimal(halves).div(2));
    return { root, expiry, right, strike, id: optionId({ root, expiry, right, strike, currency: 'USD' }) };
  });

function parts({ expiry, right, strike }: WrittenOption): { yy: string; mm: string; dd: string; month: string; year: string; letter: string; thousandths: string } {
  const [year = '', mm = '', dd = ''] = expiry.split('-');
  const thousandths = new Decimal(strike).times(1000).toFixed(0).padStart(8, '0');
  return { year, yy: year.slice(2), mm, dd, month: MONTHS[Number(mm) - 1] ?? '', letter: right === 'call' ? 'C' : 'P', thousandths };
}

export function osi(option: WrittenOption): string {
  const { yy, mm, dd, letter, thousandths } = parts(option);
  return `${option.root.padEnd(6)}${yy}${mm}${dd}${letter}${thousandths}`;
}

export function fidelity(option: WrittenOption): string {
  const { yy, mm, dd, letter } = parts(option);
  return `-${option.root}${yy}${mm}${dd}${letter}${option.strike}`;
}

export function schwab(option: WrittenOption): string {
  const { year, mm, dd, letter } = parts(option);
  return `${option.root} ${mm}/${dd}/${year} ${new Decimal(option.strike).toFixed(2)} ${letter}`;
}

export function ibkr(option: WrittenOption): string {
  const { yy, dd, month, letter } = parts(option);
  return `${option.root} ${dd}${month}${yy} ${option.strike} ${letter}`;
}

export const SPELLINGS: readonly (readonly [OptionSpelling, (option: WrittenOption) => string])[] = [
  ['osi', osi],
  ['osi', (option) => osi(option).replaceAll(' ', '')],
  ['fidelity', fidelity],
  ['schwab', schwab],
  ['ibkr', ibkr],
  ['plimsoll', ({ id }) => id],
];
