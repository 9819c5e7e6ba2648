import { describe, expect, test } from 'vitest';
import type { ActivityFact } from '../../shared/domain/facts.ts';
import { explainFigure } from '../../main/engine/margin.ts';
import { shippedPacks, withPacks } from '../../main/engine/packs/shelf.ts';
import { bond, call, idOf, marginOf, moved, poolOf, stateOf, stock, trade, type Desk } from './build.ts';
import { wrongNodes } from './explain-checker.ts';

interface Day {
  packs?: readonly string[];
  sincePrior?: boolean;
  cash: string;
  shares?: string;
  price?: string;
  activity: ActivityFact[] | null;
  sma?: string;
  newAccount?: boolean;
  more?: Partial<Desk>;
}
function day({ cash, shares = '0', price = '40', activity, sma, newAccount = false, more = {}, packs = ['us-reg-t'], sincePrior = false }: Day): Desk {
  return {
    instruments: { XYZ: stock() },
    prices: { XYZ: price },
    positions: shares === '0' ? [] : [['XYZ', shares]],
    cash,
    packs,
    ...more,
    account: { activity, newAccount, prior: sma === undefined ? null : { sma, equity: '0' }, ...(sincePrior ? { activityCovers: 'sincePrior' } : {}) },
  };
}
const due = (given: Day): string | null => poolOf(stateOf(day(given))).stacks.regT.dueToday;
const sma = (given: Day): string | undefined => marginOf(day(given)).pools[0]?.specialMemorandum?.usable.amount.toFixed();

test('a positions file shows a Reg T requirement and never a Reg T call', () => {
  const state = stateOf(day({ cash: '-4000', shares: '100', activity: null }));
  expect(poolOf(state).stacks.regT).toEqual({ initial: '2000', dueToday: null });
});

describe('an account that opens with one purchase and no money (FINRA 4210(b), 12 CFR 220.3)', () => {
  test.each([
    ['12', '1200', 'the whole cost of a small purchase'],
    ['26', '2000', '2,000 dollars where half the cost is less'],
    ['45', '2250', 'half the cost of a large one'],
  ])('100 shares at %s: %s is due, %s', (price, expected) => {
    const cash = `-${Number(price) * 100}`;
    expect(due({ cash, shares: '100', price, activity: [trade('XYZ', '100', price)], newAccount: true })).toBe(expected);
  });
  test('money that came first is not asked for again', () => {
    expect(due({ cash: '800', shares: '100', price: '12', activity: [moved('deposit', '2000'), trade('XYZ', '100', '12')], newAccount: true })).toBe('0');
  });
});

describe('the balance over some days: it takes deposits and gains, and does not fall with the market', () => {
  test('deposit 12,000', () => {
    expect(sma({ cash: '12000', activity: [moved('deposit', '12000')], sma: '0' })).toBe('12000');
  });
  test('buy 400 at 60', () => {
    expect(sma({ cash: '-12000', shares: '400', price: '60', activity: [trade('XYZ', '400', '60')], sma: '12000' })).toBe('0');
  });
  test('the price rises to 66: half of the gain', () => {
    expect(sma({ cash: '-12000', shares: '400', price: '66', activity: [], sma: '0' })).toBe('1200');
  });
  test('the price falls to 50: the balance stands, and nothing is due', () => {
    const after = { cash: '-12000', shares: '400', price: '50', activity: [], sma: '1200' };
    expect([sma(after), due(after)]).toEqual(['1200', '0']);
  });
  test('a purchase beyond the balance: what it leaves uncovered is due', () => {
    const after = { cash: '-17000', shares: '500', price: '50', activity: [trade('XYZ', '100', '50')], sma: '1200' };
    expect([sma(after), due(after)]).toEqual(['-1300', '1300']);
  });
  test('a sale in a restricted account releases half of its proceeds', () => {
    expect(sma({ cash: '-7000', shares: '300', price: '50', activity: [trade('XYZ', '-100', '50')], sma: '0' })).toBe('2500');
  });
  test('a withdrawal takes away', () => {
    expect(sma({ cash: '-13000', shares: '400', price: '50', activity: [moved('withdrawal', '-1000')], sma: '1200' })).toBe('200');
  });
  test('a sale through zero releases what was long and asks for what is short', () => {
    // 300 sold at 40 from 100 long: 2,000 released, 4,000 asked.
    expect(sma({ cash: '5000', shares: '-200', price: '40', activity: [trade('XYZ', '-300', '40')], sma: '0' })).toBe('-2000');
  });
  test('the rate is the side’s own: where short sales ask all of their value, purchases still ask half', () => {
    const pack = shippedPacks().packs.get('us-reg-t');
    const whole = { ...pack?.parameters['regT.stock.short'], value: '1' };
    const strict = withPacks(shippedPacks(), [{ ...pack, parameters: { ...pack?.parameters, 'regT.stock.short': whole } }]);
    if (!strict.ok) throw new Error(strict.fault.message);
    const more = { shelf: strict.value };
    expect(sma({ cash: '-4000', shares: '100', activity: [trade('XYZ', '100', '40')], sma: '0', more })).toBe('-2000');
    expect(sma({ cash: '4000', shares: '-100', activity: [trade('XYZ', '-100', '40')], sma: '0', more })).toBe('-4000');
  });
  test('trades of other days are not of this one', () => {
    expect(due({ cash: '-4000', shares: '100', activity: [{ ...trade('XYZ', '100', '40'), tradeDate: '2026-11-19' }], sma: '0' })).toBe('0');
  });
});

