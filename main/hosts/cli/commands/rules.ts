import { standardRules } from '../../../desk/rule-values.ts';
import { pageById } from '../../../../shared/help/find.ts';
import { HELP_PAGES } from '../../../../shared/help/pages.ts';
import { succeed } from '../../../../shared/result.ts';
import { printHelpIndex, printHelpPage } from '../help-text.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, withDesk, type ExitStatus } from '../with-desk.ts';

export interface RulesOptions {
  json?: boolean;
  /** A book and an account whose rules in force are shown; the standard packs' when left out. */
  book?: string;
  account?: string;
}

/** `rules [PAGE]`: the rules in words, with their formulas, examples and citations, and the values in force. */
export function rulesCommand(terminal: Terminal, name: string | undefined, { json, book, account }: RulesOptions): Promise<ExitStatus> {
  const page = name === undefined ? null : pageById(name);
  if (name !== undefined && !page) return Promise.resolve(trouble(terminal, { code: 'unknown-page', message: `There is no page called ${JSON.stringify(name)}.`, fix: `Pages are ${HELP_PAGES.map(({ id }) => id).join(', ')}.` }));
  if ((book === undefined) !== (account === undefined)) return Promise.resolve(trouble(terminal, { code: 'bad-usage', message: 'The rules of an account need both its book and its name.', fix: 'Give --book and --account together.' }));
  if (!page) {
    if (json) printJson(terminal, HELP_PAGES.map(({ id, title, inShort }) => ({ id, title, inShort })));
    else printHelpIndex(terminal);
    return Promise.resolve(EXIT.done);
  }
  if (book !== undefined && account !== undefined) {
    return withDesk(terminal, book, 'read', async (desk) => {
      const rules = await desk.ask('rules.values', { account });
      if (!rules.ok) return rules;
      if (json) printJson(terminal, { ...page, pools: rules.value.pools });
      else printHelpPage(terminal, page, rules.value.pools);
      return succeed(EXIT.done);
    });
  }
  const pools = standardRules(null);
  if (!pools.ok) return Promise.resolve(trouble(terminal, pools.fault));
  if (json) printJson(terminal, { ...page, pools: pools.value });
  else printHelpPage(terminal, page, pools.value);
  return Promise.resolve(EXIT.done);
}
