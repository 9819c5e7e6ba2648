import type { ReactNode } from 'react';
import { faultLine } from '../../shared/result.ts';
import { CALL_STATE_WORDS, CALL_TYPE_WORDS } from '../design/status.ts';
import { useAnswer, useBook } from '../desk/hooks.ts';
import { formatFigure, fullFigure } from '../format/figure.ts';
import { formatMoment } from '../format/moment.ts';
import { Dialog } from '../shell/dialog.tsx';

const EVENT_WORDS: Record<string, string> = {
  raised: 'Raised',
  increased: 'Increased',
  reduced: 'Reduced',
  met: 'Met',
  retyped: 'Retyped',
  stateChanged: 'State changed',
  overdue: 'Overdue',
  note: 'Note',
};

/** The life of one call, step by step: who or which run, when, from which state to which, and why. */
export function CallHistory({ callId, onClose }: { callId: string; onClose: () => void }): ReactNode {
  const book = useBook();
  const { value, fault } = useAnswer('calls.events', { callId }, book?.sequence);
  return (
    <Dialog label="History of the call" className="history" onClose={onClose}>
      <header>
        <h2>{value ? `${CALL_TYPE_WORDS[value.call.type]} call on ${value.call.account}, raised ${value.call.raisedOn}` : 'History of the call'}</h2>
        <button className="quiet" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </header>
      {fault && <p className="screen-fault">{faultLine(fault)}</p>}
      <table data-testid="call-events">
        <thead>
          <tr>
            {['When', 'Step', 'State', 'Amount', 'By', 'Why'].map((head) => (
              <th key={head} scope="col" className={head === 'Amount' ? 'number' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(value?.events ?? []).map((event) => (
            <tr key={`${event.at} ${event.kind} ${event.to} ${event.reason}`}>
              <td className="nowrap">{formatMoment(event.at)}</td>
              <td className="nowrap">{EVENT_WORDS[event.kind] ?? event.kind}</td>
              <td className="nowrap">
                {event.from !== null && event.from !== event.to ? `${CALL_STATE_WORDS[event.from]} → ` : ''}
                {CALL_STATE_WORDS[event.to]}
              </td>
              <td className="number nowrap" title={event.amount === null ? undefined : fullFigure(event.amount)}>
                {event.amount === null ? '' : formatFigure(event.amount, 'money')}
              </td>
              <td className="nowrap">{event.by}</td>
              <td>{event.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
