import { expect, test } from 'vitest';
import { editOfCell, editsToRevert } from '../../../renderer/whatif/edits.ts';
import { positionOf } from '../screens/rows.ts';

test('typing into a quantity or a mark is an edit of it', () => {
  expect(editOfCell(positionOf({ key: 'p' }), 'quantity', '-1,500')).toEqual({ kind: 'setQuantity', position: 'p', quantity: '-1500' });
  expect(editOfCell(positionOf({ instrument: 'TSLA' }), 'mark', '240.50')).toEqual({ kind: 'setPrice', instrument: 'TSLA', price: '240.5' });
});

test('what is not a number, and a column that takes none, is no edit', () => {
  expect(editOfCell(positionOf({}), 'quantity', 'ten')).toBeNull();
  expect(editOfCell(positionOf({}), 'rule', '10')).toBeNull();
});

test('a row that the branch leaves alone needs nothing to revert', () => {
  expect(editsToRevert(positionOf({ live: null }))).toEqual([]);
});

test('reverting sets back exactly what differs from the live book', () => {
  const live = { quantity: '100', mark: '10', houseMaintenance: '300' };
  expect(editsToRevert(positionOf({ key: 'p', quantity: '50', mark: '10', live }))).toEqual([{ kind: 'setQuantity', position: 'p', quantity: '100' }]);
  expect(editsToRevert(positionOf({ instrument: 'A', quantity: '100', mark: '9', live }))).toEqual([{ kind: 'setPrice', instrument: 'A', price: '10' }]);
});

test('reverting an added leg closes it', () => {
  expect(editsToRevert(positionOf({ key: 'p', added: true }))).toEqual([{ kind: 'closeLeg', position: 'p' }]);
});
