import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import custodyProfile from './files/custody-profile.json' with { type: 'json' };

/** One thing the demo does to a book, through the same doors a person uses. */
export type DemoStep =
  /** Saves the mapping profile that the custody extract is read with. */
  | { kind: 'profile'; profile: MappingProfile }
  /** Imports a file of `files/`, with a saved profile where one is named. */
  | { kind: 'import'; file: string; profile?: string }
  /** A person types a price. */
  | { kind: 'mark'; instrument: InstrumentId; price: DecimalText }
  /** The official margin run of a business day. */
  | { kind: 'officialRun'; businessDate: IsoDate };

const CUSTODY = custodyProfile as MappingProfile;

/**
 * Three days of a margin desk, in order. On Monday a handful of accounts is called. On Thursday every broker's file
 * arrives. On Friday the market has fallen and the prime broker reports again: calls are paid, grow or fall overdue.
 * After Friday's official run a few prices move once more, so that some calls are only expected.
 *
 * The index level is typed because no position file carries it, and index options need it.
 */
export function demoSteps(): DemoStep[] {
  return [
    { kind: 'import', file: 'prime-2026-11-16.xml' },
    { kind: 'officialRun', businessDate: '2026-11-16' },
    { kind: 'profile', profile: CUSTODY },
    { kind: 'import', file: 'prime-2026-11-19.xml' },
    { kind: 'import', file: 'advisors-2026-11-19.xml' },
    { kind: 'import', file: 'statement-U4300029-2026-11-19.csv' },
    { kind: 'import', file: 'statement-U4300058-2026-11-19.csv' },
    { kind: 'import', file: 'statement-U4300087-2026-11-19.csv' },
    { kind: 'import', file: 'All-Accounts-Positions-2026-11-19.csv' },
    { kind: 'import', file: 'Portfolio_Positions_Nov-19-2026.csv' },
    { kind: 'import', file: 'custody-2026-11-19.csv', profile: CUSTODY.name },
    { kind: 'mark', instrument: 'SPX', price: '6641.2' },
    { kind: 'officialRun', businessDate: '2026-11-19' },
    { kind: 'import', file: 'prime-2026-11-20.xml' },
    { kind: 'mark', instrument: 'SPX', price: '6554.86' },
    { kind: 'officialRun', businessDate: '2026-11-20' },
    { kind: 'mark', instrument: 'TSLA', price: '361.15' },
    { kind: 'mark', instrument: 'NVDA', price: '173.4' },
  ];
}

/** Where a file of the demo lies. */
export function demoFile(name: string): URL {
  return new URL(`../demo/files/${name}`, import.meta.url);
}
