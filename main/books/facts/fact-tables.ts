import type { FactName } from '../../../shared/domain/facts.ts';
import { PARTITION_KINDS, type PartitionKind } from '../digests/partitions.ts';
import type { VersionedTable } from '../tables/versioned.ts';
import * as tables from '../tables/versioned-tables.ts';

/** Where each kind of fact lives. */
export const FACT_TABLES: Readonly<Record<FactName, { table: VersionedTable; kind: PartitionKind }>> = {
  account: { table: tables.accountFact, kind: PARTITION_KINDS.account },
  instrument: { table: tables.instrumentFact, kind: PARTITION_KINDS.instruments },
  position: { table: tables.position, kind: PARTITION_KINDS.account },
  cash: { table: tables.cash, kind: PARTITION_KINDS.account },
  mark: { table: tables.mark, kind: PARTITION_KINDS.marks },
  fx: { table: tables.exchangeRate, kind: PARTITION_KINDS.exchangeRates },
  activity: { table: tables.activity, kind: PARTITION_KINDS.activity },
  brokerFigure: { table: tables.brokerFigure, kind: PARTITION_KINDS.account },
  exclusion: { table: tables.exclusion, kind: PARTITION_KINDS.account },
};
