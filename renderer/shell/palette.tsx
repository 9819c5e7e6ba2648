import { Command } from 'cmdk';
import { useMemo, useState, type ReactNode } from 'react';
import { statusText } from '../design/status.ts';
import { useAccounts, useBook, useValue } from '../desk/hooks.ts';
import { isPartOnly } from '../format/so-far.ts';
import { HELP_PAGES } from '../../shared/help/pages.ts';
import { openHelp } from '../help/state.ts';
import { canRun, handlers, runCommand } from '../keys/commands.ts';
import { keyBindings } from '../keys/key-map.ts';
import { branches } from '../whatif/branches.ts';
import { Dialog } from './dialog.tsx';
import { go, goToAccount, useRoute } from './router.ts';

const ACCOUNTS_SHOWN_MAX = 40;

/** What can be picked: a command, an open what-if or an account. */
interface Choice {
  id: string;
  label: string;
  aside: string;
  run: () => void;
}

function matches(choice: Choice, words: readonly string[]): boolean {
  const text = `${choice.label} ${choice.aside}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function useChoices(): { commands: Choice[]; branches: Choice[]; accounts: Choice[]; pages: Choice[] } {
  const route = useRoute();
  const account = route.screen === 'account' ? route.account : null;
  const accounts = useAccounts();
  const open = useValue(branches);
  const registered = useValue(handlers);
  return useMemo(
    () => ({
      commands: keyBindings
        .filter((binding) => !binding.builtIn && binding.command !== 'palette.open' && registered.has(binding.command) && canRun(binding.command))
        .map((binding) => ({ id: binding.command, label: binding.label, aside: binding.keys.join('  '), run: () => void runCommand(binding.command) })),
      branches: open.map((branch) => ({
        id: `branch ${branch.branchId}`,
        label: `What-if on ${branch.account}`,
        aside: branch.edits === 1 ? '1 edit' : `${branch.edits} edits`,
        run: () => go({ screen: 'account', account: branch.account, branchId: branch.branchId }),
      })),
      accounts: accounts.map((row) => ({
        id: `account ${row.account}`,
        label: row.client === null ? row.account : `${row.account} · ${row.client}`,
        get aside() {
          return statusText(row.status);
        },
        run: () => goToAccount(row.account),
      })),
      pages: HELP_PAGES.map((page) => ({ id: `help ${page.id}`, label: page.title, aside: 'rule in words', run: () => openHelp(page.id, account) })),
    }),
    [accounts, open, registered, account],
  );
}

function Group({ heading, choices, onPick }: { heading: string; choices: readonly Choice[]; onPick: (choice: Choice) => void }): ReactNode {
  if (choices.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {choices.map((choice) => (
        <Command.Item key={choice.id} value={choice.id} onSelect={() => onPick(choice)}>
          <span>{choice.label}</span>
          <span className="aside">{choice.aside}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** Everything the desk can do and every account, by typing a few letters of it. */
export function Palette({ onClose }: { onClose: () => void }): ReactNode {
  const [search, setSearch] = useState('');
  const choices = useChoices();
  const book = useBook();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (list: readonly Choice[]): Choice[] => list.filter((choice) => matches(choice, words));
  const accounts = words.length === 0 ? [] : found(choices.accounts);

  function pick(choice: Choice): void {
    onClose();
    // After the dialog has given the focus back, or a command that moves the focus would lose it again.
    setTimeout(() => choice.run(), 0);
  }

  return (
    <Dialog label="Commands" className="palette" onClose={onClose}>
      <Command label="Commands" shouldFilter={false} loop>
        <Command.Input placeholder="Type a command, an account or a client" value={search} onValueChange={setSearch} />
        <Command.List>
          <Command.Empty>{isPartOnly(book) ? 'Nothing is called that so far; the other accounts are being computed.' : 'Nothing is called that here.'}</Command.Empty>
          <Group heading="Open what-ifs" choices={found(choices.branches)} onPick={pick} />
          {words.length > 0 && <Group heading="Accounts" choices={accounts.slice(0, ACCOUNTS_SHOWN_MAX)} onPick={pick} />}
          <Group heading="Commands" choices={found(choices.commands)} onPick={pick} />
          {words.length > 0 && <Group heading="Rules in words" choices={found(choices.pages)} onPick={pick} />}
        </Command.List>
      </Command>
    </Dialog>
  );
}
