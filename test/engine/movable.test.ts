import { describe, expect, test } from 'vitest';
import type { CalcPackInput } from '../../shared/calc-pack.ts';
import { computePack, preparePack } from '../../main/engine/calc-pack/compute-pack.ts';
import { packOfAccount } from '../../main/engine/calc-pack/pack-of-account.ts';
import { readCalcPack } from '../../main/engine/calc-pack/read-pack.ts';
import { verifyPack } from '../../main/engine/calc-pack/verify-pack.ts';
import { faultLine, type Result } from '../../shared/result.ts';

type Pools = CalcPackInput['accounts'][number]['pools'];
type Account = CalcPackInput['accounts'][number];

/** A venue in dollars with 900 to spare, one in euros with nothing, and routes between them. */
const pools: Pools = [
  { id: 'first', mode: 'venue', model: 'lending', packs: ['lending-standard'], cash: { USD: '900' } },
  { id: 'second', mode: 'venue', model: 'lending', currency: 'EUR', packs: ['lending-standard'], cash: { EUR: '-50' } },
];
const routes = [{ from: 'first', to: 'second', haircut: '0.02', delayMinutes: '90' }];
const packOf = (account: Partial<Account>, rest: Partial<CalcPackInput> = {}): CalcPackInput => ({ format: 'plimsoll/calc-pack@1', asOf: '2026-11-20T21:30:00Z', baseCurrency: 'USD', fx: { EUR: '1.25' }, ...rest, accounts: [{ id: 'A1', regime: 'venue', pools, ...account }] });
const stateOf = (...given: Parameters<typeof packOf>) => valueOf(computePack(valueOf(readCalcPack(packOf(...given))))).accounts[0];

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}

describe('collateral that could move', () => {
  test('is told with its haircut and the moment it would arrive, in the receiver’s currency', () => {
    expect(stateOf({ routes })?.movable).toEqual([{ from: 'first', to: 'second', free: '900', amount: '705.6', currency: 'EUR', arrivesAt: '2026-11-20T23:00:00Z' }]);
  });
  test('changes no other figure: the deficit stays until it is there', () => {
    const state = stateOf({ routes });
    expect({ ...state, movable: undefined }).toEqual({ ...stateOf({}), movable: undefined });
    expect(state?.status).not.toBe('healthy');
  });
  test('a pool in need, or one of which not everything is known, has nothing to spare', () => {
    expect(stateOf({ routes: [{ from: 'second', to: 'first', haircut: '0', delayMinutes: '0' }] })?.movable).toMatchObject([{ free: '0', amount: '0' }]);
    const [first, second] = pools;
    const unknown: Pools = [{ ...(first as Pools[number]), debt: [{ instrument: 'XYZ', quantity: '1' }] }, second as Pools[number]];
    expect(stateOf({ routes, pools: unknown }, { instruments: { XYZ: { kind: 'coin', currency: 'USD' } } })?.movable).toMatchObject([{ free: '0', amount: '0' }]);
  });
  test('what is on its way counts from the minute it arrives', () => {
    const [first, second] = pools;
    const arriving = (arrivesAt: string): Pools => [first as Pools[number], { ...(second as Pools[number]), cashRows: [{ currency: 'EUR', kind: 'pendingDeposit', amount: '70', arrivesAt }] }];
    expect(stateOf({ pools: arriving('2026-11-20T21:31:00Z') })?.pools[1]?.equity).toBe('-50');
    expect(stateOf({ pools: arriving('2026-11-20T21:30:00Z') })?.pools[1]?.equity).toBe('20');
  });
  test('routes and arrivals travel in a calc pack and verify', () => {
    const { accounts, market, shelf } = valueOf(preparePack(valueOf(readCalcPack(packOf({ routes })))));
    if (!accounts[0]) throw new Error('no account');
    const written = valueOf(packOfAccount(accounts[0], market, shelf));
    expect(valueOf(verifyPack(valueOf(readCalcPack(JSON.parse(JSON.stringify(written)))))).differences).toEqual([]);
    expect(written.accounts[0]?.routes).toEqual(routes);
  });
});
