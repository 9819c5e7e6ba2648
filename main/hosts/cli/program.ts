import { Command, InvalidArgumentError, Option } from 'commander';
import { PROGRAM_VERSION } from '../identity.ts';
import { isoDate } from '../../../shared/time.ts';
import { inBrowser, startCommand, type StartOptions } from '../start/start.ts';
import { accountsCommand } from './commands/accounts.ts';
import { buildCommand } from './commands/build.ts';
import { compareCommand } from './commands/compare.ts';
import { cureCommand } from './commands/cure.ts';
import { demoCommand } from './commands/demo.ts';
import { explainCommand } from './commands/explain.ts';
import { importCommand } from './commands/import.ts';
import { marginCommand } from './commands/margin.ts';
import { markCommand } from './commands/mark.ts';
import { packCommand } from './commands/pack.ts';
import { packsDiffCommand } from './commands/packs-diff.ts';
import { positionsCommand } from './commands/positions.ts';
import { queueCommand } from './commands/queue.ts';
import { rulesCommand } from './commands/rules.ts';
import { runCommand } from './commands/run.ts';
import { selfCheckCommand } from './commands/self-check.ts';
import { spanCommand } from './commands/span.ts';
import { verifyCommand } from './commands/verify.ts';
import type { Terminal } from './terminal.ts';
import type { ExitStatus } from './with-desk.ts';

/** Every command of the program, with its words. `done` receives the exit status of the one that ran. */
export function plimsollProgram(terminal: Terminal, done: (status: ExitStatus) => void): Command {
  const program = new Command('plimsoll')
    .description('Margin risk, offline: a position file in, margin states and the call queue out. Where a command asks a book, it also takes a calc pack (*.json).')
    .version(PROGRAM_VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      outputError: (text, write) => write(`plimsoll: ${text.replace(/^error: /, '').trim().replaceAll(/\s*\n\s*/g, ' ')}`),
    });
  /** Runs a command's function and hands on its status. */
  const then =
    <Args extends unknown[]>(run: (...args: Args) => Promise<ExitStatus>) =>
    async (...args: Args): Promise<void> =>
      done(await run(...args));
  const json = (): Option => new Option('--json', 'one JSON document, for programs');

  addBookCommands(program, terminal, then, json);
  addOwnCommands(program, terminal, then, json);
  return program;
}

type Then = <Args extends unknown[]>(run: (...args: Args) => Promise<ExitStatus>) => (...args: Args) => Promise<void>;

/** The commands that ask a book something or change it. */
function addBookCommands(program: Command, terminal: Terminal, then: Then, json: () => Option): void {
  program
    .command('import <book> <files...>')
    .description('read position files: plan, then apply; makes the book if there is none')
    .option('--as <format>', 'the file format, instead of recognising it')
    .option('--map <profile>', "a saved mapping profile's name, or a JSON file with one (for a CSV of your own)")
    .option('--dry-run', 'show the plan and change nothing')
    .addOption(json())
    .action(then((book: string, files: string[], options: Parameters<typeof importCommand>[3]) => importCommand(terminal, book, files, options)));
  program
    .command('queue <book>')
    .description('the call queue, most urgent first')
    .addOption(new Option('--fail-on <what>', 'exit status 1 when there is one').choices(['call']))
    .addOption(json())
    .action(then((book: string, options: Parameters<typeof queueCommand>[2]) => queueCommand(terminal, book, options)));
  program
    .command('accounts <book>')
    .description('the margin state of every account, worst first')
    .option('--status <status>', 'only accounts of this status')
    .addOption(json())
    .action(then((book: string, options: Parameters<typeof accountsCommand>[2]) => accountsCommand(terminal, book, options)));
  program
    .command('positions <book> <account>')
    .description("one account's figures, positions and cash")
    .addOption(json())
    .action(then((book: string, account: string, options: { json?: boolean }) => positionsCommand(terminal, book, account, options)));
  program
    .command('explain <book> <account>')
    .description('how a figure comes about, down to its inputs')
    .option('--figure <name>', 'the figure; callPrice:INSTRUMENT for the price that calls the account', 'maintenance')
    .option('--instrument <name>', 'only the part of one position')
    .addOption(json())
    .action(then((book: string, account: string, options: Parameters<typeof explainCommand>[3]) => explainCommand(terminal, book, account, options)));
  program
    .command('cure <book> <account>')
    .description('what would meet the house call: cash, securities, trades; and the account after each')
    .addOption(json())
    .action(then((book: string, account: string, options: { json?: boolean }) => cureCommand(terminal, book, account, options)));
  program
    .command('compare <book> <account>')
    .description('the account as it is beside other regimes: figures, what each underlying takes, and why')
    .option('--as <regime...>', 'regT, portfolio, cash, or rule packs joined by "+"; the usual other one when left out')
    .addOption(json())
    .action(then((path: string, account: string, options: Parameters<typeof compareCommand>[3]) => compareCommand(terminal, path, account, options)));
  program
    .command('pack <book> <account>')
    .description('export a calc pack: everything the figures of one account depend on, and the figures, as JSON')
    .addOption(json().hideHelp())
    .action(then((book: string, account: string) => packCommand(terminal, book, account)));
  program
    .command('mark <book> <instrument> <price>')
    .description('set a price by hand; it joins the marks with your name')
    .addOption(json())
    .action(then((book: string, instrument: string, price: string, options: { json?: boolean }) => markCommand(terminal, book, instrument, price, options)));
  program
    .command('run <book>')
    .description('the official margin run: raises, moves and meets calls')
    .addOption(new Option('--date <day>', "the business day, instead of the book's (YYYY-MM-DD)").argParser(dayOf))
    .addOption(json())
    .action(then((book: string, options: Parameters<typeof runCommand>[2]) => runCommand(terminal, book, options)));
}

