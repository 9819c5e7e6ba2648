import { expect, test } from 'vitest';
import { answerFrom, readQuestion } from '../../../main/engine/questions/answer.ts';
import { ENGINE_QUESTIONS } from '../../../main/engine/questions/table.ts';

function ask(ask: string, params: Record<string, unknown>) {
  const read = readQuestion({ format: 'plimsoll/question@1', ask, params });
  return read.ok ? answerFrom(ENGINE_QUESTIONS, read.value) : read;
}
const option = { right: 'call', style: 'european', spot: '42', strike: '40', years: '0.5', rate: '0.1' };

test('an option is priced from its volatility, and that comes back from the price', () => {
  const priced = ask('pricing.option', { ...option, volatility: '0.2' });
  expect(priced).toMatchObject({ ok: true, value: { volatility: '0.2' } });
  const price = priced.ok ? priced.value['price'] : null;
  expect(price).toMatch(/^4\.7594/);
  expect(ask('pricing.option', { ...option, price })).toMatchObject({ ok: true, value: { volatility: expect.stringMatching(/^0\.(?:2|19999999999\d*|20000000000\d*)$/) } });
});

test('an American option takes cash dividends, a European one says where they belong', () => {
  const dividends = [{ years: '0.25', amount: '1' }];
  expect(ask('pricing.option', { ...option, style: 'american', volatility: '0.2', dividends }).ok).toBe(true);
  expect(ask('pricing.option', { ...option, volatility: '0.2', dividends })).toMatchObject({ ok: false, fault: { code: 'bad-question', at: 'params.dividends' } });
});

test('what has no answer says why', () => {
  expect(ask('pricing.option', { ...option, price: '3' })).toMatchObject({ ok: false, fault: { code: 'price-below-intrinsic' } });
  expect(ask('pricing.option', { ...option, price: '43' })).toMatchObject({ ok: false, fault: { code: 'price-above-maximum' } });
  expect(ask('pricing.option', option)).toMatchObject({ ok: false, fault: { code: 'bad-question' } });
  expect(ask('pricing.option', { ...option, price: '3', volatility: '0.2' })).toMatchObject({ ok: false, fault: { code: 'bad-question' } });
  expect(ask('pricing.option', { ...option, rate: '-90000', volatility: '0.2' })).toMatchObject({ ok: false, fault: { code: 'out-of-range' } });
});

test('an inverse contract is asked for its profit in coin', () => {
  expect(ask('pricing.inverseProfit', { amount: '10000', entry: '50000', mark: '40000' })).toEqual({ ok: true, value: { profit: '-0.05' } });
  expect(ask('pricing.inverseProfit', { amount: '10000', entry: '0', mark: '40000' })).toMatchObject({ ok: false, fault: { code: 'bad-question' } });
});
