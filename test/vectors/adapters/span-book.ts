import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { BUSINESS_DAY } from './book.ts';

/** A contract of a commodity: a future unless it says it is an option. Rows of one name are one contract. */
export interface SpanContract {
  name: string;
  quantity: string;
  month?: string;
  option?: { price: string; multiplier: string };
  array?: { sign: 'gain' | 'loss'; values: string[] };
}

/** A commodity as a published example states it, with what is held of it. */
export interface SpanCommodity {
  contracts: SpanContract[];
  [part: string]: unknown;
}

const SOURCE = { cites: 'The published example', status: 'secondary' };
const PACK = 'published-span';

/** A calc pack with one SPAN pool under the shipped rules and the example's own parameters. */
export function spanBook(commodities: Record<string, SpanCommodity>, scan: Record<string, unknown[]> = {}, currency = 'USD'): CalcPackInput {
  const held = Object.values(commodities).flatMap(({ contracts }) => contracts);
  const section = {
    commodities: Object.fromEntries(Object.entries(commodities).map(([id, { contracts, ...parts }]) => [id, { title: id, currency, contracts: contracts.map(({ name }) => name), ...parts, ...SOURCE }])),
    ...Object.fromEntries(Object.entries(scan).map(([part, rows]) => [part, rows.map((row) => ({ ...(row as object), ...SOURCE }))])),
  };
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: `${BUSINESS_DAY}T21:00:00Z`,
    baseCurrency: currency,
    instruments: Object.fromEntries(held.map((contract) => [contract.name, termsOf(contract, currency)])),
    riskArrays: Object.fromEntries(held.flatMap(({ name, array }) => (array ? [[name, { set: 'span-16', compositeDelta: '1', ...array }] as const] : []))),
    rulePacks: { [PACK]: { id: PACK, version: '1', title: 'Parameters of a published example', layer: 'account', model: 'scan', extends: 'span-generic', effectiveFrom: '2000-01-01', parameters: {}, scan: section } },
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'span', model: 'scan', packs: [PACK], positions: held.map(({ name, quantity }) => ({ instrument: name, quantity })) }] }],
  };
}

type Terms = NonNullable<CalcPackInput['instruments']>[string];

function termsOf({ month = '2026-12', option }: SpanContract, currency: string): Terms {
  const expiry = `${month}-28`;
  if (!option) return { kind: 'future', currency, multiplier: '1', expiry, price: '0' };
  return { kind: 'option', currency, multiplier: option.multiplier, underlying: 'UNDERLYING', right: 'put', strike: '18000', expiry, price: option.price };
}
