import { symbolId } from '../../../shared/domain/instrument-id.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { readAmount } from '../values/amount.ts';
import { dayOf } from '../values/day.ts';
import { namedOption, strikeFromThousandths, type NamedOption } from './option-terms.ts';

/** Who writes options this way. `local` is an exchange's code for an option on a future. */
export type OptionSpelling = 'osi' | 'fidelity' | 'schwab' | 'ibkr' | 'deribit' | 'plimsoll' | 'local';

/** An option as its symbol alone tells it; the multiplier is absent unless the symbol fixes it. */
export interface OptionSymbol extends NamedOption {
  spelling: OptionSpelling;
}

interface Read {
  root: string;
  day: IsoDate | undefined;
  right: string;
  strike: DecimalText | null | undefined;
}

const OSI = /^([A-Z0-9.]{1,6}?) *(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;
const FIDELITY = /^-? ?([A-Z0-9.]{1,7}?)(\d{2})(\d{2})(\d{2})([CP])(\d{1,7}(?:\.\d{1,4})?)$/;
const SCHWAB = /^([A-Z0-9./ ]{1,8}) (\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2}) ([\d,]+(?:\.\d+)?) ([CP])$/;
const IBKR = /^([A-Z0-9. ]{1,8}) (\d{1,2})([A-Z]{3})(\d{2}) ([\d,]+(?:\.\d+)?) ([CP])$/;
const PLIMSOLL = /^([A-Z0-9.]{1,8}) (\d{4})-(\d{2})-(\d{2}) ([CP]) (\d+(?:\.\d+)?)(?::([A-Z][A-Z0-9]{2,9}))?$/;
const DERIBIT = /^([A-Z0-9]{2,10})(?:_(USDC|USDT))?-(\d{1,2})([A-Z]{3})(\d{2})-(\d+(?:D\d+)?)-([CP])$/;
const LOCAL = /^[A-Z0-9]{1,4}[FGHJKMNQUVXZ]\d{1,2} [CP] ?\d+(?:\.\d+)?$/;

/**
 * Reads an option symbol in any spelling that brokers use: OSI with or without padding, Fidelity, Schwab, IBKR,
 * Deribit, and Plimsoll's own instrument name. Null when the text is not spelled as an option at all; a fault when it
 * is but says something impossible, or is a futures option's local code, which does not carry its expiry.
 */
export function parseOptionSymbol(text: string, context: { currency?: Currency } = {}): Result<OptionSymbol> | null {
  const symbol = text.trim().toUpperCase();
  const currency = context.currency ?? 'USD';
  const osi = OSI.exec(symbol);
  if (osi) {
    const [, root = '', year = '', month = '', day = '', right = '', strike = ''] = osi;
    return occOption(symbol, 'osi', currency, { root, day: dayOf(year, month, day), right, strike: strikeFromThousandths(strike) });
  }
  const fidelity = FIDELITY.exec(symbol);
  if (fidelity) {
    const [, root = '', year = '', month = '', day = '', right = '', strike = ''] = fidelity;
    return occOption(symbol, 'fidelity', currency, { root, day: dayOf(year, month, day), right, strike: readAmount(strike) });
  }
  const schwab = SCHWAB.exec(symbol);
  if (schwab) {
    const [, root = '', month = '', day = '', year = '', strike = '', right = ''] = schwab;
    return occOption(symbol, 'schwab', currency, { root, day: dayOf(year, month, day), right, strike: readAmount(strike) });
  }
  const ibkr = IBKR.exec(symbol);
  if (ibkr) {
    const [, root = '', day = '', month = '', year = '', strike = '', right = ''] = ibkr;
    return occOption(symbol, 'ibkr', currency, { root, day: dayOf(year, month, day), right, strike: readAmount(strike) });
  }
  return readOwnSpelling(symbol) ?? readDeribit(symbol) ?? readLocal(symbol);
}

// In our own names no suffix means dollars, whatever the account is kept in.
function readOwnSpelling(symbol: string): Result<OptionSymbol> | null {
  const own = PLIMSOLL.exec(symbol);
  if (!own) return null;
  const [, root = '', year = '', month = '', day = '', right = '', strike = '', suffix] = own;
  return occOption(symbol, 'plimsoll', suffix ?? 'USD', { root, day: dayOf(year, month, day), right, strike: readAmount(strike) });
}

function occOption(symbol: string, spelling: OptionSpelling, currency: Currency, { root, day, right, strike }: Read): Result<OptionSymbol> {
  if (day === undefined) return impossible(symbol, 'its expiry is no day of the calendar');
  if (!strike || strike === '0') return impossible(symbol, 'its strike is not above zero');
  if (!/[A-Z]/.test(root)) return impossible(symbol, 'its root has no letter');
  const option = namedOption({ root, expiry: day, right: right === 'C' ? 'call' : 'put', strike, currency, occ: currency === 'USD' });
  return succeed({ ...option, spelling });
}

// Coin-margined options are quoted in the coin and strike in dollars; the _USDC and _USDT ones are linear.
function readDeribit(symbol: string): Result<OptionSymbol> | null {
  const match = DERIBIT.exec(symbol);
  if (!match) return null;
  const [, coin = '', stable, day = '', month = '', year = '', strikeText = '', right = ''] = match;
  const expiry = dayOf(year, month, day);
  const strike = readAmount(strikeText.replace('D', '.'));
  if (expiry === undefined) return impossible(symbol, 'its expiry is no day of the calendar');
  if (!strike || strike === '0') return impossible(symbol, 'its strike is not above zero');
  const currency = stable ?? coin;
  if (currency.length < 3) return impossible(symbol, `"${currency}" is no currency`);
  const option = namedOption({ root: coin, expiry, right: right === 'C' ? 'call' : 'put', strike, currency, underlying: symbolId(`${coin}-USD`, 'USD'), occ: false });
  const terms = { ...option.terms, style: 'european', settlement: stable ? 'linear' : 'inverse', delivery: 'cash' } as const;
  return succeed({ ...option, terms, spelling: 'deribit' });
}

function readLocal(symbol: string): Result<OptionSymbol> | null {
  if (!LOCAL.test(symbol)) return null;
  return fail({
    code: 'futures-option-terms',
    message: `${symbol} is the local code of an option on a future; its expiry and the scale of its strike are not in it.`,
    at: symbol,
    fix: 'Give the expiry, strike and right in columns of their own.',
  });
}

function impossible(symbol: string, why: string): Result<OptionSymbol> {
  return fail({ code: 'bad-option-symbol', message: `${symbol} is spelled as an option, but ${why}.`, at: symbol, fix: 'Correct the symbol.' });
}
