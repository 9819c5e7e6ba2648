import { beforeAll, expect, test } from 'vitest';
import type { QueueRow } from '../../shared/views.ts';
import { MARGIN_STATUSES, type MarginStatus } from '../../shared/domain/status.ts';
import type { DeskState } from '../../main/desk/desk-state.ts';
import { playDemo, stateOf, type Played } from './play.ts';

let played: Played;
let state: DeskState;
let rows: QueueRow[];
beforeAll(() => {
  played = playDemo();
  state = stateOf(played);
  rows = state.queue;
});

const accountsIn = (status: MarginStatus) => [...state.accountRows.values()].filter((row) => row.status === status);

test('every status has its accounts, and most accounts are healthy', () => {
  const count = (status: MarginStatus) => accountsIn(status).length;
  const counts = Object.fromEntries(MARGIN_STATUSES.map((status) => [status, count(status)]));
  expect(Object.entries(counts).filter(([, accounts]) => accounts < 3)).toEqual([]);
  expect(count('healthy')).toBeGreaterThanOrEqual(170);
  expect(count('bankrupt')).toBeLessThanOrEqual(6);
  expect(count('liquidation')).toBeLessThanOrEqual(12);
  expect(count('call')).toBeGreaterThanOrEqual(15);
  expect(count('call')).toBeLessThanOrEqual(40);
  expect(count('warning')).toBeLessThanOrEqual(25);
  expect(count('indeterminate')).toBeLessThanOrEqual(12);
});

test('sizes are a desk’s: from tens of thousands to tens of millions', () => {
  const sizes = [...state.accountRows.values()].map(({ netLiq }) => Number(netLiq)).sort((a, b) => a - b);
  expect(sizes.filter((size) => size > 0 && size < 100_000).length).toBeGreaterThanOrEqual(10);
  expect(sizes.at(-1)).toBeGreaterThan(8_000_000);
  expect(sizes.at(-1)).toBeLessThan(60_000_000);
});

test('the queue shows every kind of line: open, part met, overdue, Reg T, exchange, expected, and accounts that cannot be told', () => {
  const wanted: Record<string, (row: QueueRow) => boolean> = {
    issued: ({ state: at }) => at === 'issued',
    'part met': ({ state: at }) => at === 'partMet',
    overdue: ({ dueInBusinessDays }) => dueInBusinessDays !== null && dueInBusinessDays < 0,
    house: ({ type, state: at }) => type === 'house' && at !== 'expected',
    exchange: ({ type, state: at }) => type === 'exchange' && at !== 'expected',
    'Reg T': ({ type, state: at }) => type === 'regT' && at !== 'expected',
    expected: ({ state: at }) => at === 'expected',
    indeterminate: ({ type, status }) => type === null && status === 'indeterminate',
  };
  expect(Object.keys(wanted).filter((kind) => !rows.some((row) => wanted[kind]?.(row)))).toEqual([]);
});

test('calls have lived: met by deposit and otherwise, increased, retyped, overdue', () => {
  const kinds = new Set(played.events.map(({ kind }) => kind));
  for (const kind of ['raised', 'increased', 'reduced', 'met', 'retyped', 'overdue'] as const) expect(kinds).toContain(kind);
  expect(new Set(played.events.filter(({ kind }) => kind === 'met').map(({ satisfiedBy }) => satisfiedBy))).toContain('deposit');
});

test('no account of a quiet week is called', () => {
  const quiet = rows.filter(({ account, callId, status }) => !account.startsWith('U41') && (callId !== null || status === 'call'));
  expect(quiet.map(({ account, statusReason }) => `${account}: ${statusReason}`)).toEqual([]);
});
