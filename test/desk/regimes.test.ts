import { expect, test } from 'vitest';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';

const DAY = '2026-11-20';
const PUT = { underlying: 'XYZ', right: 'P', strike: '95', expiry: '2027-01-15' } as const;
const BOOK = flexFile(DAY, [
  {
    account: 'U1',
    cash: '20000',
    positions: [
      { symbol: 'XYZ', quantity: '500', price: '100' },
      { symbol: 'XYZ   270115P00095000', quantity: '5', price: '3', category: 'OPT', option: PUT },
    ],
  },
]);

test('under either regime, explain opens the very figure that the comparison shows; the live account stays what it is', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'flex.xml', BOOK);
  const before = valueOf(await desk.ask('margin.state', { account: 'U1' }));
  const { regimes, figures, groups, offers } = valueOf(await desk.ask('account.compare', { account: 'U1', regimes: ['portfolio', 'house-ibkr'] }));
  expect(regimes.map(({ regime }) => regime)).toEqual(['now', 'portfolio', 'house-ibkr']);
  for (const { figure, amounts } of figures) {
    for (const [at, { regime }] of regimes.entries()) {
      const tree = valueOf(await desk.ask('margin.explain', { account: 'U1', figure, ...(regime === 'now' ? {} : { regime }) }));
      expect([figure, regime, tree.amount]).toEqual([figure, regime, amounts[at]]);
    }
  }
  // A put bought against the stock: by rule, 10 % of the strike and what it is out of the money; by risk, what both lose together.
  expect(groups[0]?.group).toBe('XYZ');
  expect(groups[0]?.reasons[0]).toContain('protective put');
  expect(groups[0]?.reasons[1]).toContain('Scenario');
  expect(offers.map(({ regime }) => regime)).toContain('securities-based-lending');
  expect(offers.map(({ regime }) => regime)).not.toContain('binance-usdm');
  expect(valueOf(await desk.ask('margin.state', { account: 'U1' }))).toEqual(before);
});

test('a regime that nobody knows is refused by name, and one that is not possible with its reason', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'flex.xml', BOOK);
  expect(await desk.ask('account.compare', { account: 'U1', regimes: ['soft'] })).toMatchObject({ ok: false, fault: { code: 'unknown-regime' } });
  expect(await desk.ask('margin.explain', { account: 'U1', figure: 'equity', regime: 'bybit' })).toMatchObject({ ok: false, fault: { code: 'not-comparable' } });
  expect(valueOf(await desk.ask('account.compare', { account: 'U1', regimes: ['bybit'] })).refused).toEqual([{ regime: 'bybit', reason: expect.stringContaining('is stock') }]);
});
