import { describe, expect, test } from 'vitest';
import { noFacts, type Facts, type MarkFact, type PositionFact } from '../../shared/domain/facts.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { computeBranch, editBranch, openingBranch, type Branch } from '../../main/desk/branches.ts';
import { accountCallPrices } from '../../main/desk/call-prices.ts';
import { computeAccount, inputOf, marketOf, shelfOf } from '../../main/desk/compute.ts';
import { holdingsFrom, positionKey, withMark, type AccountHoldings, type Holdings } from '../../main/desk/holdings.ts';
import { poolsOf } from '../../main/desk/pools.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import type { Edit } from '../../shared/views.ts';
import { valueOf } from './desk-fixture.ts';

const DAY = '2026-11-20';
const TERMS: Record<string, Instrument> = {
  XYZ: { kind: 'equity', currency: 'USD' },
  ESZ6: { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES' },
};
const PRICES: Record<string, string> = { XYZ: '100', ESZ6: '6000' };

const close = (instrument: string, value: string, kind: MarkFact['kind'] = 'close'): MarkFact => ({ instrument, value, bid: null, ask: null, kind, asOf: DAY, source: 'flex.xml' });
const held = (instrument: string, quantity: string): PositionFact => ({ account: 'U1', subType: instrument === 'XYZ' ? 'margin' : 'futures', instrument, quantity, entryPrice: null, asOf: DAY });

/** One account with 40,000 borrowed, unless told otherwise. */
function book(positions: readonly PositionFact[], change: Partial<Facts> = {}, closes: readonly MarkFact[] = []): { holdings: Holdings; account: AccountHoldings } {
  const holdings = holdingsFrom({
    ...noFacts(),
    account: [{ account: 'U1', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'file', asOf: DAY }],
    instrument: Object.entries(TERMS).map(([id, terms]) => ({ id, terms, identifiers: { symbol: id } })),
    mark: Object.entries(PRICES).map(([instrument, value]) => close(instrument, value)),
    position: [...positions],
    cash: [money('tradeDate', '-40000')],
    ...change,
  }, { prior: null, closes });
  const account = holdings.accounts.get('U1');
  if (!account) throw new Error('no account');
  return { holdings, account };
}
function money(kind: 'tradeDate' | 'futuresSegment', amount: string): Facts['cash'][number] {
  return { account: 'U1', currency: 'USD', kind, amount, valueDate: null, asOf: DAY };
}
const stateOf = ({ holdings, account }: ReturnType<typeof book>) => computeAccount(holdings, account).state;
const mixed = [held('XYZ', '1000'), held('ESZ6', '-2')];

describe('the pools of an account', () => {
  const shape = (given: ReturnType<typeof book>) => {
    const { pools, sweep } = poolsOf(given.account, given.holdings);
    return [pools.map(({ id, positions, cash }) => `${id}: ${positions.length} positions, ${cash.length} balances`), sweep !== null];
  };
  test('securities alone margin in one pool', () => {
    expect(shape(book([held('XYZ', '1000')]))).toEqual([['cross: 1 positions, 1 balances'], false]);
  });
  test('futures alone, too, with all the money', () => {
    expect(shape(book([held('ESZ6', '1')]))).toEqual([['futures: 1 positions, 1 balances'], false]);
  });
  test('both, with one balance: two pools that the broker sweeps between', () => {
    expect(shape(book(mixed))).toEqual([['cross: 1 positions, 1 balances', 'futures: 1 positions, 0 balances'], true]);
  });
  test('both, with a balance each: two pools on their own', () => {
    expect(shape(book(mixed, { cash: [money('tradeDate', '-40000'), money('futuresSegment', '60000')] }))).toEqual([['cross: 1 positions, 1 balances', 'futures: 1 positions, 1 balances'], false]);
  });
  test('money in the futures segment without a position there is a pool as well', () => {
    expect(shape(book([held('XYZ', '1000')], { cash: [money('tradeDate', '-40000'), money('futuresSegment', '5')] }))).toEqual([['cross: 1 positions, 1 balances', 'futures: 0 positions, 1 balances'], false]);
  });
});

describe('figures of an account with both', () => {
  test('one balance: requirements add up against all the money', () => {
    expect(stateOf(book(mixed))).toMatchObject({ equity: '60000', maintenance: '78000', deficit: '18000', status: 'call', healthPool: 'cross' });
  });
  test('a balance each: the securities do not help the futures', () => {
    const state = stateOf(book(mixed, { cash: [money('tradeDate', '-40000'), money('futuresSegment', '40000')] }));
    expect(state).toMatchObject({ excess: '22000', deficit: '8000', healthPool: 'futures', status: 'call' });
  });
  test('the call price of the future is where all the money is used up', () => {
    const { holdings, account } = book(mixed, { cash: [money('tradeDate', '0')] });
    expect(finish(accountCallPrices(inputOf(holdings, account), marketOf(holdings), shelfOf(holdings))).byInstrument.get('ESZ6')).toEqual({ down: null, up: '6220' });
  });
});

describe('the price a future was settled at', () => {
  test('is its close: nothing is owed on it', () => {
    expect(stateOf(book(mixed))).toMatchObject({ equity: '60000' });
  });
  test('stays its close under a price typed over it: the gain since then counts', () => {
    const { holdings, account } = book(mixed, { cash: [money('tradeDate', '0')] });
    const before = stateOf({ holdings, account });
    const after = stateOf({ holdings: withMark(holdings, close('ESZ6', '6100', 'manual')), account });
    expect(after.status).not.toBe('indeterminate');
    expect(after.unpriced).toEqual([]);
    expect(after.netLiq).not.toBe(before.netLiq);
    // Read again, the book hands over the close that the typed price hides.
    const { holdings: read, account: same } = book(mixed, { cash: [money('tradeDate', '0')], mark: [close('XYZ', '100'), close('ESZ6', '6100', 'manual')] }, [close('ESZ6', '6000')]);
    expect(stateOf({ holdings: read, account: same })).toEqual(after);
  });
  test('is not known where there only ever was a typed price, and the account says so', () => {
    const rich = { cash: [money('tradeDate', '0')] };
    const typed = close('ESZ6', '6100', 'manual');
    for (const given of [book(mixed, { ...rich, mark: [close('XYZ', '100'), typed] })]) {
      expect(stateOf(given)).toMatchObject({ status: 'indeterminate' });
      expect(stateOf(given).unpriced).toEqual([{ instrument: 'ESZ6', reason: 'the price at which ESZ6 was last settled is not known', indeterminate: true }]);
    }
  });
  test('is not the close of a later day than the position’s', () => {
    const later: MarkFact = { ...close('ESZ6', '6100'), asOf: '2026-11-23' };
    expect(stateOf(book(mixed, { cash: [money('tradeDate', '0')], mark: [close('XYZ', '100'), later] })).status).toBe('indeterminate');
  });
});

describe('futures on a branch', () => {
  const { holdings, account } = book([held('XYZ', '1000'), held('ESZ6', '-2')]);
  const after = (...edits: Edit[]) => computeBranch(edits.reduce((branch: Branch, edit) => valueOf(editBranch(branch, edit)), finish(openingBranch(holdings, account, 1)))).state;
  const key = positionKey(held('ESZ6', '-2'));
  const dearer: Edit = { kind: 'setPrice', instrument: 'ESZ6', price: '6100' };
  test('a move in price is a gain or loss since the close', () => {
    expect(after(dearer)).toMatchObject({ equity: '50000', maintenance: '78000' });
  });
  test('trading changes requirements and never equity, whatever the price has done before', () => {
    for (const quantity of ['-1', '0', '3']) {
      expect(after({ kind: 'setQuantity', position: key, quantity }).equity).toBe('60000');
      expect(after(dearer, { kind: 'setQuantity', position: key, quantity }).equity).toBe('50000');
    }
  });
  test('contracts that are new to the account are paid up to their price', () => {
    expect(after({ kind: 'addLeg', symbol: 'ESZ6', quantity: '1', price: '6000' })).toMatchObject({ equity: '60000', maintenance: '54000' });
  });
});
