import { describe, expect, test } from 'vitest';
import type { ActivityFact } from '../../../shared/domain/facts.ts';
import type { AccountInput } from '../../../main/engine/input.ts';
import { deMinimisOf, dayTradingRegime, intradayDeficit, type IntradayDeficit } from '../../../main/engine/intraday/deficit.ts';
import { resolveRules, shippedPacks } from '../../../main/engine/packs/shelf.ts';
import type { Rules } from '../../../main/engine/packs/rules.ts';
import { Decimal } from '../../../shared/money.ts';
import { accountOf, call, idOf, marketOf, moved, stock, trade, type Desk } from '../build.ts';

const PACKS = ['us-reg-t', 'us-day-trading'];
const NEAR = call('XYZ', '100');
const FAR = call('XYZ', '110');

interface Day {
  /** What is held in the evening, and the cash of the evening. */
  positions?: Desk['positions'];
  cash: string;
  activity: ActivityFact[];
  packs?: readonly string[];
  account?: Partial<AccountInput>;
  businessDate?: string;
  isPatternDayTrader?: boolean;
}

function deficitOf({ positions = [], cash, activity, packs = PACKS, account = {}, businessDate = '2026-11-20', isPatternDayTrader = true }: Day): IntradayDeficit | null {
  const desk: Desk = {
    instruments: { XYZ: stock(), ABC: stock(), NEW: stock(), [idOf(NEAR)]: NEAR, [idOf(FAR)]: FAR },
    prices: { XYZ: '100', ABC: '50', [idOf(NEAR)]: '4', [idOf(FAR)]: '1' },
    positions,
    cash,
    packs,
    businessDate,
    account: { activity: activity.map((fact) => ({ ...fact, tradeDate: businessDate })), ...account },
  };
  const found = intradayDeficit(accountOf(desk), marketOf(desk), shippedPacks(), { isPatternDayTrader });
  if (!found.ok) throw new Error(found.fault.message);
  return found.value;
}
const amount = (day: Day): string | undefined => deficitOf(day)?.deficit.toFixed();
const rulesOf = (packs: readonly string[], day: string): Rules => {
  const rules = resolveRules(shippedPacks(), packs, day);
  if (!rules.ok) throw new Error(rules.fault.message);
  return rules.value;
};

describe('the rules in force', () => {
  test.each([
    [PACKS, '2026-06-03', 'patternDayTrader'],
    [PACKS, '2026-06-04', 'intradayMargin'],
    [['us-day-trading', 'house-tastytrade'], '2026-11-20', 'patternDayTrader'],
    [['us-day-trading', 'house-tastytrade'], '2027-10-19', 'patternDayTrader'],
    [['us-day-trading', 'house-tastytrade'], '2027-10-20', 'intradayMargin'],
    [['us-reg-t'], '2026-11-20', null],
  ])('%j on %s: %s', (packs, day, expected) => {
    expect(dayTradingRegime(rulesOf(packs, day), day)).toBe(expected);
  });
});

