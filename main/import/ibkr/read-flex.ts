import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { ReaderOptions } from '../csv/read-options.ts';
import { startCollecting } from '../facts/collect.ts';
import { finishReading } from '../facts/finish.ts';
import { readStatements } from './read-statement.ts';
import type { FlexRow } from './rows.ts';
import { emptyStatement, type RowList, type StatementRows } from './statement.ts';
import { walkXml } from './walk-xml.ts';

const ELEMENTS = new Map<string, RowList>([
  ['EquitySummaryByReportDateInBase', 'equity'],
  ['CashReportCurrency', 'cash'],
  ['OpenPosition', 'positions'],
  ['SecurityInfo', 'securities'],
  ['ConversionRate', 'rates'],
  ['Trade', 'trades'],
  ['CashTransaction', 'cashTransactions'],
  ['CorporateAction', 'corporateActions'],
  ['OptionEAE', 'exercises'],
  ['Transfer', 'transfers'],
]);

/** Reads an IBKR Flex file: every statement in it, each an account on its day. */
export function readFlex(name: string, text: string, options: ReaderOptions): Result<ReadFile> {
  const collected = startCollecting(name, 'IBKR Flex');
  const statements: StatementRows[] = [];
  const fault = walkXml(name, text, statementListener(statements), options.tick);
  if (fault) return fail(fault);
  const read = readStatements(statements, collected, options.regime);
  return read.ok ? succeed(finishReading(collected, { format: 'ibkr-flex-xml', ...read.value })) : read;
}

function statementListener(statements: StatementRows[]): { row(row: FlexRow): void } {
  return {
    row(row) {
      if (row.element === 'FlexStatement') statements.push(emptyStatement(row));
      const open = statements.at(-1);
      if (!open) return;
      if (row.element === 'AccountInformation') open.account = row;
      const list = ELEMENTS.get(row.element);
      // OptionEAE names a section and its rows alike; the section has no attributes.
      if (list && row.values.length > 0) open[list].push(row);
      else open.present.add(row.element);
    },
  };
}
