import { readFileSync } from 'node:fs';
import { readSourceFile, type ReadOptions } from '../../main/import/read-file.ts';
import type { FactName, FactTypes } from '../../shared/domain/facts.ts';
import type { MappingProfile, ReadFile, RowNote } from '../../shared/domain/import-plan.ts';
import type { Result } from '../../shared/result.ts';

/** A desk's own CSV, as its mapping profile would be saved. */
export const DESK_PROFILE: MappingProfile = {
  name: 'Operations',
  delimiter: ';',
  decimalComma: true,
  dateFormat: 'DD.MM.YYYY',
  columns: {
    account: 'Acct',
    client: 'Client',
    symbol: 'Instrument',
    description: 'Name',
    quantity: 'Net Position',
    side: 'L/S',
    price: 'Mark',
    currency: 'Ccy',
    fxRate: 'FX',
    multiplier: 'Contract Size',
    kind: 'Asset Class',
    asOf: 'Day',
  },
  constants: { currency: 'USD' },
  complete: true,
};

export function fixtureBytes(name: string): Uint8Array {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

export function readText(name: string, text: string, options: Partial<ReadOptions> = {}): Result<ReadFile> {
  return readSourceFile({ name, bytes: new TextEncoder().encode(text) }, { profiles: [], ...options });
}

/** The value, or a failure that shows the fault. */
export function taken<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.fault)}`);
  return result.value;
}

export function readFixture(name: string): ReadFile {
  return taken(readSourceFile({ name, bytes: fixtureBytes(name) }, { profiles: [DESK_PROFILE] }));
}

/** The fault code, or "read" when there is none. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'read' : result.fault.code;
}

/** The one fact of a name that fits, by some of its fields. */
export function factOf<Name extends FactName>(read: ReadFile, name: Name, fields: Partial<FactTypes[Name]>): FactTypes[Name] {
  const found = read.facts[name].filter((fact) => Object.entries(fields).every(([field, value]) => (fact as unknown as Record<string, unknown>)[field] === value));
  if (found.length !== 1) throw new Error(`${found.length} facts of ${name} fit ${JSON.stringify(fields)}`);
  return found[0] as FactTypes[Name];
}

export function held(read: ReadFile, account: string): Record<string, string> {
  return Object.fromEntries(read.facts.position.filter((position) => position.account === account).map(({ instrument, subType, quantity }) => [`${instrument} ${subType}`, quantity]));
}

export function cashOf(read: ReadFile, account: string): Record<string, string> {
  return Object.fromEntries(read.facts.cash.filter((cash) => cash.account === account).map(({ currency, kind, amount }) => [`${currency} ${kind}`, amount]));
}

export function terms(read: ReadFile, id: string): FactTypes['instrument']['terms'] {
  return factOf(read, 'instrument', { id }).terms;
}

export function notesAt(notes: readonly RowNote[]): [number, string][] {
  return notes.map(({ line, code }) => [line, code]);
}
