import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountState } from '../../shared/domain/margin-state.ts';
import { faultLine, type Result } from '../../shared/result.ts';
import { openDesk, type RunningDesk } from './open-desk.ts';

/** Whether this installation reads, keeps and computes what it should, and what it runs on. */
export interface SelfCheckReport {
  ok: boolean;
  engine: string | null;
  sqlite: string | null;
  node: string;
  electron: string | null;
  platform: string;
  /** Each figure checked: what it must be and what it came out as. */
  checks: { figure: string; expected: string; actual: string | null }[];
  /** The one line that says why not, when not. */
  fault: string | null;
}

const ACCOUNT = 'CHECK-1';
const FILE = 'self-check.xml';

// Long 100 at 95 and a short put struck at 80 for 2, with 10,000.25 in cash.
const STATEMENT = `<?xml version="1.0" encoding="UTF-8"?>
<FlexQueryResponse queryName="Self check" type="AF"><FlexStatements count="1">
<FlexStatement accountId="${ACCOUNT}" fromDate="20261120" toDate="20261120" period="LastBusinessDay" whenGenerated="20261120;210500">
<AccountInformation accountId="${ACCOUNT}" currency="USD" name="Self check" accountCapabilities="Margin" />
<CashReport><CashReportCurrency accountId="${ACCOUNT}" currency="USD" levelOfDetail="Currency" endingCash="10000.25" endingSettledCash="10000.25" /></CashReport>
<OpenPositions>
<OpenPosition accountId="${ACCOUNT}" currency="USD" fxRateToBase="1" assetCategory="STK" subCategory="COMMON" symbol="XYZ" description="XYZ CORP" multiplier="1" reportDate="20261120" position="100" markPrice="95" positionValue="9500" side="Long" levelOfDetail="SUMMARY" />
<OpenPosition accountId="${ACCOUNT}" currency="USD" fxRateToBase="1" assetCategory="OPT" symbol="XYZ   270115P00080000" description="XYZ 15JAN27 80 P" underlyingSymbol="XYZ" multiplier="100" strike="80" expiry="20270115" putCall="P" reportDate="20261120" position="-1" markPrice="2" positionValue="-200" side="Short" levelOfDetail="SUMMARY" />
</OpenPositions>
</FlexStatement></FlexStatements></FlexQueryResponse>
`;

/**
 * Worked by hand: stock 9,500 of which Reg T asks 50 % and the exchange 25 %; the put asks its value 200 plus the
 * greater of 20 % of 9,500 less the 1,500 it is out of the money (400) and 10 % of the strike (800). Under strategy
 * rules equity leaves option value out; net liquidation value does not.
 */
const EXPECTED: readonly { figure: string; expected: string; read: (state: AccountState) => string | undefined }[] = [
  { figure: 'netLiq', expected: '19300.25', read: ({ netLiq }) => netLiq },
  { figure: 'equity', expected: '19500.25', read: ({ equity }) => equity },
  { figure: 'regT initial', expected: '5750', read: ({ pools }) => pools[0]?.stacks.regT.initial },
  { figure: 'exchange maintenance', expected: '3375', read: ({ pools }) => pools[0]?.stacks.exchange.maintenance },
];

/** Imports a small statement into a book in a scratch folder, computes it, and compares with figures worked by hand. */
export async function selfCheck(): Promise<SelfCheckReport> {
  const report: SelfCheckReport = {
    ok: false,
    engine: null,
    sqlite: null,
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    platform: `${process.platform}-${process.arch}`,
    checks: [],
    fault: null,
  };
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-check-'));
  try {
    // Asked for late: whatever starts without a book must not load the database.
    const { sqliteVersion } = await import('../books/sql/connect.ts');
    report.sqlite = sqliteVersion();
    const opened = await openDesk({ book: join(folder, 'check.plimsoll'), user: 'self-check', program: 'Plimsoll self-check', create: true });
    if (!opened.ok) return { ...report, fault: faultLine(opened.fault) };
    const desk = opened.value;
    try {
      const state = await importedState(desk);
      if (!state.ok) return { ...report, engine: desk.engineVersion, fault: faultLine(state.fault) };
      const checks = EXPECTED.map(({ figure, expected, read }) => ({ figure, expected, actual: read(state.value) ?? null }));
      const wrong = checks.find(({ expected, actual }) => expected !== actual);
      return { ...report, ok: !wrong, engine: desk.engineVersion, checks, fault: wrong ? `${wrong.figure} is ${wrong.actual ?? 'missing'} and should be ${wrong.expected}.` : null };
    } finally {
      await desk.close();
    }
  } catch (error) {
    return { ...report, fault: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importedState(desk: RunningDesk): Promise<Result<AccountState>> {
  const file = await desk.ask('files.receive', { name: FILE, bytes: new TextEncoder().encode(STATEMENT) });
  if (!file.ok) return file;
  const plan = await desk.ask('import.plan', { fileId: file.value.fileId });
  if (!plan.ok) return plan;
  const applied = await desk.ask('import.apply', { planId: plan.value.planId });
  if (!applied.ok) return applied;
  return desk.ask('margin.state', { account: ACCOUNT });
}
