import { expect, test } from 'vitest';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';

const symbols = Array.from({ length: 60 }, (_, at) => `S${at}`);
const LARGE = { account: 'U1', cash: '-10000', positions: symbols.map((symbol) => ({ symbol, quantity: '10', price: '80' })) };

test('a price that is typed while a large account is looked at is in no answer, or in all of it, and in the next one', async () => {
  expect(symbols.length).toBeGreaterThanOrEqual(POSITIONS_LARGE);
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', flexFile('2026-11-20', [LARGE]));
  const view = async (callPrices: boolean): Promise<{ mark: string | null | undefined; netLiq: string; house: string | undefined; callPrices: number }> => {
    const { row, positions } = valueOf(await desk.ask('accounts.view', { account: 'U1', callPrices }));
    const typed = positions.find(({ instrument }) => instrument === 'S7');
    return { mark: typed?.mark, netLiq: row.netLiq, house: typed?.houseMaintenance, callPrices: positions.filter(({ callPriceDown }) => callPriceDown !== null).length };
  };
  const before = { mark: '80', netLiq: '38000', house: '240', callPrices: 0 };
  const after = { mark: '90', netLiq: '38100', house: '270', callPrices: 0 };
  const [early, typed, late, other] = await Promise.all([view(false), desk.ask('marks.set', { instrument: 'S7', price: '90' }), view(false), view(true)]);
  expect(typed).toMatchObject({ ok: true });
  expect(early).toEqual(before);
  // Asked before the price was taken in, answered as the book stood or as it stands then, and never in between.
  for (const answer of [late, other]) expect([before, after]).toContainEqual(answer);
  expect(await view(false)).toEqual(after);
});
