import type { PositionRow } from '../../shared/views.ts';
import type { FigureName, PositionBadge } from '../../shared/domain/margin-state.ts';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import { UNVERIFIED_GLYPH } from '../../shared/explain-tree.ts';
import type { ExplainRequest } from '../explain/request.ts';
import { fullFigure } from '../format/figure.ts';
import { formatMoment } from '../format/moment.ts';
import type { Column } from '../grid/column.ts';

export const BADGE_WORDS: Record<PositionBadge, { word: string; about: string }> = {
  notPairedYet: { word: 'not paired yet', about: 'Charged leg by leg: its strategy is not recognised yet, so the requirement is on the high side' },
  unpriced: { word: '? unpriced', about: 'There is no usable mark' },
  adjusted: { word: '▲ adjusted', about: 'A corporate action changed the contract; its deliverable is never assumed' },
  expired: { word: 'expired', about: 'The contract’s last day has passed' },
  notMarginedYet: { word: '? not margined yet', about: 'No margin model covers this kind of instrument yet' },
  unverifiedRule: { word: `${UNVERIFIED_GLYPH} rule unverified`, about: 'The rule that decided has not been checked against its text' },
};

export type CallPricesStanding = 'found' | 'searching' | 'leftOut';

const NO_CALL_PRICE: Record<Exclude<CallPricesStanding, 'found'>, string> = {
  searching: 'Still being searched for',
  leftOut: `Not searched for in a what-if of ${POSITIONS_LARGE} positions and more`,
};

/** What positions cells need to know beside their row. */
export interface PositionsContext {
  currency: string;
  branchId: string | null;
  /** Whether rules of positions (Reg T, exchange, house) are what counts, or a venue's, a lender's or a risk scan's. */
  byRule: boolean;
  /** Whether any position has a price at which its pool is liquidated. */
  liquidates: boolean;
  /** Whether groups have long names: a commodity’s, or a coin’s with the pool it is in. */
  longGroups?: boolean;
  /** How call prices stand at the moment that a tooltip is asked for. */
  callPrices: () => CallPricesStanding;
  /** Called by the close and revert cells of a what-if. */
  onClose: (row: PositionRow) => void;
  onRevert: (row: PositionRow) => void;
}

const noMark = (): string => 'There is no usable mark';

function liveNote(row: PositionRow, figure: 'quantity' | 'mark' | 'houseMaintenance'): string | null {
  if (row.added) return 'Added by this what-if: not in the live book';
  const live = row.live?.[figure];
  if (row.live === null || live === row[figure]) return null;
  return `Live: ${live === null || live === undefined ? 'none' : fullFigure(live)}`;
}

function changedTone(figure: 'quantity' | 'mark' | 'houseMaintenance'): (row: PositionRow) => 'changed' | null {
  return (row) => (row.added || (row.live !== null && row.live[figure] !== row[figure]) ? 'changed' : null);
}

function branchColumns(context: PositionsContext): Column<PositionRow>[] {
  if (context.branchId === null) return [];
  return [
    { id: 'close', header: '', hint: 'Close the leg', kind: 'text', width: 52, pinned: true, read: () => 'close', show: (row) => (row.quantity === '0' ? '' : 'Close'), press: context.onClose },
    {
      id: 'revert',
      header: '',
      hint: 'Bring the row back to the live book',
      kind: 'text',
      width: 58,
      pinned: true,
      read: (row) => (row.added || row.live ? 'revert' : null),
      show: (row) => (row.added || row.live ? 'Revert' : ''),
      press: context.onRevert,
    },
  ];
}

/** A requirement of the position in the account's currency, opening its explanation. */
function requirement(context: PositionsContext, id: 'regTInitial' | 'exchangeMaintenance' | 'houseInitial' | 'houseMaintenance', figure: FigureName, header: string, hint: string, hidden = false): Column<PositionRow> {
  const explains = (row: PositionRow): ExplainRequest => ({
    account: row.account,
    figure,
    position: row.key,
    ...(context.branchId === null ? {} : { branchId: context.branchId }),
  });
  return { id, header, hint, kind: 'money', width: 112, hidden, read: (row) => row[id], unit: () => context.currency, explains, unverified: (row) => row.badges.includes('unverifiedRule') };
}

