import { compareInPack } from '../../../desk/packs.ts';
import type { ComparedFigure, ComparedGroup, ComparisonWithOffers, RegimeColumn } from '../../../../shared/comparison.ts';
import { FIGURE_WORDS } from '../../../../shared/help/example-lines.ts';
import { formatAmount, formatRatio } from '../../../../shared/format.ts';
import { succeed } from '../../../../shared/result.ts';
import { painted, statusPaint, statusText } from '../paint.ts';
import { readTextFile } from '../read-files.ts';
import { printTable, type Column } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, withDesk, type ExitStatus } from '../with-desk.ts';

export interface CompareOptions {
  json?: boolean;
  as?: string[];
}

/** `compare BOOK-OR-PACK ACCOUNT`: the account as it is beside other regimes; status 1 when it can be under none of them. */
export function compareCommand(terminal: Terminal, path: string, account: string, { json, as = [] }: CompareOptions): Promise<ExitStatus> {
  const print = (compared: ComparisonWithOffers): ExitStatus => {
    if (json) printJson(terminal, compared);
    else printComparison(terminal, compared);
    return compared.regimes.length > 1 ? EXIT.done : EXIT.no;
  };
  if (path.toLowerCase().endsWith('.json')) {
    const text = readTextFile(path);
    const compared = text.ok ? compareInPack(text.value, account, as) : text;
    return Promise.resolve(compared.ok ? print(compared.value) : trouble(terminal, compared.fault));
  }
  return withDesk(terminal, path, 'read', async (desk) => {
    const compared = await desk.ask('account.compare', { account, regimes: as });
    return compared.ok ? succeed(print(compared.value)) : compared;
  });
}

type FigureRow = ComparisonWithOffers['figures'][number];

function printComparison(terminal: Terminal, { account, currency, regimes, figures, groups, refused, offers }: ComparisonWithOffers): void {
  terminal.out(`${painted(terminal, 'bold', account)} · ${currency}`);
  for (const { regime, title, status, statusReason } of regimes) terminal.out(`${regime}: ${title} · ${painted(terminal, statusPaint(status), statusText(status))}: ${statusReason}`);
  terminal.out('');
  printTable(terminal, figureColumns(regimes), figures);
  if (groups.length > 0 && regimes.length > 1) {
    terminal.out('');
    printTable(terminal, groupColumns(regimes), groups);
    terminal.out(painted(terminal, 'dim', 'By underlying: what it takes of excess, options at their value apart.'));
    for (const { group, reasons, most } of groups) if (most !== null) terminal.out(`${group ?? 'Of the whole'}: ${reasons.map((reason, at) => `${regimes[at]?.regime ?? ''} ${reason}`).join(' · ')}`);
  }
  for (const { regime, notes } of regimes) for (const note of notes) terminal.out(`${regime}: ${note}`);
  for (const { regime, reason } of refused) terminal.err(`plimsoll: ${regime}: ${reason}`);
  if (refused.length > 0 && offers.length > 0) terminal.err(`plimsoll: it can be compared with ${offers.map(({ regime }) => regime).join(', ')}`);
}

const write = (figure: ComparedFigure, amount: string | null): string => (figure === 'healthRatio' ? formatRatio(amount) : formatAmount(amount));

function figureColumns(regimes: readonly RegimeColumn[]): Column<FigureRow>[] {
  const amounts = regimes.map(({ regime }, at): Column<FigureRow> => ({ header: regime, align: 'right', cell: ({ figure, amounts }) => write(figure, amounts[at] ?? null) }));
  const differences = regimes.slice(1).map(({ regime }, at): Column<FigureRow> => ({ header: `${regime} − ${regimes[0]?.regime ?? ''}`, align: 'right', cell: ({ figure, differences }) => write(figure, differences[at + 1] ?? null) }));
  return [{ header: 'Figure', align: 'left', cell: ({ figure }) => FIGURE_WORDS[figure] }, ...amounts, ...differences];
}

function groupColumns(regimes: readonly RegimeColumn[]): Column<ComparedGroup>[] {
  return [
    { header: 'Underlying', align: 'left', cell: ({ group }) => group ?? 'of the whole' },
    ...regimes.map(({ regime }, at): Column<ComparedGroup> => ({ header: regime, align: 'right', cell: ({ amounts }) => formatAmount(amounts[at] ?? null) })),
    { header: 'Asks more', align: 'left', cell: ({ most }) => (most === null ? 'the same' : (regimes[most]?.regime ?? '')) },
  ];
}
