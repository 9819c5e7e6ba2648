import { computeDocument } from '../../../desk/packs.ts';
import type { CalcPackResult } from '../../../../shared/calc-pack.ts';
import { formatAmount, formatRatio } from '../../../../shared/format.ts';
import { accountPoolsOf } from '../../../../shared/pool-view.ts';
import { printCallPrices } from '../call-prices-text.ts';
import { printPools } from '../pools-text.ts';
import { readTextFile } from '../read-files.ts';
import { statusPaint, statusText } from '../paint.ts';
import { printTable, type Column } from '../table.ts';
import { explainMarks, marked } from '../unverified-text.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, type ExitStatus } from '../with-desk.ts';

type Figures = CalcPackResult['accounts'][number];

/** `margin PACK`: computes a calc pack, or answers a question; needs no book and leaves nothing behind. */
export async function marginCommand(terminal: Terminal, packFile: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  const text = readTextFile(packFile);
  if (!text.ok) return trouble(terminal, text.fault);
  const computed = computeDocument(text.value);
  if (!computed.ok) {
    const { at } = computed.fault;
    return trouble(terminal, { ...computed.fault, at: at === undefined ? packFile : `${packFile} ${at}` });
  }
  const { value } = computed;
  if (json) printJson(terminal, value.kind === 'pack' ? value.result : value.answer);
  else if (value.kind === 'pack') printResult(terminal, value.result);
  else for (const [name, figure] of Object.entries(value.answer)) terminal.out(`${name}: ${typeof figure === 'string' ? figure : JSON.stringify(figure)}`);
  return EXIT.done;
}

function printResult(terminal: Terminal, { accounts }: CalcPackResult): void {
  printTable(terminal, columns, accounts);
  for (const account of accounts) {
    printPools(terminal, accountPoolsOf(account));
    printCallPrices(terminal, account.pools.flatMap(({ underlyings = [] }) => underlyings));
  }
  explainMarks(terminal, accounts, MARKED, 'the trees under "explain" in what --json prints show which');
}

/** The figures of the table that may carry the mark. */
const MARKED = ['equity', 'initial', 'maintenance', 'excess', 'deficit', 'healthRatio'] as const;

const columns: Column<Figures>[] = [
  { header: 'Account', align: 'left', cell: ({ id }) => id, widthMin: 9 },
  { header: 'Status', align: 'left', cell: ({ status }) => statusText(status), paint: ({ status }) => statusPaint(status) },
  { header: 'Equity', align: 'right', cell: (row) => marked(row, 'equity', formatAmount(row.equity)) },
  { header: 'Initial', align: 'right', cell: (row) => marked(row, 'initial', formatAmount(row.initial)) },
  { header: 'Maintenance', align: 'right', cell: (row) => marked(row, 'maintenance', formatAmount(row.maintenance)) },
  { header: 'Excess', align: 'right', cell: (row) => marked(row, 'excess', formatAmount(row.excess)), paint: ({ excess }) => (excess.startsWith('-') ? 'red' : undefined) },
  { header: 'Deficit', align: 'right', cell: (row) => marked(row, 'deficit', formatAmount(row.deficit)) },
  { header: 'Health', align: 'right', cell: (row) => marked(row, 'healthRatio', formatRatio(row.healthRatio)) },
];
