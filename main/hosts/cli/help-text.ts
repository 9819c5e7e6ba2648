import { CERTAINTY_WORDS, type HelpPage } from '../../../shared/help/page.ts';
import { linesOfExample } from '../../../shared/help/example-lines.ts';
import { pageById, pageOfKey } from '../../../shared/help/find.ts';
import { HELP_PAGES } from '../../../shared/help/pages.ts';
import type { PoolRules } from '../../../shared/rule-values.ts';
import { UNVERIFIED_GLYPH } from '../../../shared/explain-tree.ts';
import { painted } from './paint.ts';
import { printTable } from './table.ts';
import type { Terminal } from './terminal.ts';

const INDENT = '  ';

/** The table of contents: every page with its short name and one sentence. */
export function printHelpIndex(terminal: Terminal): void {
  printTable<HelpPage>(
    terminal,
    [
      { header: 'Page', align: 'left', cell: ({ id }) => id },
      { header: 'About', align: 'left', cell: ({ title }) => title },
      { header: 'In short', align: 'left', cell: ({ inShort }) => inShort, widthMin: 24, dropOrder: 1 },
    ],
    HELP_PAGES,
  );
}

/** One page, and the values in force that belong to it. */
export function printHelpPage(terminal: Terminal, page: HelpPage, pools: readonly PoolRules[]): void {
  terminal.out(painted(terminal, 'bold', page.title));
  paragraph(terminal, page.inShort);
  for (const words of page.words) {
    terminal.out('');
    paragraph(terminal, words);
  }
  if (page.formulas.length > 0) section(terminal, 'Formulas');
  for (const { what, is, worked } of page.formulas) terminal.out(`${INDENT}${what}: ${is}\n${INDENT}${INDENT}${painted(terminal, 'dim', worked)}`);
  if (page.examples.length > 0) section(terminal, page.examples.length === 1 ? 'Example' : 'Examples');
  for (const example of page.examples) {
    paragraph(terminal, example.says, INDENT);
    for (const [what, amount] of linesOfExample(example)) terminal.out(`${INDENT}${INDENT}${what}: ${amount}`);
  }
  section(terminal, 'Rests on');
  for (const { cites, certainty, says } of page.citations) paragraph(terminal, `${cites}${says === undefined ? '' : `: ${says}`} (${CERTAINTY_WORDS[certainty]})`, INDENT);
  for (const pool of pools) printValues(terminal, page, pool);
  terminal.out('');
  terminal.out(painted(terminal, 'dim', `See also: ${page.seeAlso.map((id) => pageById(id)?.id ?? id).join(', ')}`));
}

function printValues(terminal: Terminal, page: HelpPage, { pool, packs, on, values }: PoolRules): void {
  const own = values.filter(({ key }) => pageOfKey(key) === page);
  if (own.length === 0) return;
  section(terminal, `In force in pool ${pool}${on === null ? '' : ` on ${on}`}`);
  paragraph(terminal, packs.join(', '), INDENT);
  const width = Math.max(...own.map(({ value }) => value.length).filter((length) => length <= VALUE_WIDTH_MAX), 0);
  for (const { label, value, status, cites, pack, replaces, note } of own) {
    terminal.out(`${INDENT}${value.padStart(width)}  ${status === 'unverified' ? `${UNVERIFIED_GLYPH} ` : ''}${label}`);
    const about = [cites, status === 'unverified' ? 'UNVERIFIED' : status, pack, ...replaces.map((before) => `in place of ${before.value} of ${before.pack}`)];
    terminal.out(painted(terminal, 'dim', `${INDENT}${' '.repeat(width)}  ${about.join(' · ')}`));
    if (note !== null) paragraph(terminal, note, `${INDENT}${' '.repeat(width)}  `);
  }
}

/** Longer values, such as tables, stand out of line rather than pushing all others to the right. */
const VALUE_WIDTH_MAX = 24;

function section(terminal: Terminal, title: string): void {
  terminal.out('');
  terminal.out(painted(terminal, 'bold', title));
}

/** Words in lines that fit the terminal. */
function paragraph(terminal: Terminal, words: string, indent = ''): void {
  let line = indent;
  for (const word of words.split(' ')) {
    if (line.length + word.length + 1 > terminal.columns && line.trim() !== '') {
      terminal.out(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  terminal.out(line.trimEnd());
}
