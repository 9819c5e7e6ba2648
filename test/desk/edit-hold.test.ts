import { expect, test } from 'vitest';
import { holdFrom } from '../../main/desk/edit-hold.ts';

test('searches wait for whoever edits, and for nobody who looks at an account with its call prices', () => {
  expect(['whatif.open', 'whatif.edit', 'whatif.undo', 'whatif.redo'].map((channel) => (holdFrom(channel, {}) ?? 0) > 0)).toEqual([true, true, true, true]);
  expect([holdFrom('whatif.discard', {}), holdFrom('accounts.view', {}), holdFrom('accounts.view', { callPrices: true })]).toEqual([0, 0, 0]);
  // Of a large account that is edited, the quick view; and what is asked beside an edit.
  expect([holdFrom('accounts.view', { callPrices: false }), holdFrom('whatif.view', {}), holdFrom('margin.explain', {})]).toEqual([null, null, null]);
});
