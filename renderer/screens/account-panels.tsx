import { memo, useState, type ReactNode } from 'react';
import type { AccountView, CashRow } from '../../shared/views.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import { UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';
import { brokerFigureWord } from '../../shared/fact-words.ts';
import { CALL_STATE_WORDS, CALL_TYPE_WORDS } from '../design/status.ts';
import { openExplain } from '../explain/state.ts';
import { formatFigure, fullFigure, type NumberKind } from '../format/figure.ts';
import { formatMoment } from '../format/moment.ts';
import { isByRule } from './headlines.ts';
import { CallHistory } from './call-history.tsx';
import { useFirstRows } from './first-rows.tsx';

/** A cell that has nothing to say. */
function Blank(): ReactNode {
  return (
    <td>
      <span className="unseen">none</span>
    </td>
  );
}

/** An amount in a small table; full precision in its tooltip. */
function Amount({ text, kind = 'money' }: { text: string | null; kind?: NumberKind }): ReactNode {
  if (text === null) return <Blank />;
  return (
    <td className={`number${text.startsWith('-') ? ' negative' : ''}`} title={fullFigure(text)} data-amount={text}>
      {formatFigure(text, kind)}
    </td>
  );
}

function Panel({ title, heads, empty, children }: { title: string; heads: readonly string[]; empty: string | null; children: ReactNode }): ReactNode {
  return (
    <section className="side-panel" aria-label={title}>
      <h3>{title}</h3>
      {empty ? (
        <p className="faint">{empty}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col" className={head.startsWith('>') ? 'number' : ''}>
                  {head.replace('>', '')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
    </section>
  );
}

const CASH_WORDS: Record<string, [word: string, about: string]> = {
  tradeDate: ['Trade date', 'The ledger balance, proceeds of short sales included'],
  settled: ['Settled', 'The settled part of the trade-date balance, never added to it'],
  shortProceeds: ['Short proceeds', 'Proceeds of short sales that the broker keeps apart'],
  pendingDeposit: ['Pending deposit', 'Counts from its value date'],
  accruedInterest: ['Accrued interest', 'Earned or owed and not yet booked'],
  accruedDividend: ['Accrued dividend', 'Due and not yet booked'],
  securitiesLendingCollateral: ['Securities lending', 'Collateral of securities lent or borrowed'],
  futuresSegment: ['Futures segment', 'Cash held for futures'],
};

export const CashPanel = memo(function CashPanel({ cash, currency }: { cash: readonly CashRow[]; currency: string }): ReactNode {
  const several = cash.some(({ pool }) => pool !== undefined);
  return (
    <Panel title="Cash" heads={[...(several ? ['Pool'] : []), 'Kind', 'Ccy', '>Amount', `>In ${currency}`, 'As of']} empty={cash.length === 0 ? 'The book knows no cash for this account.' : null}>
      {cash.map((row) => (
        <tr key={`${row.pool} ${row.currency} ${row.kind} ${row.asOf}`}>
          {several && <td>{row.pool}</td>}
          <td title={CASH_WORDS[row.kind]?.[1]}>{CASH_WORDS[row.kind]?.[0] ?? row.kind}</td>
          <td>{row.currency}</td>
          <Amount text={row.amount} />
          <Amount text={row.inBase} />
          <td>{formatMoment(row.asOf)}</td>
        </tr>
      ))}
    </Panel>
  );
});

/** The three requirements side by side, never blended; each opens its own explanation where there is one. */
export function StacksPanel({ view, account }: { view: AccountView; account: string }): ReactNode {
  const { regT, exchange, house, risk } = view.stacks;
  const byRule = isByRule(view.row);
  const rows: { name: string; initial: string | null; initialFigure?: FigureName; maintenance: string | null; maintenanceFigure?: FigureName }[] = [
    { name: byRule ? 'House (counts)' : 'What counts', initial: house.initial, initialFigure: 'initial', maintenance: house.maintenance, maintenanceFigure: 'maintenance' },
    { name: byRule ? 'Exchange' : 'Before house rules', initial: exchange.initial, initialFigure: 'exchangeInitial', maintenance: exchange.maintenance, maintenanceFigure: 'exchangeMaintenance' },
    ...(byRule ? [{ name: 'Reg T', initial: regT.initial, initialFigure: 'regTInitial' as const, maintenance: null }] : []),
    ...(risk && (byRule || risk.maintenance !== exchange.maintenance) ? [{ name: 'Risk based', initial: risk.initial, maintenance: risk.maintenance }] : []),
  ];
  function figure(amount: string | null, name: FigureName | undefined): ReactNode {
    if (amount === null) return <Blank />;
    if (name === undefined) return <Amount text={amount} />;
    return (
      <td className="number">
        {view.row.unverified.includes(name) && (
          <span className="unverified-mark" title={UNVERIFIED_WORDS}>
            {UNVERIFIED_GLYPH}
          </span>
        )}
        <button className="link" title={fullFigure(amount)} onClick={() => openExplain({ account, figure: name })}>
          {formatFigure(amount, 'money')}
        </button>
      </td>
    );
  }
  return (
    <Panel title="Requirements" heads={['By', '>Initial', '>Maintenance']} empty={null}>
      {rows.map((row) => (
        <tr key={row.name}>
          <td>{row.name}</td>
          {figure(row.initial, row.initialFigure)}
          {figure(row.maintenance, row.maintenanceFigure)}
        </tr>
      ))}
      {byRule && (
        <tr>
          <td title="Exists only where trades are known: a positions file shows a requirement, never a call">Reg T due today</td>
          {regT.dueToday === null ? <td className="faint">trades not known</td> : figure(regT.dueToday, 'regTDueToday')}
          <Blank />
        </tr>
      )}
    </Panel>
  );
}

const UNDERLYINGS_FIRST = 25;

/** Call prices of underlyings of options that the account does not hold itself; those it holds have theirs in the grid. */
export function UnderlyingsPanel({ view, account }: { view: AccountView; account: string }): ReactNode {
  const called = view.underlyings.filter(({ callPrice: { down, up } }) => down !== null || up !== null);
  const { shown, more } = useFirstRows(called, UNDERLYINGS_FIRST, 3);
  if (called.length === 0) return null;
  return (
    <Panel title="Call prices of underlyings" heads={['Underlying', '>Call ↓', '>Call ↑']} empty={null}>
      {shown.map(({ instrument, callPrice }) => (
        <tr key={instrument}>
          <td>
            <button className="link" onClick={() => openExplain({ account, figure: `callPrice:${instrument}` })} title="How equity and requirement meet there">
              {instrument}
            </button>
          </td>
          <Amount text={callPrice.down} kind="price" />
          <Amount text={callPrice.up} kind="price" />
        </tr>
      ))}
      {more}
    </Panel>
  );
}

export const CallsPanel = memo(function CallsPanel({ view, title }: { view: AccountView; title: string }): ReactNode {
  const [opened, setOpened] = useState<string | null>(null);
  const owned = view.calls.some((call) => call.owner !== null);
  return (
    <Panel title={title} heads={['Call', 'State', '>Called', '>Met', '>Outstanding', 'Due', ...(owned ? ['Owner'] : [])]} empty={view.calls.length === 0 ? 'No call has been issued on this account.' : null}>
      {view.calls.map((call) => (
        <tr key={call.id}>
          <td>
            <button className="link" onClick={() => setOpened(call.id)} title={`Raised ${formatMoment(call.raisedAt)}. Press for its history.`} data-testid="call-history">
              {CALL_TYPE_WORDS[call.type]}
            </button>
            {opened === call.id && <CallHistory callId={call.id} onClose={() => setOpened(null)} />}
          </td>
          <td>{CALL_STATE_WORDS[call.state]}</td>
          <Amount text={call.called} />
          <Amount text={call.met} />
          <Amount text={call.outstanding} />
          <td>{call.dueOn}</td>
          {owned && <td>{call.owner ?? ''}</td>}
        </tr>
      ))}
    </Panel>
  );
});

/** The broker's own figures beside ours, where we have the same one; a difference is marked, not explained away. */
export function BrokerPanel({ view }: { view: AccountView }): ReactNode {
  const ours = view.row as unknown as Record<string, unknown>;
  const mixed = view.brokerFigures.some((figure) => figure.currency !== view.row.currency);
  return (
    <Panel title={`Broker’s figures beside ours${mixed ? '' : `, ${view.row.currency}`}`} heads={['Figure', ...(mixed ? ['Ccy'] : []), '>Broker', '>Ours', 'Compared']} empty={view.brokerFigures.length === 0 ? 'The broker’s file states no figures of its own.' : null}>
      {view.brokerFigures.map((figure) => {
        const own = figure.currency === view.row.currency && typeof ours[figure.name] === 'string' ? (ours[figure.name] as string) : null;
        return (
          <tr key={`${figure.name} ${figure.currency}`} title={`As of ${figure.asOf}`}>
            <td>{brokerFigureWord(figure.name)}</td>
            {mixed && <td>{figure.currency}</td>}
            <Amount text={figure.amount} />
            <Amount text={own} />
            <td>{own === null ? '' : own === figure.amount ? '= same' : <span className="differs">≠ differs</span>}</td>
          </tr>
        );
      })}
    </Panel>
  );
}