describe('options and bonds', () => {
  const option = call('XYZ', '45');
  const withOption = (quantity: string, cash: string): Day => ({
    cash,
    activity: [trade(idOf(option), quantity, '3')],
    sma: '0',
    more: { instruments: { XYZ: stock(), [idOf(option)]: option }, prices: { XYZ: '40', [idOf(option)]: '3' }, positions: [[idOf(option), quantity]] },
  });
  test('a bought option is due in full', () => {
    expect(due(withOption('2', '-600'))).toBe('600');
  });
  test('an option sold short asks its charge less the proceeds', () => {
    // 3.00 + greatest(8.00 − 5.00, 4.00) = 7.00 a share; 300 came in.
    expect(due(withOption('-1', '300'))).toBe('400');
  });
  test('a trade that cannot be valued leaves what is due unsaid', () => {
    expect(due({ cash: '0', activity: [{ ...trade('XYZ', '1', '1'), price: null }], sma: '0' })).toBe(null);
  });
  test('a bond is asked what the strictest exchange rate asks', () => {
    const more = { instruments: { B: bond({ grade: 'speculative' }) }, prices: { B: '90' }, positions: [['B', '10000']] as const };
    expect(due({ cash: '-9000', activity: [trade('B', '10000', '90')], sma: '0', more })).toBe('1800');
  });
});

test('what is due can be opened and recomputed', () => {
  const margin = marginOf(day({ cash: '-17000', shares: '500', price: '50', activity: [moved('deposit', '10'), trade('XYZ', '100', '50')], sma: '1200' }));
  const tree = explainFigure(margin, 'regTDueToday');
  expect(wrongNodes(tree)).toEqual([]);
  expect(JSON.stringify(tree)).toContain('12 CFR 220.5');
});

describe('days that the balance before does not know', () => {
  const on = (tradeDate: string, fact: ActivityFact): ActivityFact => ({ ...fact, tradeDate });
  const daysOf = (given: Day) => stateOf(day({ ...given, sincePrior: true })).pools[0]?.specialMemorandum?.days.map(({ tradeDate, due: asked, released }) => [tradeDate, asked, released]);

  test('trades of Thursday are due for Thursday, and what they leave due is not asked for again on Friday', () => {
    const activity = [on('2026-11-19', trade('XYZ', '200', '40', 'T1')), trade('XYZ', '100', '40', 'T2')];
    expect(daysOf({ cash: '-12000', shares: '300', activity, sma: '1000' })).toEqual([['2026-11-19', '3000', '0'], ['2026-11-20', '2000', '0']]);
  });
  test('money that answers Thursday’s trades does not pay for Friday’s', () => {
    const activity = [on('2026-11-19', trade('XYZ', '200', '40', 'T1')), moved('deposit', '3000'), trade('XYZ', '100', '40', 'T2')];
    expect(daysOf({ cash: '-9000', shares: '300', activity, sma: '1000' })).toEqual([['2026-11-19', '3000', '0'], ['2026-11-20', '2000', '0']]);
  });
  test('a sale on the next day sets free half of its proceeds and asks nothing', () => {
    const activity = [on('2026-11-19', trade('XYZ', '200', '40', 'T1')), trade('XYZ', '-100', '40', 'T2')];
    expect(daysOf({ cash: '-4000', shares: '100', activity, sma: '0' })).toEqual([['2026-11-19', '4000', '0'], ['2026-11-20', '0', '2000']]);
  });
  test('a day’s position is what is held now without what came after it', () => {
    // Thursday's 100 closed a short of 100; Friday's 100 are a purchase.
    const activity = [on('2026-11-19', trade('XYZ', '100', '40', 'T1')), trade('XYZ', '100', '40', 'T2')];
    expect(daysOf({ cash: '-4000', shares: '100', activity, sma: '0' })).toEqual([['2026-11-19', '0', '2000'], ['2026-11-20', '0', '0']]);
  });
  test('the market does not pay for an earlier day once its balance is known; before any is, today’s equity is all there is', () => {
    const activity = [on('2026-11-19', trade('XYZ', '100', '40', 'T1'))];
    expect(daysOf({ cash: '-3000', shares: '100', price: '90', activity, sma: '0' })).toEqual([['2026-11-19', '2000', '0'], ['2026-11-20', '0', '0']]);
    expect(daysOf({ cash: '-3000', shares: '100', price: '90', activity })).toEqual([['2026-11-19', '0', '0'], ['2026-11-20', '0', '0']]);
  });
  test('an account that was below zero before is not asked again when nothing was traded', () => {
    expect(due({ cash: '-4000', shares: '100', activity: [], sma: '-1300' })).toBe('0');
  });
});

