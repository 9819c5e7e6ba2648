import { expect, test } from 'vitest';
import { alignPrice, formatChange, formatFigure, fullFigure, kindOfUnit } from '../../../renderer/format/figure.ts';

test('money has two decimals, thousands separated, negatives in parentheses', () => {
  expect(formatFigure('1234567.891', 'money')).toBe('1,234,567.89');
  expect(formatFigure('-1250.5', 'money')).toBe('(1,250.50)');
  expect(formatFigure('-1250.5', 'money', 'minus')).toBe('-1,250.50');
});

test('nothing is a dash, but a small amount that rounds to nothing is not', () => {
  expect(formatFigure('0', 'money')).toBe('–');
  expect(formatFigure('0.004', 'money')).toBe('0.00');
  expect(formatFigure('-0.004', 'money')).toBe('(0.00)');
});

test('a ratio just under the line is never shown as on it', () => {
  expect(formatFigure('0.9994', 'ratio')).toBe('0.999');
  expect(formatFigure('1', 'ratio')).toBe('1.000');
});

test('a share is shown as a percentage, a multiple with its sign', () => {
  expect(formatFigure('0.0525', 'percent')).toBe('5.2%');
  expect(formatFigure('-0.07545', 'percent')).toBe('(7.5%)');
  expect(formatFigure('2.345', 'times')).toBe('2.34×');
});

test('prices keep two to four decimals and their points stay in line', () => {
  expect(formatFigure('190', 'price')).toBe('190.00');
  expect(formatFigure('99.875', 'price')).toBe('99.875');
  expect(formatFigure('0.123456', 'price')).toBe('0.1235');
  const widths = ['190', '99.875', '0.1234'].map((text) => {
    const aligned = alignPrice(formatFigure(text, 'price'), text);
    return aligned.length - aligned.indexOf('.');
  });
  expect(new Set(widths).size).toBe(1);
});

test('quantities keep the decimals they have, up to six', () => {
  expect(formatFigure('-300', 'quantity')).toBe('(300)');
  expect(formatFigure('12.5', 'quantity')).toBe('12.5');
});

test('a change always carries its sign', () => {
  expect(formatChange('1250.5', 'money')).toBe('+1,250.50');
  expect(formatChange('-1250.5', 'money')).toBe('−1,250.50');
  expect(formatChange('0', 'money')).toBe('–');
});

test('the full figure has every digit', () => {
  expect(fullFigure('-1234567.123456789')).toBe('-1,234,567.123456789');
});

test('units say how a figure is written', () => {
  expect(['USD', 'BTC', 'ratio', 'percent', 'USD/share', 'contracts'].map(kindOfUnit)).toEqual(['money', 'money', 'ratio', 'percent', 'price', 'quantity']);
});
