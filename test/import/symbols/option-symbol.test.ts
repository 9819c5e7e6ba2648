import { expect, test } from 'vitest';
import { instrumentFromSymbol } from '../../../main/import/symbols/instrument-from-symbol.ts';
import { parseOptionSymbol } from '../../../main/import/symbols/option-symbol.ts';

const CALL_260 = 'AAPL 2026-09-18 C 260';

// Each spelling as the product notes give it: OSI with its 21 characters, compact, Fidelity, Schwab, IBKR, Deribit.
test.each([
  ['AAPL  260918C00260000', 'osi', CALL_260],
  ['AAPL260918C00260000', 'osi', CALL_260],
  ['-AAPL260918C260', 'fidelity', CALL_260],
  [' -SPY250620P512.5', 'fidelity', 'SPY 2025-06-20 P 512.5'],
  ['AAPL 09/18/2026 260.00 C', 'schwab', CALL_260],
  ['PANW 09/11/2026 327.50 P', 'schwab', 'PANW 2026-09-11 P 327.5'],
  ['AAPL 18SEP26 260 C', 'ibkr', CALL_260],
  ['BRK B 18SEP26 400 P', 'ibkr', 'BRKB 2026-09-18 P 400'],
  ['NDX 18SEP26 21,500 C', 'ibkr', 'NDX 2026-09-18 C 21500'],
  ['BTC-22APR22-38000-P', 'deribit', 'BTC 2022-04-22 P 38000:BTC'],
  ['XRP_USDC-27DEC24-0d55-C', 'deribit', 'XRP 2024-12-27 C 0.55:USDC'],
  ['aapl 2026-09-18 c 260', 'plimsoll', CALL_260],
])('%j is spelled the %s way and named %s', (text, spelling, id) => {
  const parsed = parseOptionSymbol(text);
  expect(parsed).toMatchObject({ ok: true, value: { spelling, id } });
});

test.each(['AAPL', 'BRK.B', 'ESH6', '912797LB1', 'T 4 1/4 11/15/34', 'SPAXX**', 'Cash & Cash Investments', '', 'XXXX260918C'])('%j is no option', (text) => {
  expect(parseOptionSymbol(text)).toBeNull();
});

test.each([
  ['AAPL  260231C00260000', 'its expiry is no day'],
  ['AAPL 02/30/2026 260.00 C', 'its expiry is no day'],
  ['AAPL  260918C00000000', 'its strike is not above zero'],
  ['BTC-31NOV26-38000-P', 'its expiry is no day'],
])('%j is spelled as an option and cannot be one', (text, why) => {
  const parsed = parseOptionSymbol(text);
  expect(parsed).toMatchObject({ ok: false, fault: { code: 'bad-option-symbol' } });
  expect(parsed?.ok === false && parsed.fault.message).toContain(why);
});

test.each(['CHUF6 C1290', '4SFV5 C1265'])('the local code %j of a futures option needs its terms from elsewhere', (text) => {
  expect(parseOptionSymbol(text)).toMatchObject({ ok: false, fault: { code: 'futures-option-terms' } });
});

test('an adjusted root is flagged and gets no multiplier, in every spelling', () => {
  for (const text of ['AAPL1 260918C00260000', '-AAPL1260918C260', 'AAPL1 09/18/2026 260.00 C', 'AAPL1 18SEP26 260 C']) {
    const instrument = instrumentFromSymbol(text, 'USD');
    expect(instrument).toMatchObject({ ok: true, value: { id: 'AAPL1 2026-09-18 C 260', terms: { adjusted: true, multiplier: null, underlying: 'AAPL' } } });
  }
});

test('an index option is on its index, european, in cash, and knows when it settles', () => {
  const parsed = parseOptionSymbol('SPXW  261231P05900000');
  expect(parsed).toMatchObject({ ok: true, value: { terms: { underlying: 'SPX', style: 'european', delivery: 'cash', settles: 'pm' } } });
});

test('a coin option is inverse and paid in its coin; the linear one is not', () => {
  expect(parseOptionSymbol('BTC-22APR22-38000-P')).toMatchObject({ ok: true, value: { terms: { settlement: 'inverse', currency: 'BTC', underlying: 'BTC-USD' } } });
  expect(parseOptionSymbol('BTC_USDC-22APR22-38000-P')).toMatchObject({ ok: true, value: { terms: { settlement: 'linear', currency: 'USDC' } } });
});

test('what a person types for a new leg is an instrument or one clear fault', () => {
  expect(instrumentFromSymbol('AAPL260918C260', 'USD')).toMatchObject({ ok: true, value: { id: CALL_260, terms: { multiplier: '100' } } });
  expect(instrumentFromSymbol('brk/b', 'USD')).toMatchObject({ ok: true, value: { id: 'BRK.B', terms: { kind: 'equity' } } });
  expect(instrumentFromSymbol('RY:CAD', 'USD')).toMatchObject({ ok: true, value: { id: 'RY:CAD', terms: { currency: 'CAD' } } });
  expect(instrumentFromSymbol('SPX', 'USD')).toMatchObject({ ok: true, value: { terms: { kind: 'index', class: 'broad' } } });
  expect(instrumentFromSymbol('<script>', 'USD')).toMatchObject({ ok: false, fault: { code: 'unknown-symbol' } });
  expect(instrumentFromSymbol('', 'USD')).toMatchObject({ ok: false, fault: { code: 'unknown-symbol' } });
});

test('an option in another currency is not taken for an OCC contract', () => {
  const instrument = instrumentFromSymbol('RY 18SEP26 180 C', 'CAD');
  expect(instrument).toMatchObject({ ok: true, value: { id: 'RY 2026-09-18 C 180:CAD', terms: { multiplier: null } } });
  expect(instrument.ok && 'style' in instrument.value.terms).toBe(false);
});
