import { expect, test } from 'vitest';
import { PROFILE_FIELDS, whatIsMissing, withColumn, withConstant, withoutGuess } from '../../../renderer/import/profile-fields.ts';
import { isCuredByMapping, mayBeCuredByMapping } from '../../../renderer/import/import-flow.ts';
import { mappingProfile, type MappingProfile } from '../../../shared/domain/import-plan.ts';

const profile: MappingProfile = { name: 'desk', columns: { symbol: 'Ticker', quantity: 'Qty', account: 'Acct' }, complete: true };

test('every column that a profile can map can be mapped on screen', () => {
  expect(PROFILE_FIELDS.map((field) => field.column).sort()).toEqual(Object.keys(mappingProfile.shape.columns.shape).sort());
});

test('mapping and unmapping a column leaves a valid profile', () => {
  const mapped = withColumn(profile, 'price', 'Px');
  expect(mapped.columns.price).toBe('Px');
  const back = withColumn(mapped, 'price', '');
  expect(back).toEqual(profile);
  expect(mappingProfile.safeParse(back).success).toBe(true);
});

test('constants come and go without leaving empty ones behind', () => {
  const set = withConstant(profile, 'currency', 'EUR');
  expect(set.constants).toEqual({ currency: 'EUR' });
  expect(withConstant(set, 'currency', '')).toEqual(profile);
});

test('a profile says what it still lacks', () => {
  expect(whatIsMissing(profile)).toBeNull();
  expect(whatIsMissing(withColumn(profile, 'symbol', ''))).toContain('symbol');
  expect(whatIsMissing(withColumn(profile, 'account', ''))).toContain('account');
  expect(whatIsMissing(withConstant(withColumn(profile, 'account', ''), 'account', 'A1'))).toBeNull();
  expect(whatIsMissing(withConstant(profile, 'asOf', '2026-02-30'))).toContain('YYYY-MM-DD');
  expect(whatIsMissing({ ...profile, name: ' ' })).toContain('name');
});

test('a suggestion that takes one column for two things leaves the quantity open', () => {
  const guess = withColumn(profile, 'quantity', 'Ticker');
  expect(withoutGuess(guess).columns).toEqual({ symbol: 'Ticker', quantity: '', account: 'Acct' });
  expect(whatIsMissing(guess)).toContain('same column');
  expect(withoutGuess(profile)).toBe(profile);
});

test('mapping is offered for text in columns that nobody recognises, not for anything else', () => {
  const fault = (code: string) => ({ code, message: '' });
  expect(isCuredByMapping(fault('unknown-format'), 'desk.csv', undefined)).toBe(true);
  expect(isCuredByMapping(fault('unknown-format'), 'page.html', undefined)).toBe(false);
  expect(isCuredByMapping(fault('missing-column'), 'desk.csv', undefined)).toBe(false);
  expect(isCuredByMapping(fault('missing-column'), 'desk.csv', 'desk')).toBe(true);
  expect(mayBeCuredByMapping(fault('missing-column'), 'desk.csv')).toBe(true);
  expect(mayBeCuredByMapping(fault('empty-file'), 'desk.csv')).toBe(false);
  expect(isCuredByMapping(fault('not-text'), 'desk.csv', 'desk')).toBe(false);
});