describe('the intraday margin deficit', () => {
  test('is nothing while the largest position of the day is carried', () => {
    // 10,000 in cash carries 40,000 of stock bought, and 33,300 sold short should that have come first.
    expect(amount({ positions: [['XYZ', '400']], cash: '-30000', activity: [trade('XYZ', '400', '100', 'B')] })).toBe('0');
    expect(amount({ cash: '10000', activity: [trade('XYZ', '333', '100', 'B'), trade('XYZ', '-333', '100', 'S')] })).toBe('0');
  });
  test('is what equity lacks of maintenance at the largest position, although nothing is held in the evening', () => {
    const day = { cash: '10000', activity: [trade('XYZ', '500', '100', 'B'), trade('XYZ', '-500', '100', 'S')] };
    expect(deficitOf(day)).toMatchObject({ regime: 'intradayMargin', counts: true });
    // Selling 500 first asks 30 % of 50,000: the order with the highest deficit counts.
    expect(amount(day)).toBe('5000');
  });
  test('takes positions of several instruments at their worst together, since nobody knows the order', () => {
    const activity = [trade('XYZ', '300', '100', 'B'), trade('XYZ', '-300', '100', 'S'), trade('ABC', '400', '50', 'B2'), trade('ABC', '-400', '50', 'S2')];
    // 30 % of 30,000 and 30 % of 20,000, against 10,000.
    expect(amount({ cash: '10000', activity })).toBe('5000');
  });
  test('counts what closed a position of the morning as if it had come first', () => {
    // 400 XYZ held in the morning were sold, 800 ABC bought: one after the other carries, both together would not.
    expect(amount({ positions: [['ABC', '800']], cash: '-30000', activity: [trade('XYZ', '-400', '100', 'S'), trade('ABC', '800', '50', 'B')] })).toBe('0');
    expect(amount({ positions: [['XYZ', '400'], ['ABC', '800']], cash: '-70000', activity: [trade('ABC', '800', '50', 'B')] })).toBe('10000');
  });
  test('counts a deposit as at the start of the day', () => {
    const bought = [trade('XYZ', '480', '100', 'B'), trade('XYZ', '-480', '100', 'S')];
    expect(amount({ cash: '15000', activity: [moved('deposit', '5000'), ...bought] })).toBe('0');
    expect(amount({ cash: '10000', activity: bought })).toBe('4400');
  });
  test('counts a loss of the day against equity', () => {
    // Bought at 105, marked at 100: 2,000 lost while 400 were held, which ask 10,000.
    expect(amount({ positions: [['XYZ', '400']], cash: '-32000', activity: [trade('XYZ', '400', '105', 'B')] })).toBe('2000');
  });
  test('values what nobody holds in the evening, and no file prices, in the middle of what it traded at, in any order', () => {
    const activity = [trade('NEW', '400', '90', 'B'), trade('NEW', '-400', '110', 'S')];
    for (const rows of [activity, activity.toReversed()]) {
      // At 100: bought at 90, 40,000 ask 10,000 of an equity of 6,000 + 4,000; sold first at 110, 12,000 of 10,000.
      expect(amount({ cash: '14000', activity: rows })).toBe('2000');
    }
  });
  test('takes the legs of a spread for one transaction', () => {
    // A short call alone asks 400 + 20 % of 10,000 = 2,400 a contract; the spread asks its width of 1,000.
    const spread = [trade(idOf(NEAR), '-10', '4', 'S'), trade(idOf(FAR), '10', '1', 'B')];
    expect(amount({ positions: [[idOf(NEAR), '-10'], [idOf(FAR), '10']], cash: '13000', activity: spread })).toBe('0');
    expect(amount({ positions: [[idOf(NEAR), '-10']], cash: '14000', activity: spread.slice(0, 1) })).toBe('10000');
  });
  test('is nothing where no trade reduced what was left, however little that was', () => {
    expect(deficitOf({ positions: [['XYZ', '300']], cash: '-25000', activity: [trade('XYZ', '-100', '100', 'S')] })).toMatchObject({ counts: false, reason: 'No trade of the day reduced what was left above maintenance.' });
  });
  test('does not look at futures, at cash accounts, or at days whose trades cannot be valued', () => {
    const bought = [trade('XYZ', '500', '100', 'B')];
    expect(deficitOf({ cash: '10000', activity: bought, account: { regime: 'cash' } })).toBeNull();
    expect(deficitOf({ cash: '10000', activity: [{ ...trade('XYZ', '500', '100'), price: null }] })).toBeNull();
    expect(deficitOf({ cash: '10000', activity: [] })).toBeNull();
  });
  test('of a portfolio margin account with 5 million of equity needs nothing', () => {
    const day = { positions: [['XYZ', '300000']] as const, activity: [trade('XYZ', '250000', '100', 'B')], account: { regime: 'portfolio' as const } };
    expect(deficitOf({ ...day, cash: '-25000000' })).toMatchObject({ counts: false, reason: expect.stringContaining('not watched') as string });
    expect(deficitOf({ ...day, cash: '-25000001' })?.counts).toBe(true);
  });
});

describe('a deficit that needs nothing', () => {
  test.each([
    ['10000', '500'],
    ['20000', '1000'],
    ['100000', '1000'],
    ['-5', '0'],
  ])('at an equity of %s is one of up to %s', (equity, expected) => {
    expect(deMinimisOf(rulesOf(PACKS, '2026-11-20'), new Decimal(equity), new Decimal(1)).toFixed()).toBe(expected);
  });
  test('is told, and does not count', () => {
    const of = (shares: string) => deficitOf({ positions: [['XYZ', shares]], cash: new Decimal(10000).minus(new Decimal(shares).times(100)).toFixed(), activity: [trade('XYZ', shares, '100', 'B')] });
    expect([of('420')?.deficit.toFixed(), of('420')?.counts]).toEqual(['500', false]);
    expect([of('421')?.deficit.toFixed(), of('421')?.counts]).toEqual(['525', true]);
  });
});

describe('measured by a multiple of yesterday’s excess', () => {
  const SOFI = ['us-day-trading', 'house-sofi'];
  const bought = (shares: string): Pick<Day, 'positions' | 'activity'> => ({ positions: [['XYZ', shares]], activity: [trade('XYZ', shares, '100', 'B')] });
  test('what was opened beyond four times the excess counts at a quarter', () => {
    const day = { ...bought('500'), cash: '-30000', packs: SOFI, account: { priorExcess: '10000' } };
    expect(deficitOf(day)).toMatchObject({ regime: 'intradayMargin', counts: true });
    expect(amount(day)).toBe('2500');
    expect(amount({ ...day, account: { priorExcess: '12500' } })).toBe('0');
  });
  test('nothing is said where yesterday’s excess is not known', () => {
    expect(deficitOf({ ...bought('500'), cash: '-30000', packs: SOFI })).toMatchObject({ counts: false, reason: 'The excess at the close before is not known.' });
  });
  test('under the older rules only what was opened and closed within the day counts, and only for pattern day traders', () => {
    const legacy = { cash: '10000', businessDate: '2026-06-03', account: { priorExcess: '10000' } };
    const roundTrip = [trade('XYZ', '500', '100', 'B'), trade('XYZ', '-500', '100', 'S')];
    expect(deficitOf({ ...legacy, activity: roundTrip })).toMatchObject({ regime: 'patternDayTrader', counts: true });
    expect(amount({ ...legacy, activity: roundTrip })).toBe('2500');
    expect(amount({ ...legacy, ...bought('500') })).toBe('0');
    expect(deficitOf({ ...legacy, activity: roundTrip, isPatternDayTrader: false })).toBeNull();
  });
});
