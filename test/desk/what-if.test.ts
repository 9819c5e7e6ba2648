import { expect, test } from 'vitest';
import type { Output } from '../../shared/contract.ts';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import type { Headline } from '../../shared/views.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';

const DAY = '2026-11-20';
const BOOK = flexFile(DAY, [
  { account: 'U1', name: 'Ada Harbour', cash: '-40000', positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }] },
]);

async function deskWithOneAccount() {
  const desk = await testDesk();
  await importBytes(desk, 'flex.xml', BOOK);
  const branch = valueOf(await desk.ask('whatif.open', { account: 'U1' }));
  return { desk, branch, position: branch.positions[0]?.key ?? '' };
}

function headline(view: Output<'whatif.view'>, figure: Headline['figure']): Headline {
  const found = view.headlines.find((line) => line.figure === figure);
  if (!found) throw new Error(`no headline ${figure}`);
  return found;
}

test('selling at the mark leaves equity as it was and frees maintenance', async () => {
  const { desk, branch, position } = await deskWithOneAccount();
  const edited = valueOf(await desk.ask('whatif.edit', { branchId: branch.branchId, edit: { kind: 'setQuantity', position, quantity: '600' } }));
  expect(headline(edited, 'equity')).toMatchObject({ live: '40000', branch: '40000', change: '0' });
  // House maintenance is 30 % of 80,000 and of 48,000.
  expect(headline(edited, 'maintenance')).toMatchObject({ live: '24000', branch: '14400', change: '-9600' });
  expect(edited.positions[0]).toMatchObject({ quantity: '600', live: { quantity: '1000' } });
});

test('a price edit moves equity and requirement, and changes no cash', async () => {
  const { desk, branch } = await deskWithOneAccount();
  const edited = valueOf(await desk.ask('whatif.edit', { branchId: branch.branchId, edit: { kind: 'setPrice', instrument: 'XYZ', price: '50' } }));
  expect(headline(edited, 'equity')).toMatchObject({ live: '40000', branch: '10000' });
  expect(headline(edited, 'deficit')).toMatchObject({ live: '0', branch: '5000' });
  expect(edited.status).toEqual({ live: 'healthy', branch: 'call' });
  expect(edited.cash).toEqual(branch.cash);
});

test('adding a leg buys it at the given price, closing it gives the live figures back', async () => {
  const { desk, branch } = await deskWithOneAccount();
  const { branchId } = branch;
  const added = valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'addLeg', symbol: 'XYZ   261218P00075000', quantity: '10', price: '1.5' } }));
  const leg = added.positions.find((row) => row.added);
  expect(leg).toMatchObject({ instrument: 'XYZ 2026-12-18 P 75', quantity: '10', mark: '1.5' });
  expect(headline(added, 'netLiq').change).toBe('0');
  const closed = valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'closeLeg', position: leg?.key ?? '' } }));
  expect(closed.headlines.map(({ change }) => change)).toEqual(closed.headlines.map(({ change }) => (change === null ? null : '0')));
});

test('undo and redo walk the edits; a new edit forgets what was undone', async () => {
  const { desk, branch, position } = await deskWithOneAccount();
  const { branchId } = branch;
  const edit = (quantity: string) => desk.ask('whatif.edit', { branchId, edit: { kind: 'setQuantity', position, quantity } });
  const first = valueOf(await edit('900'));
  const second = valueOf(await edit('800'));
  const undone = valueOf(await desk.ask('whatif.undo', { branchId }));
  expect(undone.headlines).toEqual(first.headlines);
  expect(valueOf(await desk.ask('whatif.redo', { branchId })).headlines).toEqual(second.headlines);
  valueOf(await desk.ask('whatif.undo', { branchId }));
  expect(valueOf(await edit('700')).canRedo).toBe(false);
  valueOf(await desk.ask('whatif.undo', { branchId }));
  const back = valueOf(await desk.ask('whatif.undo', { branchId }));
  expect(back.positions).toEqual(branch.positions);
  expect(await desk.ask('whatif.undo', { branchId })).toMatchObject({ ok: false, fault: { code: 'nothing-to-undo' } });
});

test('the live book is untouched, and a branch on an older book says that it is stale', async () => {
  const { desk, branch, position } = await deskWithOneAccount();
  const { branchId } = branch;
  const before = valueOf(await desk.ask('margin.state', { account: 'U1' }));
  valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'setQuantity', position, quantity: '1' } }));
  valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'deposit', currency: 'USD', amount: '1000000' } }));
  expect(valueOf(await desk.ask('margin.state', { account: 'U1' }))).toEqual(before);
  expect(valueOf(await desk.ask('whatif.view', { branchId })).stale).toBe(false);
  valueOf(await desk.ask('marks.set', { instrument: 'XYZ', price: '81' }));
  expect(valueOf(await desk.ask('whatif.view', { branchId })).stale).toBe(true);
  valueOf(await desk.ask('whatif.discard', { branchId }));
  expect(await desk.ask('whatif.view', { branchId })).toMatchObject({ ok: false, fault: { code: 'unknown-branch' } });
});

test('edits that cannot be made are refused with a sentence and change nothing', async () => {
  const { desk, branch } = await deskWithOneAccount();
  const { branchId } = branch;
  const refused = [
    { kind: 'setQuantity', position: 'nowhere', quantity: '1' },
    { kind: 'setPrice', instrument: 'NOPE', price: '1' },
    { kind: 'setPrice', instrument: 'XYZ', price: '-1' },
    { kind: 'addLeg', symbol: 'UNKNOWN', quantity: '1' },
  ] as const;
  for (const edit of refused) {
    const answer = await desk.ask('whatif.edit', { branchId, edit });
    expect(answer).toMatchObject({ ok: false });
  }
  expect(valueOf(await desk.ask('whatif.view', { branchId })).edits).toEqual([]);
});

test('call prices are those of the edited account, of the version that they say', async () => {
  const { desk, branch: { branchId }, position } = await deskWithOneAccount();
  const pricesNow = async () => valueOf(await desk.ask('whatif.callPrices', { branchId }));
  // Equity 1,000 × P − 40,000 meets 30 % of 1,000 × P at 40,000 ÷ 700.
  const first = await pricesNow();
  expect(first.prices).toEqual([{ instrument: 'XYZ', callPrice: { down: '57.1428571429', up: null } }]);
  const edited = valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'deposit', currency: 'USD', amount: '5000' } }));
  const second = await pricesNow();
  expect(second).toEqual({ version: edited.version, prices: [{ instrument: 'XYZ', callPrice: { down: '50', up: null } }] });
  expect(first.version).toBeLessThan(second.version);
  valueOf(await desk.ask('whatif.edit', { branchId, edit: { kind: 'closeLeg', position } }));
  expect((await pricesNow()).prices).toEqual([]);
});

test('of a large account no call prices are looked for', async () => {
  const desk = await testDesk();
  const positions = Array.from({ length: POSITIONS_LARGE }, (_, at) => ({ symbol: `X${String.fromCodePoint(65 + (at % 26))}${String.fromCodePoint(65 + Math.floor(at / 26))}`, quantity: '10', price: '80' }));
  await importBytes(desk, 'flex.xml', flexFile(DAY, [{ account: 'U1', cash: '-10', positions }]));
  const { branchId, version } = valueOf(await desk.ask('whatif.open', { account: 'U1' }));
  expect(valueOf(await desk.ask('whatif.callPrices', { branchId }))).toEqual({ version, prices: null });
});