describe('securities that come in count at their loan value', () => {
  const received = (quantity: string): ActivityFact => ({ ...trade('XYZ', quantity, '0'), kind: 'transfer', price: null });
  test('2,000 of stock answers for 1,000', () => {
    expect(sma({ cash: '-4000', shares: '50', activity: [received('50')], sma: '-1000' })).toBe('0');
  });
  test('and takes it along when it leaves', () => {
    expect(sma({ cash: '-4000', shares: '100', activity: [received('-50')], sma: '3000' })).toBe('2000');
  });
  test('with no price nothing is said', () => {
    const unpriced: Day = { cash: '0', activity: [{ ...received('50'), instrument: 'ABC' }], sma: '0', more: { instruments: { XYZ: stock(), ABC: stock() } } };
    expect(sma(unpriced)).toBeUndefined();
  });
  test('futures are not Reg T’s', () => {
    const more = { instruments: { XYZ: stock(), ESZ6: { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES', expiry: '2026-12-18' } as const } };
    expect(sma({ cash: '5000', activity: [trade('ESZ6', '1', '6500')], sma: '5000', more })).toBe('5000');
  });
});

describe('where the lesser of balance and excess may be used (as DriveWealth publishes it)', () => {
  const packs = ['house-drivewealth'];
  test.each([
    ['a deposit adds all of it', [moved('deposit', '100')], '5100'],
    ['a withdrawal takes all of it', [moved('withdrawal', '-100')], '4900'],
    ['a purchase takes half of it', [trade('XYZ', '10', '10')], '4950'],
    ['a sale adds half of it', [trade('XYZ', '-10', '10')], '5050'],
  ])('%s', (_, activity, expected) => {
    expect(stateOf(day({ packs, cash: '50000', shares: '100', price: '10', activity, sma: '5000' })).pools[0]?.specialMemorandum?.balance).toBe(expected);
  });
  test('a gain does not raise the balance, and a loss lowers what may be used but asks for nothing', () => {
    const rise = { packs, cash: '-2000', shares: '100', price: '60', activity: [], sma: '500' };
    expect(stateOf(day(rise)).pools[0]?.specialMemorandum).toMatchObject({ balance: '500', usable: '500' });
    expect(stateOf(day({ ...rise, packs: ['us-reg-t'] })).pools[0]?.specialMemorandum).toMatchObject({ balance: '1000', usable: '1000' });
    const fall = stateOf(day({ ...rise, price: '38' })).pools[0];
    expect([fall?.specialMemorandum?.balance, fall?.specialMemorandum?.usable, fall?.stacks.regT.dueToday]).toEqual(['500', '-100', '0']);
  });
});

describe('buying power', () => {
  const power = (given: Day): string | null | undefined => stateOf(day(given)).buyingPower;
  test('is twice the balance', () => {
    expect(power({ cash: '10000', activity: [], sma: '0' })).toBe('20000');
  });
  test('of a restricted account is twice what its balance still allows', () => {
    // 18,000 long, 10,000 borrowed: below half by 1,000, and 2,000 on the balance from before.
    expect(power({ cash: '-10000', shares: '450', activity: [], sma: '2000' })).toBe('4000');
  });
  test('never takes equity below the maintenance rate', () => {
    // 18,000 long, 13,000 borrowed: 500 above 25 %, which carries 2,000 of stock at 25 %.
    expect(power({ cash: '-13000', shares: '450', activity: [], sma: '2000' })).toBe('2000');
    const after = stateOf(day({ cash: '-15000', shares: '500', activity: null }));
    expect(after.excess).toBe('0');
  });
  test('of an account below maintenance is nothing', () => {
    expect(power({ cash: '-15000', shares: '450', activity: [], sma: '2000' })).toBe('0');
  });
  test('without trades known is at least what equity is above Reg T', () => {
    expect(power({ cash: '-5000', shares: '300', activity: null })).toBe('2000');
  });
  test('can be opened and recomputed', () => {
    const tree = explainFigure(marginOf(day({ cash: '-13000', shares: '450', activity: [trade('XYZ', '10', '40')], sma: '2000' })), 'buyingPower');
    expect(wrongNodes(tree)).toEqual([]);
  });
});
