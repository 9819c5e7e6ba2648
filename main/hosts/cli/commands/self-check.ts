import { selfCheck } from '../../../desk/self-check.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, type ExitStatus } from '../with-desk.ts';

/** `self-check`: whether this installation computes what it should; its report is always JSON. */
export async function selfCheckCommand(terminal: Terminal): Promise<ExitStatus> {
  const report = await selfCheck();
  printJson(terminal, report);
  return report.ok ? EXIT.done : EXIT.no;
}
