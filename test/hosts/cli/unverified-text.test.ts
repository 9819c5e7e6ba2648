import { expect, test } from 'vitest';
import { explainMarks, marked } from '../../../main/hosts/cli/unverified-text.ts';
import { rememberingTerminal } from './remembering-terminal.ts';

test('an amount that rests on an unverified rule has its sign, others and blanks have none', () => {
  const row = { unverified: ['maintenance' as const] };
  expect(marked(row, 'maintenance', '60.00')).toBe('◇ 60.00');
  expect(marked(row, 'equity', '60.00')).toBe('60.00');
  expect(marked(row, 'maintenance', '')).toBe('');
});

test('what the sign means is said once, and only where a shown figure carries it', () => {
  const terminal = rememberingTerminal();
  explainMarks(terminal, [{ unverified: ['regTInitial'] }, { unverified: [] }], ['maintenance']);
  expect(terminal.written).toEqual([]);
  explainMarks(terminal, [{ unverified: ['maintenance'] }, { unverified: ['maintenance'] }], ['maintenance']);
  expect(terminal.written).toEqual(['◇ rests on an unverified rule: "plimsoll explain BOOK ACCOUNT" shows which.']);
});
