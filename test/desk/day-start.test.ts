import { describe, expect, test } from 'vitest';
import type { ActivityFact, PositionFact } from '../../shared/domain/facts.ts';
import type { Prior } from '../../main/books/reading/read-prior.ts';
import { accountStarts } from '../../main/desk/day-start.ts';

const DAY = '2026-11-20';
const row = (id: string, tradeDate: string, more: Partial<ActivityFact> = {}): ActivityFact => ({ account: 'U1', id, kind: 'trade', instrument: 'XYZ', tradeDate, settleDate: null, quantity: '100', price: '40', amount: null, currency: 'USD', detail: null, ...more });
const held = (quantity: string, instrument = 'XYZ'): PositionFact => ({ account: 'U1', subType: 'margin', instrument, quantity, entryPrice: null, asOf: DAY });
const run = { id: 'official-2026-11-19', businessDate: '2026-11-19', marksAsOf: '2026-11-19T21:00:00Z', kind: 'official' as const, sequence: 5, at: '2026-11-19T22:00:00Z' };
const left = (sma: string | null, news: string[] = [], currency = 'USD'): Prior => ({ run, margins: [{ account: 'U1', currency, sma, equity: '9000', excess: '4000' }], news: news.map((id) => ({ account: 'U1', id })) });
const startOf = (prior: Prior | null, activity: ActivityFact[], positions: PositionFact[] = []) => accountStarts({ prior }, DAY)('U1', 'USD', activity, () => positions);
const ids = (facts: readonly ActivityFact[]) => facts.map(({ id }) => id);

describe('what a day starts from', () => {
  const old = row('old', '2026-10-01');
  const late = row('late', '2026-11-12');
  const today = row('today', DAY);
  test('after a run that left a balance: everything that run did not know, of whatever day', () => {
    const start = startOf(left('100', ['late', 'today']), [old, late, today]);
    expect([start.prior, start.excess, ids(start.since), ids(start.news)]).toEqual([{ sma: '100', equity: '9000' }, '4000', ['late', 'today'], ['late', 'today']]);
  });
  test('without a balance: trades whose payment period still runs', () => {
    const recent = row('recent', '2026-11-18');
    const closed = row('closed', '2026-11-17');
    expect(ids(startOf(null, [closed, recent, today]).since)).toEqual(['recent', 'today']);
    expect(ids(startOf(left(null, ['late', 'today']), [recent, late, today]).since)).toEqual(['today']);
    expect(startOf(left(null), []).excess).toBe('4000');
  });
  test('a balance in another currency than the account’s is not its own', () => {
    expect(startOf(left('100', [], 'EUR'), []).prior).toBeNull();
  });
  test('what is dated after the day waits', () => {
    expect(ids(startOf(left('100', ['tomorrow']), [row('tomorrow', '2026-11-21')]).since)).toEqual([]);
  });
});

describe('an account is before its first transaction', () => {
  const first = row('T1', DAY);
  test('while all it holds was bought since and nothing was traded before', () => {
    expect(startOf(null, [first], [held('100')]).isNew).toBe(true);
    expect(startOf(left('0', ['T1']), [first], [held('100')]).isNew).toBe(true);
  });
  test('and not when it held something already, traded before, or has not traded', () => {
    expect(startOf(null, [first], [held('150')]).isNew).toBe(false);
    expect(startOf(null, [first], [held('100'), held('5', 'ABC')]).isNew).toBe(false);
    expect(startOf(null, [row('T0', '2026-10-01'), first], [held('100')]).isNew).toBe(false);
    expect(startOf(null, [], [held('100')]).isNew).toBe(false);
    expect(startOf(null, [], []).isNew).toBe(false);
  });
});
