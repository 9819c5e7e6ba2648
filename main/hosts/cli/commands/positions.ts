import type { FigureName } from '../../../../shared/domain/margin-state.ts';
import type { AccountView, CashRow, PositionRow } from '../../../../shared/views.ts';
import { formatAmount, formatPrice, formatQuantity, formatRatio } from '../../../../shared/format.ts';
import { CASH_WORDS, REGIME_WORDS } from '../../../../shared/fact-words.ts';
import type { CashKind } from '../../../../shared/domain/facts.ts';
import { pairingProof, type PairingView } from '../../../../shared/pairing.ts';
import { UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../../../shared/explain-tree.ts';
import { succeed } from '../../../../shared/result.ts';
import { printCallPrices } from '../call-prices-text.ts';
import { printPools } from '../pools-text.ts';
import { painted, statusPaint, statusText } from '../paint.ts';
import { printTable, type Column } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, withDesk, type ExitStatus } from '../with-desk.ts';

/** `positions BOOK ACCOUNT`: one account's headline figures, positions with their requirements, and cash. */
export function positionsCommand(terminal: Terminal, book: string, account: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  return withDesk(terminal, book, 'read', async (desk) => {
    const view = await desk.ask('accounts.view', { account });
    if (!view.ok) return view;
    if (json) printJson(terminal, view.value);
    else {
      printView(terminal, view.value);
      const pools = await desk.ask('account.pools', { account });
      if (!pools.ok) return pools;
      printPools(terminal, pools.value);
    }
    return succeed(EXIT.done);
  });
}

function printView(terminal: Terminal, { row, positions, underlyings, pairings, cash, packs }: AccountView): void {
  const title = [row.account, row.client].filter(Boolean).join(' · ');
  terminal.out(`${painted(terminal, 'bold', title)} · ${REGIME_WORDS[row.regime]}${row.indicative ? ' (indicative)' : ''} · as of ${row.asOf} · ${row.currency}`);
  terminal.out(`${painted(terminal, statusPaint(row.status), statusText(row.status))}: ${row.statusReason}`);
  terminal.out('');
  printHeadlines(terminal, row);
  terminal.out('');
  if (positions.length > 0) printTable(terminal, isByRule(row) ? positionColumns : venueColumns, positions);
  else terminal.out('No positions.');
  printCallPrices(terminal, underlyings);
  if (pairings.length > 0) {
    terminal.out('');
    printTable(terminal, pairingColumns, pairings);
  }
  if (cash.length > 0) {
    terminal.out('');
    printTable(terminal, cashColumns(row.currency, cash.some(({ pool }) => pool !== undefined)), cash);
  }
  terminal.out('');
  if (row.unverified.length > 0) terminal.out(`${UNVERIFIED_GLYPH} ${UNVERIFIED_WORDS}: see "plimsoll explain".`);
  terminal.out(painted(terminal, 'dim', `Rules: ${packs.join(', ')}`));
}

/** A figure's label, its amount, and whether it rests on a rule nobody has checked. */
type Headline = [label: string, amount: string, unverified: boolean];

/** Whether an account stands under rules of positions: Reg T, exchange, house. */
function isByRule({ regime, indicative, regTInitial }: AccountView['row']): boolean {
  return regime === 'cash' || regime === 'regT' || indicative || regTInitial !== '0';
}

function printHeadlines(terminal: Terminal, row: AccountView['row']): void {
  const byRule = isByRule(row);
  const money = (label: string, name: FigureName & keyof typeof row): Headline => [label, formatAmount(row[name]), row.unverified.includes(name)];
  const figures: Headline[] = [
    money('Net liq', 'netLiq'),
    money('Equity', 'equity'),
    // Outside the rules of positions there is no Reg T figure, and the exchange's is the one that counts.
    ...(byRule ? [money('Reg T initial', 'regTInitial'), money('Exchange maint', 'exchangeMaintenance')] : []),
    money('Initial', 'initial'),
    money('Maintenance', 'maintenance'),
    money('Available', 'available'),
    money('Excess', 'excess'),
    money('Deficit', 'deficit'),
    ['Health', row.healthRatio === null ? 'no requirement' : formatRatio(row.healthRatio), row.unverified.includes('healthRatio')],
  ];
  const half = Math.ceil(figures.length / 2);
  const labelled = ([label, amount, unverified]: Headline): string => `${label.padEnd(15)}${unverified ? UNVERIFIED_GLYPH : ' '}${amount.padStart(17)}${amount.endsWith(')') ? '' : ' '}`;
  for (let index = 0; index < half; index += 1) {
    terminal.out([figures[index], figures[index + half]].flatMap((figure) => (figure ? [labelled(figure)] : [])).join('    ').trimEnd());
  }
}

