import type { QueueRow } from '../../shared/views.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import { CALL_STATE_WORDS, CALL_TYPE_WORDS } from '../design/status.ts';
import type { ExplainRequest } from '../explain/request.ts';
import { formatDueIn, formatMoment } from '../format/moment.ts';
import type { Column } from '../grid/column.ts';

const explains = (figure: FigureName) => (row: QueueRow): ExplainRequest => ({ account: row.account, figure });
const rests = (figure: FigureName) => (row: QueueRow): boolean => row.unverified.includes(figure);
const ccy = (row: QueueRow): string => row.currency;
const noCall = (row: QueueRow): string => (row.type === null ? 'No call: the account is here because it is indeterminate' : 'No amount for this call');

function dueTone(row: QueueRow): 'late' | 'soon' | null {
  if (row.dueInBusinessDays === null) return null;
  if (row.dueInBusinessDays < 0) return 'late';
  return row.dueInBusinessDays <= 1 ? 'soon' : null;
}

/** The call queue's columns, in the order a desk works them: who, what, how much, by when, and why. At 1280 all up to the driver are seen. */
export const queueColumns: readonly Column<QueueRow>[] = [
  { id: 'rank', header: '#', hint: 'Place in the queue, most urgent first', kind: 'count', width: 42, pinned: true, read: (row) => String(row.rank), tone: () => 'faint' },
  { id: 'status', header: 'Status', hint: 'Where the account stands now', kind: 'status', width: 124, pinned: true, read: (row) => row.status, note: (row) => row.statusReason },
  { id: 'account', header: 'Account', hint: 'Press Enter to open it', kind: 'text', width: 112, pinned: true, read: (row) => row.account, tone: () => 'strong' },
  { id: 'client', header: 'Client', hint: 'The client’s name as the broker’s file has it', kind: 'text', width: 124, read: (row) => row.client, note: (row) => row.client },
  { id: 'type', header: 'Call', hint: 'Who asks for the margin', kind: 'text', width: 80, read: (row) => row.type, show: (row) => (row.type === null ? '' : CALL_TYPE_WORDS[row.type]), absent: noCall },
  {
    id: 'state',
    header: 'State',
    hint: 'Where the call is in its life; an expected call is not issued yet',
    kind: 'text',
    width: 104,
    read: (row) => row.state,
    show: (row) => (row.state === null ? '' : CALL_STATE_WORDS[row.state]),
    absent: noCall,
    tone: (row) => (row.state === 'expected' ? 'faint' : null),
  },
  { id: 'outstanding', header: 'Outstanding', hint: 'Called and not yet met', kind: 'money', width: 116, read: (row) => row.outstanding, unit: ccy, absent: noCall, explains: explains('deficit'), unverified: rests('deficit'), tone: () => 'strong' },
  { id: 'currency', header: 'Ccy', hint: 'Base currency of the account; all its amounts are in it', kind: 'text', width: 44, read: ccy, tone: () => 'faint' },
  { id: 'dueOn', header: 'Due', hint: 'The day by which the call must be met', kind: 'date', width: 87, read: (row) => row.dueOn, absent: noCall, tone: dueTone },
  {
    id: 'dueIn',
    field: 'dueInBusinessDays',
    header: 'Left',
    hint: 'Business days left, counted from the book’s day',
    kind: 'count',
    width: 76,
    read: (row) => (row.dueInBusinessDays === null ? null : String(row.dueInBusinessDays)),
    show: (row) => (row.dueInBusinessDays === null ? '' : formatDueIn(row.dueInBusinessDays)),
    absent: noCall,
    tone: dueTone,
  },
  { id: 'excess', header: 'Excess now', hint: 'Equity less the maintenance requirement; negative is a deficit', kind: 'money', width: 120, read: (row) => row.excess, unit: ccy, explains: explains('excess'), unverified: rests('excess') },
  { id: 'healthRatio', header: 'Health', hint: 'Equity over maintenance; 1.000 is the line', kind: 'ratio', width: 68, read: (row) => row.healthRatio, absent: () => 'Nothing is required, so there is no ratio', explains: explains('healthRatio'), unverified: rests('healthRatio') },
  { id: 'cushion', header: 'Cushion', hint: 'Equity less maintenance, as a share of net liquidation value', kind: 'percent', width: 92, read: (row) => row.cushion, absent: () => 'Net liquidation value is not positive, so there is no share of it', explains: explains('excess'), unverified: rests('excess') },
  {
    id: 'driver',
    header: 'Driver',
    hint: 'The underlying that takes most of the requirement',
    kind: 'text',
    width: 76,
    grows: true,
    read: (row) => row.driver,
    absent: () => 'Nothing is required',
  },
  { id: 'driverShare', header: 'Share', hint: 'The driver’s share of the requirement', kind: 'percent', width: 74, read: (row) => row.driverShare },
  { id: 'changeSinceRaise', header: 'Since raised', hint: 'Excess now less excess when the call was raised', kind: 'money', width: 116, read: (row) => row.changeSinceRaise, unit: ccy, absent: noCall },
  { id: 'called', header: 'Called', hint: 'The amount called', kind: 'money', width: 112, read: (row) => row.called, unit: ccy, absent: noCall, explains: explains('deficit'), unverified: rests('deficit') },
  { id: 'met', header: 'Met', hint: 'What has come in against the call', kind: 'money', width: 100, read: (row) => row.met, unit: ccy, absent: noCall },
  {
    id: 'age',
    field: 'ageInBusinessDays',
    header: 'Age',
    hint: 'Business days since the call was raised, as the book’s day has it',
    kind: 'count',
    width: 56,
    read: (row) => (row.ageInBusinessDays === null ? null : String(row.ageInBusinessDays)),
    note: (row) => (row.raisedAt === null ? null : `Raised ${formatMoment(row.raisedAt)}`),
    absent: noCall,
  },
  { id: 'owner', header: 'Owner', hint: 'Who works on the call', kind: 'text', width: 84, read: (row) => row.owner, absent: () => 'Nobody has taken it yet' },
  { id: 'lastAction', header: 'Last action', hint: 'The last step in the call’s life', kind: 'text', width: 150, read: (row) => row.lastAction, note: (row) => row.lastAction },
  { id: 'statusReason', header: 'Why', hint: 'What puts the account where it stands', kind: 'text', width: 260, grows: true, read: (row) => row.statusReason, note: (row) => row.statusReason },
];
