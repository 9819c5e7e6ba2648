import { expect, test } from 'vitest';
import { callPrice } from '../../main/engine/trigger.ts';
import { shippedPacks, withPacks } from '../../main/engine/packs/shelf.ts';
import { accountOf, call, fund, idOf, index, marketOf, poolOf, positionOf, stateOf, type Desk } from './build.ts';
import { wrongNodes } from './explain-checker.ts';

const short = call('SPX', '5000');
const allowing = { id: 'allowing', version: '1', title: 'Funds cover index calls', layer: 'house', model: 'strategy', extends: 'us-reg-t', effectiveFrom: '2024-05-28', parameters: {}, settings: { 'option.indexCover': { value: 'fund', cites: 'House policy', status: 'house' } } };

function desk(shares: string, contracts = '-2', more: Partial<Desk> = {}): Desk {
  const shelf = withPacks(shippedPacks(), [allowing]);
  if (!shelf.ok) throw new Error(shelf.fault.message);
  return {
    instruments: { SPX: index(), FUND: fund({ class: 'broad', tracks: 'SPX' }), [idOf(short)]: short },
    prices: { SPX: '5000', FUND: '500', [idOf(short)]: '40' },
    positions: [['FUND', shares], [idOf(short), contracts]],
    packs: ['allowing'],
    shelf: shelf.value,
    ...more,
  };
}

// One contract is on 500,000: 1,000 shares. Alone it is asked 4,000 and 15 % of 500,000: 79,000.
test.each([
  ['2000', '0'],
  ['1999', '79000'],
  ['1000', '79000'],
  ['999', '158000'],
])('with %s shares of the fund the two calls are asked %s', (shares, expected) => {
  const state = stateOf(desk(shares));
  expect(positionOf(state, idOf(short)).houseMaintenance).toBe(expected);
  expect(positionOf(state, 'FUND').houseMaintenance).toBe(String(Number(shares) * 125));
  expect(wrongNodes(poolOf(state).explain)).toEqual([]);
});

test('a house that does not say so lends no cover', () => {
  expect(positionOf(stateOf(desk('2000', '-2', { packs: ['us-reg-t'] })), idOf(short)).houseMaintenance).toBe('158000');
});

test('a covered call in the money is asked that much, and says how it was charged', () => {
  const state = stateOf(desk('2000', '-2', { prices: { SPX: '5100', FUND: '510', [idOf(short)]: '140' } }));
  expect(positionOf(state, idOf(short))).toMatchObject({ houseMaintenance: '20000', strategy: 'index call covered by a fund', rule: 'House policy' });
});

test('a fund of another index, one paid in full, and one that its own options use cover nothing', () => {
  const alone = '158000';
  const other = desk('2000');
  expect(positionOf(stateOf({ ...other, instruments: { ...other.instruments, FUND: fund({ tracks: 'NDX' }) } }), idOf(short)).houseMaintenance).toBe(alone);
  expect(positionOf(stateOf({ ...other, positions: [['FUND', '2000', 'cash'], [idOf(short), '-2']] }), idOf(short)).houseMaintenance).toBe(alone);
  const onFund = call('FUND', '500');
  const used: Desk = { ...other, instruments: { ...other.instruments, [idOf(onFund)]: onFund }, prices: { ...other.prices, [idOf(onFund)]: '4' }, positions: [...other.positions, [idOf(onFund), '-20']] };
  expect(positionOf(stateOf(used), idOf(short)).houseMaintenance).toBe(alone);
});

test('a call price finds where the fund stops covering a contract', () => {
  // at 500 the shares are worth exactly two contracts; a cent less and one of them is asked 79,000
  const { down } = callPrice(accountOf(desk('2000', '-2', { cash: '-700000' })), marketOf(desk('2000')), desk('2000').shelf ?? shippedPacks(), 'FUND');
  expect(down).toBe('500');
});
