import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openElectron } from '../../../main/hosts/start/open-electron.ts';
import { temporaryFolder } from '../../desk/desk-fixture.ts';

/** Runs a small program where Electron would be: Node, with the script where the program's folder would be. */
function run(script: string, args: readonly string[] = []): ReturnType<typeof openElectron> {
  const file = join(temporaryFolder(), 'program.cjs');
  writeFileSync(file, script);
  return openElectron(process.execPath, file, args);
}

test('a window that was closed is done', async () => {
  expect(await run('process.exit(0)')).toEqual({ ok: true, value: true });
});

test('Electron that ends in trouble at once is a reason to serve the browser', async () => {
  expect(await run('process.exit(127)')).toMatchObject({ ok: false, fault: { code: 'electron-failed', message: 'Electron did not start (status 127)' } });
  expect(await run('process.kill(process.pid, "SIGKILL")')).toMatchObject({ ok: false, fault: { message: 'Electron did not start (SIGKILL)' } });
});

test('a program that cannot be run at all is the same reason', async () => {
  expect(await openElectron(join(temporaryFolder(), 'nowhere'), '.', [])).toMatchObject({ ok: false, fault: { code: 'electron-failed' } });
});

test('Ctrl-C is an end, not a failure', async () => {
  expect(await run('process.kill(process.pid, "SIGINT")')).toEqual({ ok: true, value: true });
});

test('it is told the book, and never that it should be plain Node', async () => {
  const before = process.env['ELECTRON_RUN_AS_NODE'];
  process.env['ELECTRON_RUN_AS_NODE'] = '1';
  const script = 'process.exit(process.argv.slice(2).join(" ") === "--book desk.plimsoll" && process.env.ELECTRON_RUN_AS_NODE === undefined ? 0 : 1)';
  expect(await run(script, ['--book', 'desk.plimsoll'])).toEqual({ ok: true, value: true });
  if (before === undefined) delete process.env['ELECTRON_RUN_AS_NODE'];
  else process.env['ELECTRON_RUN_AS_NODE'] = before;
});
