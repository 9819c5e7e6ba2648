import type { AccountRow } from '../../shared/views.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import type { ExplainRequest } from '../explain/request.ts';
import type { Column } from '../grid/column.ts';

export const REGIME_WORDS: Record<AccountRow['regime'], string> = { cash: 'Cash', regT: 'Reg T', portfolio: 'Portfolio', venue: 'Venue' };

const explains = (figure: FigureName) => (row: AccountRow): ExplainRequest => ({ account: row.account, figure });
const rests = (figure: FigureName) => (row: AccountRow): boolean => row.unverified.includes(figure);
const ccy = (row: AccountRow): string => row.currency;
const noEquity = (): string => 'Equity is not positive, so there is no ratio to it';

/** A money column of the account that opens its own explanation. */
function money(id: FigureName & keyof AccountRow, header: string, hint: string, width = 118, hidden = false): Column<AccountRow> {
  return { id, header, hint, kind: 'money', width, hidden, read: (row) => row[id], unit: ccy, explains: explains(id), unverified: rests(id) };
}

/** The accounts' columns: where each stands, then what that is made of. */
export const accountColumns: readonly Column<AccountRow>[] = [
  { id: 'status', header: 'Status', hint: 'Where the account stands now', kind: 'status', width: 126, pinned: true, read: (row) => row.status, note: (row) => row.statusReason, sort: { direction: 'desc', index: 0 } },
  { id: 'account', header: 'Account', hint: 'Press Enter to open it', kind: 'text', width: 130, pinned: true, read: (row) => row.account, tone: () => 'strong' },
  { id: 'client', header: 'Client', hint: 'The client’s name as the broker’s file has it', kind: 'text', width: 176, read: (row) => row.client, note: (row) => row.client },
  {
    id: 'regime',
    header: 'Rules',
    hint: 'Which margin rules govern the account; * marks a venue account shown under rule-based margin, which is indicative only',
    kind: 'text',
    width: 76,
    read: (row) => row.regime,
    show: (row) => REGIME_WORDS[row.regime] + (row.indicative ? ' *' : ''),
    note: (row) => (row.indicative ? 'Indicative: a venue account shown under rule-based margin' : null),
  },
  money('excess', 'Excess', 'Equity less the maintenance requirement; negative is a deficit'),
  { id: 'healthRatio', header: 'Health', hint: 'Equity over maintenance; 1.000 is the line', kind: 'ratio', width: 104, read: (row) => row.healthRatio, absent: () => 'Nothing is required, so there is no ratio', explains: explains('healthRatio'), unverified: rests('healthRatio'), sort: { direction: 'asc', index: 1 } },
  { id: 'cushion', header: 'Cushion', hint: 'Equity less maintenance, as a share of net liquidation value', kind: 'percent', width: 92, read: (row) => row.cushion, absent: () => 'Net liquidation value is not positive, so there is no share of it', explains: explains('excess'), unverified: rests('excess') },
  money('netLiq', 'Net liq', 'Cash, accruals and the value of all positions, options included'),
  money('equity', 'Equity', 'What the requirement is stated against'),
  money('initial', 'Initial', 'House initial requirement'),
  money('maintenance', 'Maintenance', 'House maintenance requirement: the one that counts'),
  money('available', 'Available', 'Equity less the initial requirement'),
  money('deficit', 'Deficit', 'What is missing to the maintenance requirement', 104),
  { id: 'utilisation', header: 'Used', hint: 'Initial requirement as a share of equity', kind: 'percent', width: 70, read: (row) => row.utilisation, absent: noEquity, explains: explains('utilisation'), unverified: rests('utilisation') },
  { id: 'leverage', header: 'Lev', hint: 'Gross market value over equity', kind: 'times', width: 64, read: (row) => row.leverage, absent: noEquity, explains: explains('leverage'), unverified: rests('leverage') },
  { ...money('specialMemorandum', 'SMA', 'What may be used of the special memorandum account of Regulation T', 104, true), absent: () => 'Trades are not known' },
  { ...money('buyingPower', 'Buying power', 'Stock that could be bought and held overnight', 118, true), absent: () => 'Not known under this account’s model' },
  { id: 'currency', header: 'Ccy', hint: 'Base currency of the account; all its amounts are in it', kind: 'text', width: 46, read: ccy, tone: () => 'faint' },
  { id: 'concentrationGroup', header: 'Largest', hint: 'The underlying with the largest share of gross market value', kind: 'text', width: 92, read: (row) => row.concentrationGroup },
  { id: 'concentration', header: 'Share', hint: 'The largest underlying’s share of gross market value', kind: 'percent', width: 74, read: (row) => row.concentration, absent: () => 'The account holds no positions' },
  { id: 'calls', header: 'Calls', hint: 'Open calls', kind: 'count', width: 56, read: (row) => String(row.calls) },
  { id: 'positions', header: 'Pos', hint: 'Positions', kind: 'count', width: 56, read: (row) => String(row.positions) },
  { id: 'excluded', header: 'Excl', hint: 'Positions that the figures do not hold in full: see Exclusions', kind: 'count', width: 54, read: (row) => String(row.excluded), tone: (row) => (row.excluded > 0 ? 'soon' : null) },
  { id: 'notPairedYet', header: 'Unpaired', hint: 'Option positions charged leg by leg, because their strategy is not recognised yet', kind: 'count', width: 78, read: (row) => String(row.notPairedYet), hidden: true },
  money('regTInitial', 'Reg T initial', 'Initial requirement of Regulation T', 118),
  money('exchangeMaintenance', 'Exch maint', 'Maintenance requirement of the exchange rules', 118),
  { id: 'asOf', header: 'As of', hint: 'The day the positions are of', kind: 'date', width: 86, read: (row) => row.asOf },
];
