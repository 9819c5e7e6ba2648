import { Decimal } from '../../../shared/money.ts';

/**
 * Works out a line such as `5,600.00 ÷ (100 × (1 − 30%))`, apart from the code that writes such lines: numbers with
 * thousands and per cent, the four operations with their usual order, brackets, a leading minus.
 */
export function evaluate(text: string): Decimal {
  const tokens = [...text.matchAll(/[\d,]+(?:\.\d+)?%?|[()+−×÷-]/g)].map(([token]) => token);
  let at = 0;
  function factor(): Decimal {
    const token = tokens[at++] ?? '';
    if (token === '(') {
      const value = sum();
      at += 1;
      return value;
    }
    if (token === '-') return factor().neg();
    const value = new Decimal(token.replaceAll(/[,%]/g, ''));
    return token.endsWith('%') ? value.div(100) : value;
  }
  function product(): Decimal {
    let value = factor();
    while (tokens[at] === '×' || tokens[at] === '÷') value = tokens[at++] === '×' ? value.times(factor()) : value.div(factor());
    return value;
  }
  function sum(): Decimal {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '−') value = tokens[at++] === '+' ? value.plus(product()) : value.minus(product());
    return value;
  }
  return sum();
}
