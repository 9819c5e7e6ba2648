import { accountTables } from './001-accounts.ts';
import { importTables } from './001-imports.ts';
import { journalTables } from './001-journal.ts';
import { marginTables } from './001-margin.ts';
import { marketTables } from './001-market.ts';
import type { Migration } from './migrate.ts';

/** The whole data model. Some tables are filled only by what comes later; a column is dear to add to a full book. */
export const first: Migration = {
  version: 1,
  title: 'the data model',
  sql: [journalTables, marketTables, accountTables, marginTables, importTables].join('\n'),
};
