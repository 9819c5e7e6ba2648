import { expect, test } from 'vitest';
import { hashOf, readRoute, type Route } from '../../../renderer/shell/router.ts';
import { neighbour } from '../../../renderer/shell/walk.ts';

const routes: Route[] = [
  { screen: 'queue' },
  { screen: 'accounts' },
  { screen: 'import' },
  { screen: 'exclusions' },
  { screen: 'account', account: 'U 1/2#%', branchId: null },
  { screen: 'account', account: 'U1', branchId: 'b/1' },
];

test.each(routes)('$screen survives being written into the address', (route) => {
  expect(readRoute(hashOf(route))).toEqual(route);
});

test.each(['', '#', '#/', '#/nowhere', '#/account', '#/account/', '#/account/%E0%A4%A'])('an address that leads nowhere (%s) leads home', (hash) => {
  expect(readRoute(hash)).toEqual({ screen: 'queue' });
});

test('walking goes to the neighbour, starts at the first, and stops at the ends', () => {
  const list = ['a', 'b', 'c'];
  expect([neighbour(list, 'a', 1), neighbour(list, 'b', -1), neighbour(list, 'c', 1), neighbour(list, null, 1), neighbour([], 'a', 1)]).toEqual(['b', 'a', null, 'a', null]);
});
