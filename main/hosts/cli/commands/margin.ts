import { marginOfPack } from '../../../desk/packs.ts';
import { formatAmount, formatRatio } from '../../../../shared/format.ts';
import { readTextFile } from '../read-files.ts';
import { statusPaint, statusText } from '../paint.ts';
import { printTable, type Column } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, type ExitStatus } from '../with-desk.ts';

type Figures = Extract<ReturnType<typeof marginOfPack>, { ok: true }>['value']['accounts'][number];

/** `margin PACK`: computes a calc pack; needs no book and leaves nothing behind. */
export async function marginCommand(terminal: Terminal, packFile: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  const text = readTextFile(packFile);
  if (!text.ok) return trouble(terminal, text.fault);
  const result = marginOfPack(text.value);
  if (!result.ok) {
    const { at } = result.fault;
    return trouble(terminal, { ...result.fault, at: at === undefined ? packFile : `${packFile} ${at}` });
  }
  if (json) printJson(terminal, result.value);
  else printTable(terminal, columns, result.value.accounts);
  return EXIT.done;
}

const columns: Column<Figures>[] = [
  { header: 'Account', align: 'left', cell: ({ id }) => id, widthMin: 9 },
  { header: 'Status', align: 'left', cell: ({ status }) => statusText(status), paint: ({ status }) => statusPaint(status) },
  { header: 'Equity', align: 'right', cell: ({ equity }) => formatAmount(equity) },
  { header: 'Initial', align: 'right', cell: ({ initial }) => formatAmount(initial) },
  { header: 'Maintenance', align: 'right', cell: ({ maintenance }) => formatAmount(maintenance) },
  { header: 'Excess', align: 'right', cell: ({ excess }) => formatAmount(excess), paint: ({ excess }) => (excess.startsWith('-') ? 'red' : undefined) },
  { header: 'Deficit', align: 'right', cell: ({ deficit }) => formatAmount(deficit) },
  { header: 'Health', align: 'right', cell: ({ healthRatio }) => formatRatio(healthRatio) },
];
