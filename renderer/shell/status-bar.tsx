import type { ReactNode } from 'react';
import type { BookInfo } from '../../shared/views.ts';
import { STATUSES_WORST_FIRST, STATUS_LOOK } from '../design/status.ts';
import type { Connection } from '../desk/connect.ts';
import { useBook, useConnection, useDesk, useHost, useValue } from '../desk/hooks.ts';
import { formatFigure, kindOfUnit, type NumberKind } from '../format/figure.ts';
import { formatCount, formatMoment } from '../format/moment.ts';
import { soFar } from '../format/so-far.ts';
import { rangeStats } from '../grid/range-stats.ts';

const CONNECTION_LOOK: Record<Connection, { glyph: string; word: string }> = {
  connecting: { glyph: '◌', word: 'connecting' },
  connected: { glyph: '●', word: 'connected' },
  disconnected: { glyph: '✖', word: 'disconnected' },
  denied: { glyph: '✖', word: 'not signed in' },
};

const NUMBER_KINDS = new Set<string>(['money', 'quantity', 'price', 'ratio', 'percent', 'times', 'count']);

function RangePart(): ReactNode {
  const stats = useValue(rangeStats);
  if (!stats) return null;
  const unit = stats.unit ?? '';
  const isKind = NUMBER_KINDS.has(unit);
  const kind: NumberKind = isKind ? (unit as NumberKind) : kindOfUnit(unit);
  const show = (amount: string): string => `${amount === '0' ? '0' : formatFigure(amount, kind, 'minus')}${isKind ? '' : ` ${unit}`}`;
  return (
    <span className="part range-part" data-testid="range-stats" data-sum={stats.sum ?? ''} data-average={stats.average ?? ''}>
      <span>
        Cells <b>{formatCount(stats.cells)}</b>
      </span>
      {stats.sum !== null && stats.average !== null ? (
        <>
          <span>
            Sum <b>{show(stats.sum)}</b>
          </span>
          <span>
            Average <b>{show(stats.average)}</b>
          </span>
        </>
      ) : (
        stats.numbers > 0 && <span>mixed units: no sum</span>
      )}
    </span>
  );
}

function StatusCounts({ book }: { book: BookInfo }): ReactNode {
  return (
    <span className="part status-counts" aria-label={`${soFar(book, 'Accounts')} by status`}>
      {STATUSES_WORST_FIRST.filter((status) => (book.byStatus[status] ?? 0) > 0).map((status) => (
        <span key={status} className={`count-${status}`} title={`${STATUS_LOOK[status].word}: ${formatCount(book.byStatus[status] ?? 0)} ${soFar(book, 'accounts')}`}>
          {STATUS_LOOK[status].glyph} {formatCount(book.byStatus[status] ?? 0)}
        </span>
      ))}
    </span>
  );
}

/** Which accounts are shown while the others are computed. */
function firstAccounts(hasRun: boolean): string {
  const which = hasRun ? 'The accounts that the last official run found most urgent are shown first' : 'No official run has been made on this book, so the accounts that were imported first are shown first, urgent or not';
  return `${which}; every figure here is of them only until all are there.`;
}

/** What the bar says of the book. */
export function BookParts({ book }: { book: BookInfo }): ReactNode {
  const run = book.lastOfficialRun;
  return (
    <>
      <span className="part strong" title="The book that is open">
        {book.name}
      </span>
      {book.readOnly && (
        <span className="part warn" title={book.heldBy ? `Held for writing by ${book.heldBy}` : book.isCalcPack ? 'A calc pack is shown as it is: nothing is written to it. Try changes on a what-if.' : undefined}>
          ▲ read-only
        </span>
      )}
      <span className="part" title="The book's business day: the latest day any position is of">
        Day <b>{book.businessDate ?? 'none'}</b>
      </span>
      <span className="part" title="The time of the oldest marks the figures stand on">
        Marks <b>{book.marksAsOf ? formatMoment(book.marksAsOf) : 'none'}</b>
      </span>
      {!book.isCalcPack && (
        <span className="part" title={`Journal sequence. Rules: ${book.packs.join(', ')}`}>
          Seq <b>{formatCount(book.sequence)}</b>
        </span>
      )}
      {book.accountsInAll === undefined ? (
        <span className="part">
          <b>{formatCount(book.accounts)}</b> accounts · <b>{formatCount(book.positions)}</b> positions
        </span>
      ) : (
        <span className="part warn" data-testid="first-accounts" title={firstAccounts(run !== null)}>
          ▲ <b>{formatCount(book.accounts)}</b> of {formatCount(book.accountsInAll)} accounts so far; computing the rest
        </span>
      )}
      <a className={`part${book.excluded > 0 ? ' warn' : ''}`} href="#/exclusions" data-testid="excluded-count" title="Everything that the figures do not hold in full">
        {book.excluded > 0 ? '▲ ' : ''}
        <b>{formatCount(book.excluded)}</b> {soFar(book, 'excluded')}
      </a>
      <StatusCounts book={book} />
      {!book.isCalcPack && (
        <span className="part official-run" title={run ? `Made ${formatMoment(run.at)} on marks as of ${formatMoment(run.marksAsOf)}` : 'No official margin run has been made on this book'}>
          Official run <b>{run?.businessDate ?? 'never'}</b>
        </span>
      )}
    </>
  );
}

/** The line at the foot of every screen: which book, as of when, what is left out, and whether the desk is there. */
export function StatusBar(): ReactNode {
  const book = useBook();
  const host = useHost();
  const connection = useConnection();
  const trouble = useValue(useDesk().trouble);
  const look = CONNECTION_LOOK[connection];
  return (
    <footer className="status-bar" data-testid="status-bar">
      {book ? <BookParts book={book} /> : <span className="part">{trouble ?? 'Opening the book …'}</span>}
      <span className="fill" />
      <RangePart />
      {host && (
        <span className="part" title={host.networkBlocked ? 'The window can reach nothing but the desk' : 'The page talks only to the desk on this machine'} data-testid="network">
          {host.networkBlocked ? '⊘ network blocked' : '⌂ local only'}
        </span>
      )}
      {host && (
        <span className="part host-part" title={`Plimsoll ${host.version}, engine ${host.engine}, as ${host.user}`}>
          {host.host === 'electron' ? 'app' : 'browser'} {host.version}
        </span>
      )}
      <span className={`part connection connection-${connection}`} data-testid="connection" data-connection={connection}>
        {look.glyph} {look.word}
      </span>
    </footer>
  );
}
