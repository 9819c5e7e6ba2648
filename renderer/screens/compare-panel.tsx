import type { ReactNode } from 'react';
import { AS_IT_IS, type ComparedFigure, type ComparedGroup, type ComparisonWithOffers, type RegimeColumn } from '../../shared/comparison.ts';
import type { AccountRow } from '../../shared/views.ts';
import { UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';
import { FIGURE_WORDS } from '../../shared/help/example-lines.ts';
import { faultLine } from '../../shared/result.ts';
import { StatusPill } from '../design/status-pill.tsx';
import { useAnswer } from '../desk/hooks.ts';
import { openExplain } from '../explain/state.ts';
import { formatChange, formatFigure, fullFigure, type NumberKind } from '../format/figure.ts';
import { openHelp } from '../help/state.ts';
import { compareUnder, toggleCompare, type Comparing } from './compare-state.ts';

/** Beside the account as it is. */
const REGIMES_MAX = 3;

/** An amount that opens its explanation under the regime of its column. */
function Amount({ account, column, figure, text, kind }: { account: string; column: RegimeColumn; figure: ComparedFigure; text: string | null; kind: NumberKind }): ReactNode {
  if (text === null) return <td className="number faint">none</td>;
  const regime = column.regime === AS_IT_IS ? {} : { regime: column.regime };
  return (
    <td className={`number${text.startsWith('-') ? ' negative' : ''}`}>
      <button className="link" title={`${fullFigure(text)}\nPress to explain it under: ${column.title}`} onClick={() => openExplain({ account, figure, ...regime })} data-testid={`compare-${figure}-${column.regime}`} data-amount={text}>
        {text === '0' ? '0' : formatFigure(text, kind)}
      </button>
    </td>
  );
}

/** More or less than under the first regime, with a sign of its own. */
function Difference({ text, kind }: { text: string | null | undefined; kind: NumberKind }): ReactNode {
  if (text === null || text === undefined) return <td className="number faint">none</td>;
  if (text === '0') return <td className="number faint">= same</td>;
  return (
    <td className="number" title={fullFigure(text)} data-amount={text}>
      {text.startsWith('-') ? '▼' : '▲'} {formatChange(text, kind)}
    </td>
  );
}

/** The columns of both tables: each regime, and after all but the first what it is more or less. */
function Heads({ regimes, first, more = [] }: { regimes: readonly RegimeColumn[]; first: string; more?: readonly string[] }): ReactNode {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {regimes.map(({ regime, title }, at) => [
          <th key={regime} scope="col" className="number" title={title}>
            {title}
          </th>,
          at > 0 && (
            <th key={`${regime} difference`} scope="col" className="number">
              Difference
            </th>
          ),
        ])}
        {more.map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Figures({ compared: { account, regimes, figures } }: { compared: ComparisonWithOffers }): ReactNode {
  return (
    <table data-testid="compare-figures">
      <Heads regimes={regimes} first="Figure" />
      <tbody>
        <tr>
          <th scope="row">Status</th>
          {regimes.map(({ regime, status, statusReason, unverified }, at) => [
            <td key={regime} className="number" title={statusReason}>
              {unverified && (
                <span className="unverified-mark" title={UNVERIFIED_WORDS}>
                  {UNVERIFIED_GLYPH}
                </span>
              )}
              <StatusPill status={status} />
            </td>,
            at > 0 && (
              <td key={`${regime} difference`} className="number faint">
                {status === regimes[0]?.status ? '= same' : '≠ differs'}
              </td>
            ),
          ])}
        </tr>
        {figures.map(({ figure, amounts, differences }) => {
          const kind: NumberKind = figure === 'healthRatio' ? 'ratio' : 'money';
          return (
            <tr key={figure}>
              <th scope="row">{FIGURE_WORDS[figure]}</th>
              {regimes.map((column, at) => [
                <Amount key={column.regime} account={account} column={column} figure={figure} text={amounts[at] ?? null} kind={kind} />,
                at > 0 && <Difference key={`${column.regime} difference`} text={differences[at]} kind={kind} />,
              ])}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function GroupRow({ row, compared: { account, regimes } }: { row: ComparedGroup; compared: ComparisonWithOffers }): ReactNode {
  const most = row.most === null ? null : regimes[row.most];
  return (
    <tr>
      <th scope="row">{row.group ?? 'Of the whole'}</th>
      {regimes.map((column, at) => [
        <Amount key={column.regime} account={account} column={column} figure="maintenance" text={row.amounts[at] ?? null} kind="money" />,
        at > 0 && <Difference key={`${column.regime} difference`} text={row.differences[at]} kind="money" />,
      ])}
      <td className="compare-most" title={most?.title}>
        {most ? most.title : <span className="faint">the same</span>}
      </td>
      {regimes.map(({ regime }, at) => (
        <td key={`${regime} reason`} className="compare-reason" title={row.reasons[at]}>
          {row.reasons[at]}
        </td>
      ))}
    </tr>
  );
}

function Groups({ compared }: { compared: ComparisonWithOffers }): ReactNode {
  const { regimes, groups } = compared;
  if (groups.length === 0) return null;
  return (
    <>
      <h4 title="What the positions are asked, options at their value apart: net liquidation value less all of these is excess">By underlying: what it takes of excess, what differs most first</h4>
      <table data-testid="compare-groups">
        <Heads regimes={regimes} first="Underlying" more={['Asks more', ...regimes.map(({ title }) => `Why: ${title}`)]} />
        <tbody>
          {groups.map((row) => (
            <GroupRow key={row.group ?? ''} row={row} compared={compared} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Which regimes stand beside the account's own, and what else could. */
function Choice({ comparing: { account }, compared }: { comparing: Comparing; compared: ComparisonWithOffers }): ReactNode {
  const chosen = compared.regimes.filter(({ regime }) => regime !== AS_IT_IS);
  const names = chosen.map(({ regime }) => regime);
  const others = compared.offers.filter(({ regime }) => !names.includes(regime));
  return (
    <span className="compare-choice">
      {chosen.map(({ regime, title }) => (
        <span key={regime} className="tag">
          {title}
          {chosen.length > 1 && (
            <button className="quiet" aria-label={`Leave out ${title}`} onClick={() => compareUnder(account, names.filter((name) => name !== regime))}>
              ✕
            </button>
          )}
        </span>
      ))}
      {[...(chosen.length < REGIMES_MAX ? ['Add …'] : []), 'Instead …'].map((word) => (
        <select key={`${word} ${names.join()}`} aria-label={word === 'Add …' ? 'Add a regime' : 'Compare with another regime instead'} value="" onChange={({ target: { value } }) => compareUnder(account, word === 'Add …' ? [...names, value] : [value])}>
          <option value="">{word}</option>
          {others.map(({ regime, title }) => (
            <option key={regime} value={regime}>
              {title}
            </option>
          ))}
        </select>
      ))}
    </span>
  );
}

function Remarks({ compared: { regimes, refused } }: { compared: ComparisonWithOffers }): ReactNode {
  // Two pools may say the same of one instrument; it is read once.
  const notes = [...new Set(regimes.flatMap(({ title, notes }) => notes.map((note) => `${title}: ${note}`)))];
  if (notes.length === 0 && refused.length === 0) return null;
  return (
    <ul className="compare-notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      {refused.map(({ regime, reason }) => (
        <li key={regime} className="warn">
          ▲ {regime}: {reason}
        </li>
      ))}
    </ul>
  );
}

/** The account under its own rules and others, side by side, in place of its positions. Asked for only while it is open. */
export function ComparePanel({ row, comparing: now }: { row: AccountRow; comparing: Comparing }): ReactNode {
  const { value, fault } = useAnswer('account.compare', { account: now.account, regimes: [...now.regimes] }, row);
  return (
    <section className="compare-panel" aria-label="Regimes side by side" data-testid="compare-panel">
      <header>
        <h3>Regimes side by side</h3>
        {value && <Choice comparing={now} compared={value} />}
        <button className="quiet" onClick={() => openHelp('regimes', now.account)} title="In words" aria-label="Comparing regimes in words">
          ?
        </button>
        <button className="quiet" onClick={() => toggleCompare(now.account)} data-testid="compare-close">
          Back to positions <kbd>B</kbd>
        </button>
      </header>
      <div className="compare-body">
        {fault && <p className="fault">{faultLine(fault)}</p>}
        {!value && !fault && <p className="faint">Working out the account under the other rules …</p>}
        {value && <Figures compared={value} />}
        {value && <Remarks compared={value} />}
        {value && value.regimes.length > 1 && <Groups compared={value} />}
      </div>
    </section>
  );
}
