import { knownParameter } from '../../../main/engine/packs/parameter-keys.ts';
import type { AddOnTable } from '../../../main/engine/packs/schema.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../../main/engine/packs/shelf.ts';
import { stock, type Desk } from '../build.ts';

/** A house of one's own: 30 % on long stock, 30 % on short, and whatever tables and parameters a test names. */
export function houseWith(addOns: Record<string, Partial<AddOnTable> & Pick<AddOnTable, 'bands'>>, parameters: Record<string, string> = {}): { shelf: PackShelf; packs: string[] } {
  const source = { cites: 'House policy', status: 'house' };
  const tables = Object.fromEntries(Object.entries(addOns).map(([name, table]) => [name, { label: name, measure: 'issuerShare', effect: 'added', counts: 'securities', ...table, ...source }]));
  const rates = { 'house.stock.long.maintenance': '0.3', 'house.stock.short.maintenance': '0.3', ...parameters };
  const numbers = Object.fromEntries(Object.entries(rates).map(([key, value]) => [key, { value, unit: knownParameter(key)?.unit, label: key, ...source }]));
  const pack = { id: 'house', version: '1', title: 'A house of tests', layer: 'house', model: 'strategy', extends: 'us-reg-t', effectiveFrom: '2024-05-28', parameters: numbers, addOns: tables };
  const shelf = withPacks(shippedPacks(), [pack]);
  if (!shelf.ok) throw new Error(`${shelf.fault.at}: ${shelf.fault.message}`);
  return { shelf: shelf.value, packs: ['house'] };
}

/** Stock at 100 by instrument, in shares; negative is short. */
export function stocks(shares: Record<string, string>, more: Partial<Desk> = {}): Desk {
  const names = Object.keys(shares);
  return {
    instruments: Object.fromEntries(names.map((name) => [name, stock()])),
    prices: Object.fromEntries(names.map((name) => [name, '100'])),
    positions: names.map((name) => [name, shares[name] as string, shares[name]?.startsWith('-') ? 'short' : 'margin'] as const),
    ...more,
  };
}
