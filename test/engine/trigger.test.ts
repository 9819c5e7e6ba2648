import { describe, expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { callPrice, callPrices } from '../../main/engine/trigger.ts';
import { accountOf, call, idOf, marketOf, put, rate, stateOf, stock, type Desk } from './build.ts';

function triggers(desk: Desk, instrument = 'XYZ') {
  return callPrice(accountOf(desk), marketOf(desk), desk.shelf ?? shippedPacks(), instrument);
}
const held = (quantity: string, price: string, cash: string, more: Partial<Desk> = {}): Desk => ({ instruments: { XYZ: stock() }, prices: { XYZ: price }, positions: [['XYZ', quantity]], cash, ...more });

describe('one stock: the closed forms', () => {
  test('long: loan ÷ (shares × (1 − m))', () => {
    expect(triggers(held('400', '100', '-18000'))).toEqual({ down: '60', up: null });
    // 18,000 ÷ (400 × 0.75) = 60, where the shares are worth 24,000: the debit ÷ 0.75.
  });
  test('long without a loan is never called', () => {
    expect(triggers(held('400', '100', '0'))).toEqual({ down: null, up: null });
    expect(triggers(held('400', '100', '10'))).toEqual({ down: null, up: null });
  });
  test('short: credit ÷ (shares × (1 + m))', () => {
    expect(triggers(held('-500', '40', '39000'))).toEqual({ down: null, up: '60' });
    // 39,000 ÷ (500 × 1.3) = 60.
  });
  test('short below 16.67: the 5 dollars a share decide, which no single formula has', () => {
    // 1,000 short with 17,500: 17.50 = P + 5.00 at 12.50.
    expect(triggers(held('-1000', '10', '17500'))).toEqual({ down: null, up: '12.5' });
  });
  test('already called: the price above that would meet it', () => {
    expect(triggers(held('400', '55', '-18000'))).toEqual({ down: null, up: '60' });
  });
  test('exactly on the line: here, both ways', () => {
    expect(triggers(held('400', '60', '-18000'))).toEqual({ down: '60', up: '60' });
  });
  test('a root that does not end is rounded half-even to ten places', () => {
    expect(triggers(held('100', '90', '-5000')).down).toBe('66.6666666667');
  });
  test('no price helps where all of the value is asked', () => {
    expect(triggers({ ...held('400', '100', '-9000'), instruments: { XYZ: stock({ marginable: false }) } })).toEqual({ down: null, up: null });
  });
});

describe('books with turns in them', () => {
  test('a short option through its underlying: the minimum first, then the full rate', () => {
    const option = call('XYZ', '110');
    const desk: Desk = { instruments: { XYZ: stock(), [idOf(option)]: option }, prices: { XYZ: '90', [idOf(option)]: '1' }, positions: [[idOf(option), '-1']], cash: '2100' };
    // Until 100 the charge is 1 + 10 % of the price a share; above the strike it is 1 + 20 %: 21.00 at 100... but 21.00 = 1 + 20 at S with 20 % S − (110 − S) = 20.
    expect(triggers(desk)).toEqual({ down: null, up: '108.3333333333' });
    // Its own price, the underlying standing still: 100 × (P + 9.00) = 2,100.
    expect(triggers(desk, idOf(option))).toEqual({ down: null, up: '12' });
  });
  test('a short strangle is called on both sides', () => {
    const options = [call('XYZ', '110'), put('XYZ', '90')];
    const desk: Desk = { instruments: { XYZ: stock(), ...Object.fromEntries(options.map((option) => [idOf(option), option])) }, prices: { XYZ: '100', ...Object.fromEntries(options.map((option) => [idOf(option), '1'])) }, positions: options.map((option) => [idOf(option), '-1'] as const), cash: '3000' };
    const { down, up } = triggers(desk);
    expect(new Decimal(down ?? '0').lt(100)).toBe(true);
    expect(new Decimal(up ?? '0').gt(100)).toBe(true);
  });
  test('the cliff of a low-priced share is the answer where equity jumps across its requirement', () => {
    // Above 3.00 the house asks 30 %, below it everything: 1,000 shares with a debt of 1,000.
    expect(triggers(held('1000', '4', '-1000', { packs: ['us-reg-t', 'house-standard'] }))).toEqual({ down: '3', up: null });
    expect(triggers(held('1000', '3', '-1000', { packs: ['us-reg-t', 'house-standard'] }))).toEqual({ down: '3', up: null });
  });
  test('a pair that begins to save on the way changes the slope from there', () => {
    // Alone 100 × (P + 4.00); from P = 6.00 on the long call 10 away caps one of the two at 1,000.
    const options = [call('XYZ', '20'), call('XYZ', '30')];
    const [short, long] = options.map(idOf) as [string, string];
    const desk: Desk = { instruments: { XYZ: stock(), [short]: options[0] as never, [long]: options[1] as never }, prices: { XYZ: '20', [short]: '1', [long]: '0.1' }, positions: [[short, '-2'], [long, '1']], cash: '2600' };
    expect(triggers(desk, short)).toEqual({ down: null, up: '12' });
  });
  test('in another currency the root is in the instrument’s own', () => {
    const desk = held('400', '100', '-18000', { instruments: { XYZ: stock({ currency: 'EUR' }) }, fx: [rate('EUR', 'USD', '1.2')] });
    expect(triggers(desk)).toEqual({ down: '50', up: null });
  });
});

describe('no call price', () => {
  test.each([
    ['an instrument nobody holds', 'ABC'],
    ['one without a mark', 'DARK'],
  ])('%s', (_, instrument) => {
    expect(triggers(held('400', '100', '-18000', { instruments: { XYZ: stock(), ABC: stock(), DARK: stock() }, prices: { XYZ: '100', ABC: '5' }, positions: [['XYZ', '400'], ['DARK', '10']] }), instrument)).toEqual({ down: null, up: null });
  });
  test('a long option of nine months or less: its price touches neither side', () => {
    const option = call('XYZ', '110');
    const desk: Desk = { instruments: { XYZ: stock(), [idOf(option)]: option }, prices: { XYZ: '90', [idOf(option)]: '1' }, positions: [[idOf(option), '1']], cash: '5' };
    expect(triggers(desk, idOf(option))).toEqual({ down: null, up: null });
  });
});

test('with several pools the nearest root of any of them counts', () => {
  const desk = held('400', '100', '-18000');
  const account = accountOf(desk);
  const [pool] = account.pools;
  if (!pool) throw new Error('no pool');
  const riskier = { ...pool, id: 'second', cash: [{ currency: 'USD', kind: 'tradeDate' as const, amount: '-24000', valueDate: null }] };
  expect(callPrice({ ...account, pools: [pool, riskier] }, marketOf(desk), shippedPacks(), 'XYZ')).toEqual({ down: '80', up: null });
});

test('every position of a large account has its call prices, and each is that of the position searched by itself', () => {
  const names = Array.from({ length: 60 }, (_, at) => `S${at}`);
  const short = names.slice(0, 20).map((name) => call(name, '60'));
  const book: Desk = {
    instruments: Object.fromEntries([...names.map((name) => [name, stock()] as const), ...short.map((option) => [idOf(option), option] as const)]),
    prices: Object.fromEntries([...names.map((name, at) => [name, String(30 + at)] as const), ...short.map((option) => [idOf(option), '3'] as const)]),
    positions: [...names.map((name) => [name, '100'] as const), ...short.map((option) => [idOf(option), '-1'] as const)],
  };
  // A thousand dollars above the line, which the fall of one stock uses up.
  const desk: Desk = { ...book, cash: new Decimal(1000).minus(stateOf(book).excess).toFixed() };
  const instruments = desk.positions.map(([instrument]) => instrument);
  const found = callPrices(accountOf(desk), marketOf(desk), shippedPacks(), instruments);
  expect([...found.values()].filter(({ down, up }) => down !== null || up !== null).length).toBeGreaterThan(30);
  for (const instrument of instruments.filter((_, at) => at % 9 === 0)) expect(found.get(instrument)).toEqual(triggers(desk, instrument));
});
