import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../desk/desk-fixture.ts';
import { importedBook } from '../cli/book-fixture.ts';
import { openLink, send } from '../loopback/loopback-fixture.ts';

interface Started {
  out: () => string;
  err: () => string;
  /** The links printed so far, when there are at least `count`. */
  links(count: number): Promise<string[]>;
  type(text: string): void;
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** The program as a person starts it: a process of its own, with no display and a home of the test's own. */
function started(...args: string[]): Started {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...rest } = process.env;
  const child = spawn(process.execPath, ['main/plimsoll.js', ...args], { env: { ...rest, PLIMSOLL_HOME: temporaryFolder() }, stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  const exit = new Promise<number | null>((resolve) => child.on('exit', (status) => resolve(status)));
  let ended = false;
  void exit.then(() => (ended = true));
  return {
    out: () => out,
    err: () => err,
    async links(count) {
      for (;;) {
        const found = [...out.matchAll(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/g)].map(([link]) => link);
        if (found.length >= count) return found;
        if (ended) throw new Error(`It ended: ${out}${err}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    type: (text) => void child.stdin.write(text),
    end: (signal) => (child.kill(signal), exit),
  };
}

const path = (link: string): string => new URL(link).pathname + new URL(link).search;
const portOf = (link: string): number => Number(new URL(link).port);

test('without a display the workstation is served to the browser: one line why, the queue, and the link', async () => {
  const { book } = await importedBook();
  const program = started('start', '--book', book);
  const [link = ''] = await program.links(1);
  expect(program.err()).toContain('No desktop window: there is no display. Plimsoll is served to your browser instead.\n');
  expect(program.out()).toMatch(/Status +Account .*\n─/);
  expect(program.out()).toContain('Quill Partners');
  const cookie = await openLink(portOf(link), link);
  const page = await send(portOf(link), { path: '/', headers: { cookie } });
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await program.end('SIGINT')).toBe(0);
});

test('Enter prints a fresh link, after which the one before is dead', async () => {
  const { book } = await importedBook();
  const program = started('serve', book);
  const [first = ''] = await program.links(1);
  program.type('\n');
  const [, second = ''] = await program.links(2);
  const port = portOf(first);
  expect((await send(port, { path: path(first) })).status).toBe(401);
  expect(await openLink(port, second)).toMatch(/^plimsoll-\d+=/);
  expect(await program.end('SIGTERM')).toBe(0);
});

test('a second start on the same book opens it for reading and says who holds it', async () => {
  const { book } = await importedBook();
  const first = started('serve', book);
  await first.links(1);
  const second = started('serve', book);
  await second.links(1);
  expect(second.err()).toMatch(/It is opened for reading only\.\n/);
  expect(await second.end('SIGINT')).toBe(0);
  expect(await first.end('SIGINT')).toBe(0);
});

test('a book that is named and not there is one line, exit status 2', async () => {
  const program = started('start', '--loopback', '--book', join(temporaryFolder(), 'nowhere.plimsoll'));
  await expect(program.links(1)).rejects.toThrow(/There is no such book/);
});
