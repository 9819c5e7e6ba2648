import type { DemoAccount, Source } from './account.ts';
import { demoAccounts } from './desk.ts';
import { DAYS, FIRST_FULL_DAY } from './market.ts';
import { CUSTODY_PROFILE, custodyFile } from './write-custody.ts';
import { fidelityFile } from './write-fidelity.ts';
import { flexFile } from './write-flex.ts';
import { schwabFile } from './write-schwab.ts';
import { statementFile } from './write-statement.ts';

/** Every file of the demo by name, the same text on every machine. */
export function demoFiles(): Map<string, string> {
  const accounts = demoAccounts();
  const from = (source: Source): DemoAccount[] => accounts.filter((account) => account.source === source);
  const files = new Map<string, string>();
  for (const day of DAYS) files.set(`prime-${day}.xml`, flexFile('Prime desk, margin', from('prime').filter(({ closes }) => closes.has(day)), day));
  files.set(`advisors-${FIRST_FULL_DAY}.xml`, flexFile('Advisors, margin', from('advisors'), FIRST_FULL_DAY));
  for (const account of from('statement')) {
    const close = account.closes.get(FIRST_FULL_DAY);
    if (close) files.set(`statement-${account.id}-${FIRST_FULL_DAY}.csv`, statementFile(account, close, FIRST_FULL_DAY));
  }
  files.set(`All-Accounts-Positions-${FIRST_FULL_DAY}.csv`, schwabFile(from('schwab'), FIRST_FULL_DAY));
  files.set('Portfolio_Positions_Nov-19-2026.csv', fidelityFile(from('fidelity'), FIRST_FULL_DAY));
  files.set(`custody-${FIRST_FULL_DAY}.csv`, custodyFile(from('custody'), FIRST_FULL_DAY));
  files.set('custody-profile.json', `${JSON.stringify(CUSTODY_PROFILE, null, 2)}\n`);
  return files;
}
