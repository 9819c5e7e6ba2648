import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { absentQuotient, choice, difference, greatest, input, least, product, quotient, sum, type Figure } from '../../main/engine/figure/figure.ts';
import { spell, spellExactly, spellMoney } from '../../main/engine/figure/spell.ts';
import { toExplain } from '../../main/engine/figure/to-explain.ts';
import { wrongNodes } from './explain-checker.ts';

const amount = (text: string, unit = 'USD'): Figure => input(new Decimal(text), unit, { label: text, source: 'test' });
const about = { label: 'test' };

describe('the clerk’s line', () => {
  test.each([
    [product('USD', [amount('0.25', 'ratio'), amount('20000')], about), '25% × 20,000.00 = 5,000.00'],
    [difference('USD', [amount('19'), amount('15')], about), '19.00 − 15.00 = 4.00'],
    [sum('USD', [amount('1'), amount('-2.5')], about), '1.00 + (-2.50) = -1.50'],
    [sum('USD', [], about), 'nothing to add = 0.00'],
    [sum('USD', Array.from({ length: 7 }, () => amount('1')), about), 'sum of 7 amounts = 7.00'],
    [greatest('USD', [amount('4'), amount('8')], about), 'greatest of 4.00 and 8.00 = 8.00'],
    [least('USD', [amount('4'), amount('8')], about), 'least of 4.00 and 8.00 = 4.00'],
    [quotient('times', amount('1'), amount('3'), 6, about), '1.00 ÷ 3.00 = 0.333333'],
    [choice('USD', [amount('4'), amount('8')], 1, about), '8.00 applies'],
    [product('USD', [amount('1250', 'shares'), amount('0.005')], about), '1,250 × 0.005 = 6.25'],
  ])('%#: %s', (figure, line) => {
    expect(toExplain(figure).arithmetic).toBe(line);
  });
  test('nothing is rounded on the way to paper', () => {
    expect(spell(new Decimal('1234567.123456789'), 'USD')).toBe('1,234,567.123456789');
    expect(spell(new Decimal('0.0125'), 'ratio')).toBe('1.25%');
  });
  test('sentences round half-even, unless asked for every digit', () => {
    expect([spellMoney(new Decimal('0.125'), 'USD'), spellMoney(new Decimal('0.135'), 'USD'), spellExactly(new Decimal('0.125'), 'USD')]).toEqual(['0.12 USD', '0.14 USD', '0.125 USD']);
  });
});

describe('ties', () => {
  test('the first of equals wins, greatest and least alike', () => {
    expect(greatest('USD', [amount('1'), amount('1')], about).chosen).toBe(0);
    expect(least('USD', [amount('1'), amount('1')], about).chosen).toBe(0);
  });
  test.each([
    ['0.5', '1', 0, '0'],
    ['1.5', '1', 0, '2'],
    ['-1.5', '1', 0, '-2'],
    ['-2.5', '1', 0, '-2'],
    ['2.5', '-1', 0, '-2'],
    ['1', '8', 2, '0.12'],
    ['3', '8', 2, '0.38'],
    ['2', '3', 6, '0.666667'],
    ['-2', '3', 6, '-0.666667'],
  ])('%s ÷ %s to %i places, half-even: %s', (dividend, divisor, places, expected) => {
    expect(quotient('x', amount(dividend), amount(divisor), places, about).amount.toFixed()).toBe(expected);
  });
});

test('a quotient is rounded once, even where sixty digits would make it look like a tie', () => {
  // 0.5 and a little, so little that a division to sixty digits cannot see it.
  const divisor = new Decimal(2).times(new Decimal(10).pow(58)).minus(1);
  const figure = quotient('x', input(new Decimal(10).pow(58), 'x', { label: 'n', source: 'test' }), input(divisor, 'x', { label: 'd', source: 'test' }), 0, about);
  expect(figure.amount.toFixed()).toBe('1');
});

test('any quotient is the one an independent checker gets', () => {
  const whole = fc.integer({ min: -1_000_000, max: 1_000_000 }).filter((n) => n !== 0);
  fc.assert(
    fc.property(whole, whole, fc.integer({ min: 0, max: 6 }), (dividend, divisor, places) => {
      expect(wrongNodes(toExplain(quotient('x', amount(String(dividend)), amount(String(divisor)), places, about)))).toEqual([]);
    }),
    { numRuns: 5_000 },
  );
});

test('a quotient that does not exist keeps what it would have divided, and the reason', () => {
  const node = toExplain(absentQuotient('times', amount('5'), amount('0'), { label: 'Health', arithmetic: 'no requirement' }));
  expect(node).toMatchObject({ amount: null, op: 'quotient', arithmetic: 'no requirement' });
  expect(wrongNodes(node)).toEqual([]);
});

describe('the checker sees', () => {
  const tree = toExplain(greatest('USD', [sum('USD', [amount('1'), amount('2')], about), product('USD', [amount('0.3', 'ratio'), amount('5')], about)], about));
  test.each([
    ['nothing wrong with an honest tree', {}, 0],
    ['an amount that is off', { amount: '3.01' }, 1],
    ['a winner that is none', { amount: '1.5', chosen: 1 }, 1],
    ['no winner named', { chosen: undefined }, 1],
    ['another operation', { op: 'sum' as const }, 1],
    ['an input without a source', { children: [{ label: 'x', op: 'input' as const, amount: '3', unit: 'USD', children: [] }], chosen: 0 }, 1],
    ['a rounding that was not made', { op: 'quotient' as const, amount: '2.1', chosen: undefined, rounding: { name: 'half-even' as const, places: 0 } }, 1],
  ])('%s', (_, change, wrong) => {
    expect(wrongNodes({ ...tree, ...change })).toHaveLength(wrong);
  });
});
