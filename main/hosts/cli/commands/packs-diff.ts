import { existsSync } from 'node:fs';
import { diffOfPacks, type NamedPack } from '../../../desk/pack-diff.ts';
import { valueText } from '../../../../shared/difference.ts';
import { succeed, type Result } from '../../../../shared/result.ts';
import { readTextFile } from '../read-files.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, type ExitStatus } from '../with-desk.ts';

/** `packs diff A B`: what is not the same in two rule packs, each a shipped pack's id or a JSON file. Exit 1 when they differ. */
export function packsDiffCommand(terminal: Terminal, before: string, after: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  return Promise.resolve(compare(terminal, before, after, json ?? false));
}

function compare(terminal: Terminal, before: string, after: string, json: boolean): ExitStatus {
  const first = named(before);
  if (!first.ok) return trouble(terminal, first.fault);
  const second = named(after);
  if (!second.ok) return trouble(terminal, second.fault);
  const compared = diffOfPacks(first.value, second.value);
  if (!compared.ok) return trouble(terminal, compared.fault);
  const { changes } = compared.value;
  if (json) printJson(terminal, compared.value);
  else {
    terminal.out(`${compared.value.before} and ${compared.value.after}${changes.length === 0 ? ' are the same.' : ':'}`);
    for (const { change, at, before: was, after: is } of changes) {
      const what = { added: valueText(is), removed: valueText(was), changed: `${valueText(was)} became ${valueText(is)}` }[change];
      terminal.out(`  ${change.padEnd('removed'.length)}  ${at}: ${what}`);
    }
  }
  return changes.length === 0 ? EXIT.done : EXIT.no;
}

/** A file of that name, or else the id of a shipped pack. */
function named(name: string): Result<NamedPack> {
  if (!existsSync(name)) return succeed({ id: name });
  const text = readTextFile(name);
  return text.ok ? succeed({ text: text.value }) : text;
}
