import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { computePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';

type Terms = NonNullable<CalcPackInput['instruments']>[string];
export const SOURCE = { cites: 'Invented for the test', status: 'house' } as const;

/** What a test says of a scan pool; everything left out is the plainest thing that can be. */
export interface ScanDesk {
  instruments: Record<string, Terms>;
  positions: Record<string, string>;
  /** Gains of one contract. */
  arrays?: Record<string, { values: string[]; delta?: string; set?: string }>;
  scan?: object;
  parameters?: object;
  beneath?: string;
  cash?: string;
  currency?: string;
  fx?: Record<string, string>;
  pool?: object;
  market?: CalcPackInput['market'];
}

/** The state of the account under the desk's own pack, laid over a shipped one. */
export function scanned(desk: ScanDesk): AccountState {
  const result = computed(desk);
  if (!result.ok) throw new Error(`${result.fault.at ?? ''}: ${result.fault.message}`);
  return result.value.accounts[0] as AccountState;
}

export function computed({ instruments, positions, arrays = {}, scan = {}, parameters = {}, beneath = 'span-generic', cash = '0', currency = 'USD', fx = {}, pool = {}, market }: ScanDesk): ReturnType<typeof computePack> {
  const own = { id: 'own', version: '1', title: 'Own', layer: 'account', model: 'scan', extends: beneath, effectiveFrom: '2000-01-01', parameters, scan };
  const set = beneath.includes('portfolio') ? 'pm-10' : 'span-16';
  const pack = readCalcPack({
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: currency,
    fx,
    instruments,
    ...(market ? { market } : {}),
    riskArrays: Object.fromEntries(Object.entries(arrays).map(([name, { values, delta, set: other }]) => [name, { set: other ?? set, sign: 'gain', values, ...(delta === undefined ? {} : { compositeDelta: delta }) }])),
    rulePacks: { own },
    accounts: [{ id: 'A', regime: 'portfolio', pools: [{ id: 'p', model: 'scan', packs: ['own'], cash: { [currency]: cash }, positions: Object.entries(positions).map(([instrument, quantity]) => ({ instrument, quantity })), ...pool }] }],
  });
  return pack.ok ? computePack(pack.value) : pack;
}

/** The first node of the maintenance tree with that label. */
export function nodeOf(state: AccountState, label: string): ExplainNode {
  const open = state.pools.map(({ explain }) => explain);
  for (let node = open.shift(); node; node = open.shift()) {
    if (node.label === label) return node;
    open.unshift(...node.children);
  }
  throw new Error(`no node ${label}`);
}

export function futureTerms(expiry = '2026-12-18', more: object = {}): Terms {
  return { kind: 'future', currency: 'USD', multiplier: '1', underlying: 'OIL', expiry, price: '100', ...more };
}

export function optionTerms(right: 'call' | 'put', strike: string, price: string, more: object = {}): Terms {
  return { kind: 'option', currency: 'USD', multiplier: '100', underlying: 'XYZ', right, strike, expiry: '2027-03-19', price, ...more };
}

/** Sixteen gains that are nothing but in the scenarios named. */
export function gainsAt(at: Record<number, string>, length = 16): string[] {
  return Array.from({ length }, (_, index) => at[index + 1] ?? '0');
}
