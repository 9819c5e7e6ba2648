import { expect, test } from 'vitest';
import { noFacts, type Facts, type MarkFact, type PositionFact } from '../../shared/domain/facts.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { accountForCalls, policyFor } from '../../main/desk/call-inputs.ts';
import { accountCallPrices } from '../../main/desk/call-prices.ts';
import { computeAccount, inputOf, marketOf, shelfOf } from '../../main/desk/compute.ts';
import { accountOf } from '../../main/desk/desk-state.ts';
import { holdingsFrom, withMark } from '../../main/desk/holdings.ts';
import { openState } from '../../main/desk/recompute.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import { needOf } from '../../main/calls/account-need.ts';

const DAY = '2026-11-20';
const TERMS: Record<string, Instrument> = {
  XYZ: { kind: 'equity', currency: 'USD' },
  'XYZ 2027-03-19 C 105': { kind: 'option', currency: 'USD', multiplier: '100', underlying: 'XYZ', right: 'call', strike: '105', expiry: '2027-03-19' },
  ESZ6: { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES' },
};
const close = (instrument: string, value: string): MarkFact => ({ instrument, value, bid: null, ask: null, kind: 'close', asOf: DAY, source: 'flex.xml' });
const held = (instrument: string, quantity: string): PositionFact => ({ account: 'P1', subType: instrument === 'ESZ6' ? 'futures' : 'margin', instrument, quantity, entryPrice: null, asOf: DAY });

/** A portfolio-margin account of the book. */
function portfolio(positions: readonly PositionFact[], cash: string, marks: readonly MarkFact[] = [close('XYZ', '100'), close('XYZ 2027-03-19 C 105', '5'), close('ESZ6', '6000')]): Facts {
  return {
    ...noFacts(),
    account: [{ account: 'P1', name: null, baseCurrency: 'USD', regime: 'portfolio', regimeSource: 'file', asOf: DAY }],
    instrument: Object.entries(TERMS).map(([id, terms]) => ({ id, terms, identifiers: { symbol: id } })),
    mark: [...marks],
    position: [...positions],
    cash: [{ account: 'P1', currency: 'USD', kind: 'tradeDate', amount: cash, valueDate: null, asOf: DAY }],
  };
}

function computed(facts: Facts) {
  const holdings = holdingsFrom(facts);
  const account = holdings.accounts.get('P1');
  if (!account) throw new Error('no account');
  return { holdings, account, state: computeAccount(holdings, account).state };
}

function needed(facts: Facts) {
  const standing = { name: 'test', sequence: 1, readOnly: true, heldBy: null, lastOfficialRun: null, calls: [], lastActions: new Map<string, string>() };
  const state = openState(standing as never, facts);
  const account = accountForCalls(state, accountOf(state, 'P1'));
  const { maintenance, minimumEquity, regT } = needOf(account, policyFor(state, 'P1'));
  return { maintenance: maintenance.toFixed(), minimumEquity: minimumEquity.toFixed(), regT, indicative: account.indicative };
}

test('a portfolio-margin account is asked the worst loss over the range, and Regulation T asks it nothing', () => {
  const { state } = computed(portfolio([held('XYZ', '5000')], '-300000'));
  expect(state).toMatchObject({ equity: '200000', maintenance: '75000', initial: '75000', status: 'healthy' });
  expect(state.pools[0]).toMatchObject({ model: 'scan', stacks: { regT: { initial: '0', dueToday: null }, risk: { maintenance: '75000' } } });
});

test('written calls lower what their stock is asked, and move with it when a price comes in', () => {
  const { holdings, account, state } = computed(portfolio([held('XYZ', '5000'), held('XYZ 2027-03-19 C 105', '-50')], '-300000'));
  expect(Number(state.maintenance)).toBeGreaterThan(50_000);
  expect(Number(state.maintenance)).toBeLessThan(60_000);
  const after = computeAccount(withMark(holdings, close('XYZ', '90')), account).state;
  expect(after.maintenance).not.toBe(state.maintenance);
  expect(Number(finish(accountCallPrices(inputOf(holdings, account), marketOf(holdings), shelfOf(holdings))).byInstrument.get('XYZ')?.down)).toBeGreaterThan(60);
});

test('its futures have a pool of their own, kept at its requirement', () => {
  const { state } = computed(portfolio([held('XYZ', '5000'), held('ESZ6', '1')], '-300000'));
  expect(state.pools.map(({ model, maintenance }) => [model, maintenance])).toEqual([['scan', '75000'], ['fixed', '24000']]);
  expect(state).toMatchObject({ maintenance: '99000', excess: '101000' });
});

test('it is called like any other: for maintenance, and for what its equity lacks of the least', () => {
  expect(needed(portfolio([held('XYZ', '5000')], '-450000'))).toEqual({ maintenance: '25000', minimumEquity: '25000', regT: [], indicative: false });
  expect(needed(portfolio([held('XYZ', '5000')], '-410000'))).toEqual({ maintenance: '0', minimumEquity: '10000', regT: [], indicative: false });
  expect(needed(portfolio([held('XYZ', '5000')], '-390000'))).toMatchObject({ maintenance: '0', minimumEquity: '0' });
});

test('a short option without a mark leaves it indeterminate, with the reason', () => {
  const { state } = computed(portfolio([held('XYZ', '5000'), held('XYZ 2027-03-19 C 105', '-50')], '0', [close('XYZ', '100')]));
  expect(state).toMatchObject({ status: 'indeterminate', unpriced: [{ instrument: 'XYZ 2027-03-19 C 105', reason: 'XYZ 2027-03-19 C 105 has no mark', indeterminate: true }] });
});
