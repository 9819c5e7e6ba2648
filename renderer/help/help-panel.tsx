import { useEffect, useRef, type ReactNode } from 'react';
import { pageById } from '../../shared/help/find.ts';
import { HELP_PAGES } from '../../shared/help/pages.ts';
import { useAnswer, useDesk, useRow, useValue } from '../desk/hooks.ts';
import { useCommand } from '../keys/commands.ts';
import { HelpPageView } from './help-page.tsx';
import { backInHelp, closeHelp, helpTrail, openHelp, returnFocus, type HelpRequest } from './state.ts';

/** Every page with its one sentence. */
function Contents({ account }: { account: string | null }): ReactNode {
  return (
    <ul className="help-contents">
      {HELP_PAGES.map((page) => (
        <li key={page.id}>
          <button className="link" onClick={() => openHelp(page.id, account)}>
            {page.title}
          </button>
          <p>{page.inShort}</p>
        </li>
      ))}
    </ul>
  );
}

/** The page's text. It takes the keys as it comes up, so that it can be read and left without the mouse. */
function Body({ name, title, children }: { name: string; title: string; children: ReactNode }): ReactNode {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.focus({ preventScroll: true }), []);
  return (
    // Scrolled by the keys: a text may be longer than its frame.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={body} className="help-body" tabIndex={0} role="document" data-testid="help-page" data-page={name}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

function Panel({ request, depth }: { request: HelpRequest; depth: number }): ReactNode {
  const desk = useDesk();
  const { account } = request;
  const page = request.page === null ? null : pageById(request.page);
  const row = useRow(desk.accounts, account);
  const { value: rules } = useAnswer('rules.values', account === null ? {} : { account }, row);
  useCommand('help.close', closeHelp);
  useCommand('help.back', backInHelp);
  useEffect(() => () => void setTimeout(returnFocus, 0), []);

  return (
    <aside className="help-panel" data-testid="help-panel" aria-label="Rules in words">
      <header>
        <button className="quiet" onClick={backInHelp} title="Back (Backspace)" data-testid="help-back">
          ← {depth > 1 ? 'Back' : 'Back to where you were'}
        </button>
        <span className="fill" />
        {page !== null && (
          <button className="quiet" onClick={() => openHelp(null, account)}>
            All rules
          </button>
        )}
        <button className="quiet" onClick={closeHelp} title="Close (Esc)" aria-label="Close the help">
          ✕
        </button>
      </header>
      <Body key={request.page ?? 'contents'} name={request.page ?? 'contents'} title={page?.title ?? 'The rules in words'}>
        {page ? <HelpPageView page={page} account={account} rules={rules?.pools ?? []} /> : <Contents account={account} />}
      </Body>
    </aside>
  );
}

/** The rules in words, docked where the explain panel stands, which waits behind it as it was left. */
export function HelpPanel(): ReactNode {
  const trail = useValue(helpTrail);
  const request = trail?.at(-1);
  return request ? <Panel request={request} depth={trail?.length ?? 0} /> : null;
}
