import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { BookInfo } from '../../../shared/views.ts';
import { BookParts } from '../../../renderer/shell/status-bar.tsx';

const BOOK: BookInfo = {
  name: 'desk',
  sequence: 3,
  businessDate: '2026-11-20',
  marksAsOf: '2026-11-20',
  accounts: 60,
  positions: 8_000,
  instruments: 9,
  excluded: 0,
  readOnly: false,
  heldBy: null,
  lastOfficialRun: null,
  byStatus: { healthy: 60, warning: 0, indeterminate: 0, call: 0, liquidation: 0, bankrupt: 0 },
  packs: [],
};

const textOf = (book: BookInfo): string => renderToStaticMarkup(createElement(BookParts, { book })).replaceAll(/<[^>]*>/g, '');

test('while only some accounts are there, the bar says of how many, and that the rest is on its way', () => {
  expect(textOf({ ...BOOK, accountsInAll: 10_000 })).toContain('60 of 10,000 accounts so far; computing the rest');
  expect(textOf(BOOK)).toContain('60 accounts · 8,000 positions');
  expect(textOf(BOOK)).not.toContain('so far');
});