/** Where the account would be called, opening how equity and requirement meet there. */
function callPrice({ branchId, callPrices }: PositionsContext, id: 'callPriceDown' | 'callPriceUp', header: string, side: string): Column<PositionRow> {
  return {
    id,
    header,
    hint: `Nearest price ${side}, all others frozen, at which equity equals the maintenance requirement`,
    kind: 'price',
    width: 102,
    read: (row) => row[id],
    unit: (row) => row.currency,
    explains: ({ account, instrument }) => ({ account, figure: `callPrice:${instrument}`, ...(branchId === null ? {} : { branchId }) }),
    absent() {
      const standing = callPrices();
      return standing === 'found' ? `No price ${side} makes them equal` : NO_CALL_PRICE[standing];
    },
  };
}

/** Where the position's own pool is liquidated or has nothing left; a venue and a lender state such prices. */
function poolPrice(of: 'liquidation' | 'bankruptcy', side: 'down' | 'up', header: string, hint: string): Column<PositionRow> {
  return {
    id: `${of}${side === 'down' ? 'Down' : 'Up'}`,
    header,
    hint: `${hint}, nearest price ${side === 'down' ? 'below' : 'above'} with all others frozen`,
    kind: 'price',
    width: 102,
    hidden: of === 'bankruptcy',
    read: (row) => row[of]?.[side] ?? null,
    unit: (row) => row.currency,
    absent: () => `No such price ${side === 'down' ? 'below' : 'above'}`,
  };
}

function poolPrices({ liquidates }: PositionsContext): Column<PositionRow>[] {
  if (!liquidates) return [];
  const liquidated = 'Where the pool it is in is liquidated';
  const bankrupt = 'Where nothing is left of the pool it is in';
  return [
    poolPrice('liquidation', 'down', 'Liq ↓', liquidated),
    poolPrice('liquidation', 'up', 'Liq ↑', liquidated),
    poolPrice('bankruptcy', 'down', 'Bankrupt ↓', bankrupt),
    poolPrice('bankruptcy', 'up', 'Bankrupt ↑', bankrupt),
  ];
}

