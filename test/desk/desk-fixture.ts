import { mkdtempSync, rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Output } from '../../shared/contract.ts';
import { faultLine, type Result } from '../../shared/result.ts';
import { openDesk, type RunningDesk } from '../../main/desk/open-desk.ts';

// As the program does: the threads of a desk are there in half the time then.
enableCompileCache();

/** A folder of the test's own, removed when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The value, or a failed test that says why there is none. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(faultLine(result.fault));
  return result.value;
}

/** A real desk with both its threads over a new book, closed when the test ends. */
export async function testDesk(book = join(temporaryFolder(), 'test.plimsoll')): Promise<RunningDesk> {
  const desk = valueOf(await openDesk({ book, user: 'tester', program: 'test', create: true }));
  onTestFinished(() => desk.close());
  return desk;
}

/** One position of a test's Flex file. */
export interface FlexPosition {
  symbol: string;
  quantity: string;
  price: string;
  /** `STK` unless named. */
  category?: string;
  option?: { underlying: string; right: 'C' | 'P'; strike: string; expiry: string };
}

export interface FlexAccount {
  account: string;
  name?: string;
  cash: string;
  positions: FlexPosition[];
}

/** A Flex statement file as a broker would send it for these accounts. */
export function flexFile(day: string, accounts: readonly FlexAccount[]): Uint8Array {
  const compactDay = day.replaceAll('-', '');
  const statements = accounts.map(
    ({ account, name, cash, positions }) => `
    <FlexStatement accountId="${account}" fromDate="${compactDay}" toDate="${compactDay}" period="LastBusinessDay" whenGenerated="${compactDay};210500">
      <AccountInformation accountId="${account}" currency="USD" name="${name ?? ''}" accountCapabilities="Margin" />
      <CashReport><CashReportCurrency accountId="${account}" currency="USD" levelOfDetail="Currency" endingCash="${cash}" endingSettledCash="${cash}" /></CashReport>
      <OpenPositions>${positions.map((position) => openPosition(account, compactDay, position)).join('')}
      </OpenPositions>
    </FlexStatement>`,
  );
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<FlexQueryResponse queryName="Daily" type="AF"><FlexStatements count="${accounts.length}">${statements.join('')}</FlexStatements></FlexQueryResponse>`;
  return new TextEncoder().encode(text);
}

function openPosition(account: string, day: string, { symbol, quantity, price, category, option }: FlexPosition): string {
  const terms = option
    ? `assetCategory="OPT" multiplier="100" underlyingSymbol="${option.underlying}" putCall="${option.right}" strike="${option.strike}" expiry="${option.expiry.replaceAll('-', '')}"`
    : `assetCategory="${category ?? 'STK'}" subCategory="COMMON" multiplier="1"`;
  return `
        <OpenPosition accountId="${account}" currency="USD" fxRateToBase="1" ${terms} symbol="${symbol}" description="${symbol}" reportDate="${day}" position="${quantity}" markPrice="${price}" side="${quantity.startsWith('-') ? 'Short' : 'Long'}" levelOfDetail="SUMMARY" />`;
}

/** Hands the file in, plans it and accepts the plan, as the import screen does. */
export async function importBytes(desk: RunningDesk, name: string, bytes: Uint8Array): Promise<Output<'import.plan'>> {
  const { fileId } = valueOf(await desk.ask('files.receive', { name, bytes }));
  const plan = valueOf(await desk.ask('import.plan', { fileId }));
  valueOf(await desk.ask('import.apply', { planId: plan.planId }));
  return plan;
}
