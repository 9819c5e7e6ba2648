import type { AccountView, CashRow, PositionRow } from '../../../../shared/views.ts';
import { formatAmount, formatPrice, formatQuantity, formatRatio } from '../../../../shared/format.ts';
import { succeed } from '../../../../shared/result.ts';
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
    else printView(terminal, view.value);
    return succeed(EXIT.done);
  });
}

const REGIME_WORDS: Record<AccountView['row']['regime'], string> = { cash: 'cash account', regT: 'Reg T', portfolio: 'portfolio margin', venue: 'venue margin' };

const CASH_WORDS: Record<string, string> = {
  tradeDate: 'trade date',
  settled: 'settled part',
  shortProceeds: 'short proceeds',
  pendingDeposit: 'pending deposit',
  accruedInterest: 'accrued interest',
  accruedDividend: 'accrued dividend',
  securitiesLendingCollateral: 'securities lending',
  futuresSegment: 'futures segment',
};

function printView(terminal: Terminal, { row, positions, cash, packs }: AccountView): void {
  const title = [row.account, row.client].filter(Boolean).join(' · ');
  terminal.out(`${painted(terminal, 'bold', title)} · ${REGIME_WORDS[row.regime]}${row.indicative ? ' (indicative)' : ''} · as of ${row.asOf} · ${row.currency}`);
  terminal.out(`${painted(terminal, statusPaint(row.status), statusText(row.status))}: ${row.statusReason}`);
  terminal.out('');
  printHeadlines(terminal, row);
  terminal.out('');
  if (positions.length > 0) printTable(terminal, positionColumns, positions);
  else terminal.out('No positions.');
  if (cash.length > 0) {
    terminal.out('');
    printTable(terminal, cashColumns(row.currency), cash);
  }
  terminal.out('');
  terminal.out(painted(terminal, 'dim', `Rules: ${packs.join(', ')}`));
}

function printHeadlines(terminal: Terminal, row: AccountView['row']): void {
  const figures: [string, string][] = [
    ['Net liq', formatAmount(row.netLiq)],
    ['Equity', formatAmount(row.equity)],
    ['Reg T initial', formatAmount(row.regTInitial)],
    ['Exchange maint', formatAmount(row.exchangeMaintenance)],
    ['Initial', formatAmount(row.initial)],
    ['Maintenance', formatAmount(row.maintenance)],
    ['Available', formatAmount(row.available)],
    ['Excess', formatAmount(row.excess)],
    ['Deficit', formatAmount(row.deficit)],
    ['Health', row.healthRatio === null ? 'no requirement' : formatRatio(row.healthRatio)],
  ];
  const half = Math.ceil(figures.length / 2);
  const labelled = ([label, amount]: [string, string]): string => `${label.padEnd(15)}${amount.padStart(18)}${amount.endsWith(')') ? '' : ' '}`;
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

const BADGE_WORDS: Record<PositionRow['badges'][number], string> = {
  notPairedYet: 'not paired yet',
  unpriced: 'unpriced',
  adjusted: 'adjusted contract',
  expired: 'expired',
  notMarginedYet: 'not margined yet',
  unverifiedRule: 'rule unverified',
};

function strategyText({ strategy, badges }: PositionRow): string {
  return [...badges.map((badge) => `[${BADGE_WORDS[badge]}]`), strategy].join(' ');
}

function cashColumns(base: string): Column<CashRow>[] {
  return [
    { header: 'Cash', align: 'left', cell: ({ kind }) => CASH_WORDS[kind] ?? kind },
    { header: 'Ccy', align: 'left', cell: ({ currency }) => currency },
    { header: 'Amount', align: 'right', cell: ({ amount }) => formatAmount(amount) },
    { header: `In ${base}`, align: 'right', cell: ({ inBase }) => (inBase === null ? 'no rate' : formatAmount(inBase)) },
    { header: 'As of', align: 'left', cell: ({ asOf }) => asOf },
  ];
}
