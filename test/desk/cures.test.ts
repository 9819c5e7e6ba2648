import { expect, test } from 'vitest';
import type { Headline } from '../../shared/views.ts';
import { cureBasis, cureWords } from '../../shared/cure-words.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';

const DAY = '2026-11-20';
const XYZ_CALL = { underlying: 'XYZ', right: 'C', strike: '105', expiry: '2026-12-18' } as const;
const BOOK = flexFile(DAY, [
  { account: 'U1', cash: '-31000', positions: [{ symbol: 'XYZ', quantity: '400', price: '100' }, { symbol: 'ABC', quantity: '100', price: '40' }] },
  {
    account: 'U2',
    cash: '-26000',
    positions: [
      { symbol: 'XYZ', quantity: '300', price: '100' },
      { symbol: 'XYZ   261218C00105000', quantity: '-3', price: '2.5', category: 'OPT', option: XYZ_CALL },
    ],
  },
  { account: 'U3', cash: '5000', positions: [{ symbol: 'XYZ', quantity: '10', price: '100' }] },
]);

test('every cure, put on a what-if with its own edits, gives the account that was promised', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'flex.xml', BOOK);
  for (const account of ['U1', 'U2']) {
    const { pools } = valueOf(await desk.ask('account.cures', { account }));
    const cures = pools.flatMap((pool) => pool.cures);
    expect(cures.length).toBeGreaterThan(1);
    for (const cure of cures) {
      const { branchId } = valueOf(await desk.ask('whatif.open', { account }));
      let view = valueOf(await desk.ask('whatif.view', { branchId }));
      expect(cure.edits.length).toBeGreaterThan(0);
      for (const edit of cure.edits) view = valueOf(await desk.ask('whatif.edit', { branchId, edit }));
      const shown = (figure: Headline['figure']) => view.headlines.find((line) => line.figure === figure)?.branch;
      expect({ status: view.status.branch, equity: shown('equity'), maintenance: shown('maintenance'), excess: shown('excess'), deficit: shown('deficit') }, cureWords(cure, 'USD')).toEqual(cure.after);
    }
  }
});

test('cures come with the sale by formula where it holds, and by computing again where options are charged with the stock', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'flex.xml', BOOK);
  const [plain] = valueOf(await desk.ask('account.cures', { account: 'U1' })).pools;
  // Missing: 30 % of 44,000 less equity of 13,000 = 200; ÷ 0.3 = 666.67, so 7 shares of XYZ at 100 or 17 of ABC at 40.
  expect(plain?.missing).toBe('200');
  expect(plain?.cures.map((cure) => `${cureWords(cure, 'USD')} | ${cureBasis(cure)}`)).toEqual([
    'Deposit 200.00 USD | cash counts in full',
    'Bring in 8 ABC | call ÷ (1 − rate), confirmed',
    'Sell 17 ABC | call ÷ rate, confirmed',
    'Sell 7 XYZ | call ÷ rate, confirmed',
  ]);
  const covered = valueOf(await desk.ask('account.cures', { account: 'U2' })).pools[0];
  expect(covered?.cures.filter(({ kind }) => kind === 'close').map(({ by }) => by)).not.toContain('formula');
});

test('an account that misses nothing has no cures', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'flex.xml', BOOK);
  expect(valueOf(await desk.ask('account.cures', { account: 'U3' }))).toEqual({ account: 'U3', pools: [] });
});
