import { pageById, pageOfFigure, pageOfStrategy } from '../../shared/help/find.ts';
import type { Column } from '../grid/column.ts';
import type { HelpRequest } from './state.ts';

/** The page of every column that is not itself a figure; figures have theirs by what they explain. */
const COLUMN_PAGES: Record<string, string> = {
  status: 'statuses',
  statusReason: 'statuses',
  regime: 'requirements',
  cushion: 'ratios',
  type: 'calls',
  state: 'calls',
  outstanding: 'calls',
  called: 'calls',
  met: 'calls',
  dueOn: 'calls',
  dueIn: 'calls',
  changeSinceRaise: 'calls',
  age: 'calls',
  owner: 'calls',
  lastAction: 'calls',
  rank: 'calls',
  calls: 'calls',
  driver: 'requirements',
  driverShare: 'requirements',
  currency: 'currencies',
  concentration: 'house-add-ons',
  concentrationGroup: 'house-add-ons',
  excluded: 'statuses',
  notPairedYet: 'pairing',
  group: 'pairing',
  quantity: 'equity',
  side: 'equity',
  mark: 'equity',
  markAsOf: 'equity',
  markSource: 'equity',
  value: 'equity',
  valueInBase: 'currencies',
  maintenanceShare: 'requirements',
  callPriceDown: 'call-price',
  callPriceUp: 'call-price',
  liquidationDown: 'call-price',
  liquidationUp: 'call-price',
  bankruptcyDown: 'call-price',
  bankruptcyUp: 'call-price',
  badges: 'rule-packs',
  subType: 'equity',
  daysToExpiry: 'spreads',
};

/** Columns about a position's requirement lead to the page of the strategy it is part of. */
const BY_STRATEGY: ReadonlySet<string> = new Set(['strategy', 'rule', 'regTInitial', 'exchangeMaintenance', 'houseInitial', 'houseMaintenance', 'instrument', 'description']);

function wordOf(row: unknown, name: 'strategy' | 'account'): string | null {
  const value = typeof row === 'object' && row !== null && name in row ? (row as Record<typeof name, unknown>)[name] : null;
  return typeof value === 'string' ? value : null;
}

/** The page about a cell; null where it is a name that no rule is about. */
export function pageOfCell<Row>(column: Column<Row>, row: Row): string | null {
  const strategy = BY_STRATEGY.has(column.id) ? wordOf(row, 'strategy') : null;
  const byStrategy = strategy === null ? null : pageOfStrategy(strategy);
  if (byStrategy) return byStrategy.id;
  const named = COLUMN_PAGES[column.id];
  if (named !== undefined) return pageById(named)?.id ?? null;
  return column.explains ? pageOfFigure(column.explains(row).figure).id : null;
}

/** What F1 opens on a cell: its page, with the values in force for the row's account. */
export function helpOnCell<Row>(column: Column<Row>, row: Row): HelpRequest {
  return { page: pageOfCell(column, row), account: wordOf(row, 'account') };
}
