/**
 * Every key Plimsoll answers to, in one table. A command's handler is registered by whichever screen can carry it out
 * (see commands.ts); this table says which key asks for it and in which place. The key map dialog is this table.
 */

/** Where a key works. `anywhere` keys must not clash with any other; others only with those of their own place. */
export type KeyPlace = 'anywhere' | 'grid' | 'account' | 'what-if' | 'explain' | 'help';

export interface KeyBinding {
  command: string;
  keys: readonly string[];
  place: KeyPlace;
  /** What it does, as the palette and the key map say it. */
  label: string;
  /** Works also while a text field has the focus. */
  whileTyping?: boolean;
  /** Carried out by the grid or the panel itself; listed so that people find it. */
  builtIn?: boolean;
}

export const KEY_MAP = [
  { command: 'go.queue', keys: ['Alt+1'], place: 'anywhere', label: 'Go to the call queue', whileTyping: true },
  { command: 'go.accounts', keys: ['Alt+2'], place: 'anywhere', label: 'Go to accounts', whileTyping: true },
  { command: 'go.account', keys: ['Alt+3'], place: 'anywhere', label: 'Go to the account last opened', whileTyping: true },
  { command: 'go.import', keys: ['Alt+4'], place: 'anywhere', label: 'Go to import', whileTyping: true },
  { command: 'go.exclusions', keys: ['Alt+5'], place: 'anywhere', label: 'Go to exclusions', whileTyping: true },
  { command: 'palette.open', keys: ['Ctrl+K'], place: 'anywhere', label: 'Find a command or an account', whileTyping: true },
  { command: 'filter.focus', keys: ['/'], place: 'anywhere', label: 'Filter the rows of this screen' },
  { command: 'help.keys', keys: ['?'], place: 'anywhere', label: 'Show all keys' },
  { command: 'explain.figure', keys: ['X'], place: 'anywhere', label: 'Explain the figure under the cursor' },
  { command: 'help.figure', keys: ['F1'], place: 'anywhere', label: 'The rule behind the cell, figure or line under the cursor, in words' },
  { command: 'help.contents', keys: [], place: 'anywhere', label: 'All rules in words' },
  { command: 'account.previous', keys: ['['], place: 'anywhere', label: 'Previous account' },
  { command: 'account.next', keys: [']'], place: 'anywhere', label: 'Next account' },
  { command: 'call.next', keys: ['J'], place: 'anywhere', label: 'Next call in the queue' },
  { command: 'call.previous', keys: ['K'], place: 'anywhere', label: 'Previous call in the queue' },
  { command: 'whatif.open', keys: ['W'], place: 'anywhere', label: 'What-if on this account' },
  { command: 'cure.try', keys: ['C'], place: 'anywhere', label: 'Try the first cure that trades on a what-if' },
  { command: 'compare.open', keys: ['B'], place: 'anywhere', label: 'This account beside another regime' },
  { command: 'rank.now', keys: ['F9'], place: 'anywhere', label: 'Re-rank the rows now' },
  { command: 'mark.set', keys: ['M'], place: 'anywhere', label: 'Set a mark by hand …' },
  { command: 'run.official', keys: [], place: 'anywhere', label: 'Run the official margin run …' },
  { command: 'import.choose', keys: ['Ctrl+O'], place: 'anywhere', label: 'Import a file …' },
  { command: 'theme.next', keys: [], place: 'anywhere', label: 'Change colours: system, light, dark' },
  { command: 'density.next', keys: [], place: 'anywhere', label: 'Change density: dense, normal, comfortable' },
  { command: 'negatives.next', keys: [], place: 'anywhere', label: 'Write negatives with parentheses or with a minus' },
  { command: 'columns.choose', keys: [], place: 'grid', label: 'Choose columns' },
  { command: 'columns.filter', keys: ['Ctrl+Shift+F'], place: 'grid', label: 'Show or hide the filter row' },
  { command: 'layout.reset', keys: [], place: 'grid', label: 'Reset columns, order and filters of this screen' },
  { command: 'row.open', keys: ['Enter'], place: 'grid', label: 'Open the account of this row', builtIn: true },
  { command: 'cell.edit', keys: ['F2'], place: 'grid', label: 'Edit the cell (what-if)', builtIn: true },
  { command: 'range.extend', keys: ['Shift+Arrows'], place: 'grid', label: 'Extend the selected range', builtIn: true },
  { command: 'range.edge', keys: ['Ctrl+Arrows'], place: 'grid', label: 'Go to the edge (with Shift: select to it)', builtIn: true },
  { command: 'range.all', keys: ['Ctrl+A'], place: 'grid', label: 'Select all cells', builtIn: true },
  { command: 'range.row', keys: ['Shift+Space'], place: 'grid', label: 'Select the row', builtIn: true },
  { command: 'range.copy', keys: ['Ctrl+C'], place: 'grid', label: 'Copy the range, full precision', builtIn: true },
  { command: 'range.copyWithHeaders', keys: ['Ctrl+Shift+C'], place: 'grid', label: 'Copy the range with headers', builtIn: true },
  { command: 'whatif.undo', keys: ['Ctrl+Z'], place: 'what-if', label: 'Undo the last edit' },
  { command: 'whatif.redo', keys: ['Ctrl+Y', 'Ctrl+Shift+Z'], place: 'what-if', label: 'Redo the edit' },
  { command: 'whatif.discard', keys: [], place: 'what-if', label: 'Discard this what-if' },
  { command: 'help.close', keys: ['Escape'], place: 'help', label: 'Close the help: back to where you were' },
  { command: 'help.back', keys: ['Backspace'], place: 'help', label: 'Back to the page before' },
  { command: 'explain.close', keys: ['Escape'], place: 'explain', label: 'Close the panel' },
  { command: 'explain.move', keys: ['Up', 'Down'], place: 'explain', label: 'Move through the tree', builtIn: true },
  { command: 'explain.fold', keys: ['Left', 'Right'], place: 'explain', label: 'Close and open a node', builtIn: true },
] as const satisfies readonly KeyBinding[];

export type CommandId = (typeof KEY_MAP)[number]['command'];

export const PLACE_NAMES: Record<KeyPlace, string> = {
  anywhere: 'Everywhere',
  grid: 'In a grid',
  account: 'On an account',
  'what-if': 'In a what-if',
  explain: 'In the explain panel',
  help: 'In the help',
};

/** The bindings as plain rows, for whoever lists them. */
export const keyBindings: readonly (KeyBinding & { command: CommandId })[] = KEY_MAP;