const positionColumns: Column<PositionRow>[] = [
  { header: 'Instrument', align: 'left', cell: ({ instrument }) => instrument, widthMin: 14 },
  { header: 'Quantity', align: 'right', cell: ({ quantity }) => formatQuantity(quantity) },
  { header: 'Mark', align: 'right', cell: ({ mark }) => (mark === null ? 'unpriced' : formatPrice(mark)), dropOrder: 3 },
  { header: 'Value', align: 'right', cell: ({ value }) => formatAmount(value) },
  { header: 'Ccy', align: 'left', cell: ({ currency }) => currency },
  { header: 'Reg T', align: 'right', cell: ({ regTInitial }) => formatAmount(regTInitial), dropOrder: 1 },
  { header: 'Exchange', align: 'right', cell: ({ exchangeMaintenance }) => formatAmount(exchangeMaintenance), dropOrder: 2 },
  { header: 'House', align: 'right', cell: ({ houseMaintenance }) => formatAmount(houseMaintenance) },
  { header: 'Strategy', align: 'left', cell: strategyText, widthMin: 8, dropOrder: 4 },
];

/** Outside the rules of positions there is one requirement: the one that counts. */
const venueColumns = positionColumns.filter(({ header }) => header !== 'Reg T' && header !== 'Exchange').map((column) => (column.header === 'House' ? { ...column, header: 'Maintenance' } : column));

const pairingColumns: Column<PairingView>[] = [
  { header: 'Pairing', align: 'left', cell: ({ group }) => group },
  { header: 'House', align: 'right', cell: ({ cost }) => formatAmount(cost) },
  { header: 'Greedy', align: 'right', cell: ({ greedy }) => formatAmount(greedy) },
  { header: 'Saves', align: 'right', cell: ({ saving }) => formatAmount(saving, { zero: '–' }) },
  { header: 'Proof', align: 'left', cell: pairingProof },
  { header: 'Strategies', align: 'left', cell: ({ strategies }) => [...new Set(strategies.map(({ name }) => name))].join(', '), widthMin: 12 },
];

const BADGE_WORDS: Record<PositionRow['badges'][number], string> = {
  notPairedYet: 'not paired yet',
  unpriced: 'unpriced',
  adjusted: 'adjusted contract',
  expired: 'expired',
  notMarginedYet: 'not margined yet',
  unverifiedRule: `${UNVERIFIED_GLYPH} rule unverified`,
};

function strategyText({ strategy, badges }: PositionRow): string {
  return [...badges.map((badge) => `[${BADGE_WORDS[badge]}]`), strategy].join(' ');
}

function cashColumns(base: string, several: boolean): Column<CashRow>[] {
  return [
    ...(several ? [{ header: 'Pool', align: 'left' as const, cell: ({ pool }: CashRow) => pool ?? '' }] : []),
    { header: 'Cash', align: 'left', cell: ({ kind }) => CASH_WORDS[kind as CashKind] ?? kind },
    { header: 'Ccy', align: 'left', cell: ({ currency }) => currency },
    { header: 'Amount', align: 'right', cell: ({ amount }) => formatAmount(amount) },
    { header: `In ${base}`, align: 'right', cell: ({ inBase }) => (inBase === null ? 'no rate' : formatAmount(inBase)) },
    { header: 'As of', align: 'left', cell: ({ asOf }) => asOf },
  ];
}
