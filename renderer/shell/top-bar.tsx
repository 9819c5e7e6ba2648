import { useRef, type ReactNode } from 'react';
import type { BookInfo } from '../../shared/views.ts';
import { appearance, nextChoice } from '../design/appearance.ts';
import { useBook, useCallCount, useValue } from '../desk/hooks.ts';
import { formatCount } from '../format/moment.ts';
import { accountsOf, isPartOnly } from '../format/so-far.ts';
import { filterText } from '../grid/filter-text.ts';
import type { ImportStep } from '../import/import-flow.ts';
import { useImportStep } from '../import/use-import.ts';
import { runCommand, useCommand } from '../keys/commands.ts';
import { hashOf, useRoute, type Route } from './router.ts';

const THEME_GLYPHS = { system: '◐', light: '○', dark: '●' } as const;
const DENSITY_GLYPHS = { dense: '≣', normal: '≡', comfortable: '=' } as const;

interface Tab {
  route: Route;
  name: string;
  count: string | null;
  key: string;
}

/** What the import tab says of an import that waits or runs while the person is elsewhere. */
const IMPORT_SIGNS: Partial<Record<ImportStep['step'], string>> = { planning: '…', planned: 'plan', applying: '…', mapping: 'map', refused: '!' };

/** The counts that stand beside the names of the screens: those of the whole book, none while it is not there. */
export function tabCounts(book: BookInfo | null, calls: number): Record<'queue' | 'accounts' | 'exclusions', string | null> {
  return {
    queue: isPartOnly(book) ? null : formatCount(calls),
    accounts: book && formatCount(accountsOf(book)),
    exclusions: book && !isPartOnly(book) ? formatCount(book.excluded) : null,
  };
}

function useTabs(lastAccount: string | null): Tab[] {
  const book = useBook();
  const calls = useCallCount();
  const counts = tabCounts(book, calls);
  const { step } = useImportStep();
  const tabs: Tab[] = [
    { route: { screen: 'queue' }, name: 'Call queue', count: counts.queue, key: 'Alt+1' },
    { route: { screen: 'accounts' }, name: 'Accounts', count: counts.accounts, key: 'Alt+2' },
    // Nothing can be imported into a calc pack.
    ...(book?.isCalcPack ? [] : [{ route: { screen: 'import' as const }, name: 'Import', count: IMPORT_SIGNS[step] ?? null, key: 'Alt+4' }]),
    { route: { screen: 'exclusions' }, name: 'Exclusions', count: counts.exclusions, key: 'Alt+5' },
  ];
  if (lastAccount !== null) {
    tabs.splice(2, 0, { route: { screen: 'account', account: lastAccount, branchId: null }, name: lastAccount, count: null, key: 'Alt+3' });
  }
  return tabs;
}

function QuickFilter(): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const text = useValue(filterText);
  useCommand('filter.focus', () => input.current?.select());
  return (
    <label className="quick-filter">
      <span className="unseen">Filter the rows</span>
      <input
        ref={input}
        type="search"
        value={text}
        placeholder="Filter rows"
        data-testid="quick-filter"
        onChange={(event) => filterText.set(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          filterText.set('');
          event.currentTarget.blur();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}

function Settings(): ReactNode {
  const { theme, density } = useValue(appearance);
  return (
    <>
      <button className="icon" onClick={() => nextChoice('theme')} title={`Colours: ${theme}`} aria-label={`Colours: ${theme}. Change.`} data-testid="theme">
        {THEME_GLYPHS[theme]}
      </button>
      <button className="icon" onClick={() => nextChoice('density')} title={`Density: ${density}`} aria-label={`Density: ${density}. Change.`} data-testid="density">
        {DENSITY_GLYPHS[density]}
      </button>
      <button className="icon" onClick={() => runCommand('help.keys')} title="All keys (?)" aria-label="All keys">
        ?
      </button>
    </>
  );
}

/** The bar at the top: where to go, what to look for, what to do. */
export function TopBar({ lastAccount }: { lastAccount: string | null }): ReactNode {
  const route = useRoute();
  const book = useBook();
  const tabs = useTabs(lastAccount);
  return (
    <header className="top-bar">
      <span className="mark" aria-label="Plimsoll">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="9.5" />
          <path d="M1 16h30" />
        </svg>
        Plimsoll
      </span>
      <nav aria-label="Screens">
        {tabs.map((tab) => (
          <a
            key={tab.route.screen}
            href={hashOf(tab.route)}
            title={`${tab.name} (${tab.key})`}
            aria-current={route.screen === tab.route.screen ? 'page' : undefined}
            data-testid={`go-${tab.route.screen}`}
          >
            {tab.name}
            {tab.count !== null && <span className="tab-count">{tab.count}</span>}
          </a>
        ))}
      </nav>
      <span className="fill" />
      <QuickFilter />
      <button onClick={() => runCommand('palette.open')} data-testid="open-palette">
        Commands <kbd>Ctrl+K</kbd>
      </button>
      {!book?.isCalcPack && (
        <button onClick={() => runCommand('run.official')} data-testid="run-official">
          Official run …
        </button>
      )}
      <Settings />
    </header>
  );
}
