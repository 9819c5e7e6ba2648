import { createElement, type ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { BookInfo } from '../../shared/views.ts';

/** A book that is there in full. */
export const BOOK: BookInfo = {
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

/** What a part of the page says of a book, without its markup. */
export function textOf(part: ComponentType<{ book: BookInfo }>, book: BookInfo): string {
  return markupOf(part, book).replaceAll(/<[^>]*>/g, '');
}

export function markupOf(part: ComponentType<{ book: BookInfo }>, book: BookInfo): string {
  return renderToStaticMarkup(createElement(part, { book }));
}