/** The commands that need no book, or bring their own. */
function addOwnCommands(program: Command, terminal: Terminal, then: Then, json: () => Option): void {
  program
    .command('demo [book]')
    .description('build the demo book from the files that come with the program')
    .addOption(json())
    .action(then((book: string | undefined, options: { json?: boolean }) => demoCommand(terminal, book, options)));
  program
    .command('margin <pack>')
    .description('compute a calc pack')
    .addOption(json())
    .action(then((pack: string, options: { json?: boolean }) => marginCommand(terminal, pack, options)));
  program
    .command('verify <pack-or-book>')
    .description('recompute a calc pack, or check a book: journal, digests, files and figures')
    .addOption(json())
    .action(then((path: string, options: { json?: boolean }) => verifyCommand(terminal, path, options)));
  program
    .command('packs')
    .description('the rule packs')
    .command('diff <before> <after>')
    .description("what is not the same in two rule packs, each a shipped pack's id or a JSON file")
    .addOption(json())
    .action(then((before: string, after: string, options: { json?: boolean }) => packsDiffCommand(terminal, before, after, options)));
  program
    .command('rules [page]')
    .description('the rules in words, with formulas, examples, citations and the values in force; lists the pages without a name')
    .option('--book <book>', 'a book, to show the values in force for one of its accounts')
    .option('--account <account>', 'the account')
    .addOption(json())
    .action(then((page: string | undefined, options: Parameters<typeof rulesCommand>[2]) => rulesCommand(terminal, page, options)));
  program
    .command('span <file>')
    .description('what a SPAN risk parameter file says; with --json as the parts of a calc pack')
    .addOption(json())
    .action(then((file: string, options: { json?: boolean }) => spanCommand(terminal, file, options)));
  program
    .command('serve [book]')
    .description('the workstation in your browser, on this machine only (the demo book when none is named)')
    .addOption(portOption())
    .option('--create', 'make the named book when there is none')
    .option('--no-open', 'only print the link')
    .action(then((book: string | undefined, options: StartOptions) => inBrowser(terminal, book === undefined ? options : { ...options, book })));
  program
    .command('start')
    .description('the workstation in its own window, or in your browser where that cannot be had')
    .option('--book <book>', 'the book to open, instead of the demo book')
    .addOption(portOption())
    .option('--loopback', 'in the browser, without looking for the desktop window')
    .option('--no-open', 'only print the link')
    .action(then((options: StartOptions) => startCommand(terminal, options)));
  program
    .command('build')
    .description('build the pages and the desktop program, where something has changed')
    .option('--only <part>', 'renderer or main')
    .action(then((options: Parameters<typeof buildCommand>[1]) => buildCommand(terminal, options)));
  program
    .command('self-check')
    .description('check that this installation computes what it should; prints JSON')
    .addOption(json().hideHelp())
    .action(then(() => selfCheckCommand(terminal)));
}

function dayOf(text: string): string {
  const day = isoDate.safeParse(text);
  if (!day.success) throw new InvalidArgumentError('A day is written YYYY-MM-DD, such as 2026-11-20.');
  return day.data;
}

const PORT_MAX = 65_535;

function portOption(): Option {
  return new Option('--port <port>', 'the port to listen on; a free one when left out').default(0).argParser((text: string) => {
    const port = Number(text);
    if (!/^\d{1,5}$/.test(text) || port > PORT_MAX) throw new InvalidArgumentError('A port is a whole number up to 65535.');
    return port;
  });
}