/** The positions' columns: what is held, what it is worth, what it costs in margin, by which rule. */
export function positionColumns(context: PositionsContext): Column<PositionRow>[] {
  const base = (): string => context.currency;
  const { byRule } = context;
  return [
    { id: 'group', header: 'Group', hint: 'What it margins with; of several pools, also which', kind: 'text', width: context.longGroups ? 124 : 66, pinned: true, read: (row) => row.group, tone: () => 'faint' },
    {
      id: 'instrument',
      header: 'Instrument',
      hint: 'The instrument in Plimsoll’s spelling',
      kind: 'text',
      width: 178,
      pinned: true,
      read: (row) => row.instrument,
      note: (row) => row.description,
      tone: (row) => (row.added ? 'changed' : 'strong'),
    },
    ...branchColumns(context),
    { id: 'side', header: 'Side', hint: 'Long, short or closed', kind: 'text', width: 52, read: (row) => row.side },
    { id: 'quantity', header: 'Quantity', hint: 'Signed: short negative. Type into it for a what-if', kind: 'quantity', width: 88, read: (row) => row.quantity, canEdit: () => true, tone: changedTone('quantity'), note: (row) => liveNote(row, 'quantity') },
    {
      id: 'mark',
      header: 'Mark',
      hint: 'Price the figures stand on. Type into it for a what-if',
      kind: 'price',
      width: 92,
      read: (row) => row.mark,
      canEdit: () => true,
      unit: (row) => row.currency,
      absent: noMark,
      tone: changedTone('mark'),
      note: (row) => liveNote(row, 'mark') ?? (row.markSource === null ? null : `${row.markSource}${row.markAsOf === null ? '' : `, ${formatMoment(row.markAsOf)}`}`),
    },
    { id: 'value', header: 'Value', hint: 'Market value in the instrument’s currency', kind: 'money', width: 114, read: (row) => row.value, unit: (row) => row.currency, absent: noMark },
    { id: 'currency', header: 'Ccy', hint: 'Currency of mark and value', kind: 'text', width: 46, read: (row) => row.currency, tone: () => 'faint' },
    { id: 'valueInBase', header: `Value ${context.currency}`, hint: 'Market value in the account’s currency', kind: 'money', width: 114, read: (row) => row.valueInBase, unit: base, absent: noMark, hidden: true },
    requirement(context, 'regTInitial', 'regTInitial', 'Reg T initial', 'Initial requirement of Regulation T', !byRule),
    requirement(context, 'exchangeMaintenance', 'exchangeMaintenance', 'Exch maint', 'Maintenance requirement of the exchange rules', !byRule),
    requirement(context, 'houseInitial', 'initial', byRule ? 'House initial' : 'Initial', byRule ? 'Initial requirement of the house' : 'Initial requirement', byRule),
    { ...requirement(context, 'houseMaintenance', 'maintenance', byRule ? 'House maint' : 'Maintenance', byRule ? 'Maintenance requirement of the house: the one that counts' : 'Maintenance requirement of the position: below nothing where it makes others’ smaller'), tone: changedTone('houseMaintenance'), note: (row) => liveNote(row, 'houseMaintenance') },
    { id: 'maintenanceShare', header: 'Req %', hint: 'Maintenance as a share of market value', kind: 'percent', width: 88, read: (row) => row.maintenanceShare, absent: () => 'There is no market value to take a share of' },
    ...poolPrices(context),
    { id: 'strategy', header: byRule ? 'Strategy' : 'Margined as', hint: byRule ? 'What the position was paired into' : 'How the rules take the position', kind: 'text', width: byRule ? 112 : 148, grows: true, read: (row) => row.strategy },
    { id: 'daysToExpiry', header: 'DTE', hint: 'Days to expiry', kind: 'count', width: 52, read: (row) => (row.daysToExpiry === null ? null : String(row.daysToExpiry)), absent: () => 'Does not expire' },
    callPrice(context, 'callPriceDown', 'Call ↓', 'below'),
    callPrice(context, 'callPriceUp', 'Call ↑', 'above'),
    {
      id: 'badges',
      header: 'Badges',
      hint: 'What to know before relying on the row',
      kind: 'text',
      width: 124,
      read: (row) => row.badges.join(' '),
      show: (row) => row.badges.map((badge) => BADGE_WORDS[badge].word).join(', '),
      note: (row) => row.badges.map((badge) => BADGE_WORDS[badge].about).join('\n') || null,
      tone: (row) => (row.badges.length > 0 ? 'soon' : null),
    },
    { id: 'rule', header: 'Rule', hint: 'The rule that decided', kind: 'text', width: 190, grows: true, read: (row) => row.rule, note: (row) => row.rule },
    { id: 'description', header: 'Description', hint: 'As the broker’s file has it', kind: 'text', width: 190, hidden: true, read: (row) => row.description },
    { id: 'subType', header: 'Held as', hint: 'The part of the account that holds it', kind: 'text', width: 74, hidden: true, read: (row) => row.subType },
    { id: 'markAsOf', header: 'Mark as of', hint: 'When the mark was taken', kind: 'date', width: 132, hidden: true, read: (row) => row.markAsOf, show: (row) => (row.markAsOf === null ? '' : formatMoment(row.markAsOf)) },
    { id: 'markSource', header: 'Mark from', hint: 'Where the mark comes from', kind: 'text', width: 170, hidden: true, read: (row) => row.markSource },
  ];
}
