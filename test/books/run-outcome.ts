import type { RunOutcome } from '../../main/books/writing/record-run.ts';
import type { Call } from '../../shared/domain/call.ts';

/** The outcome of an official run that leaves one house call of this amount open on the account, and a balance to the next day. */
export function runOf(account: string, called: string, businessDate: string, more: Partial<Call> = {}): RunOutcome {
  const runId = `official-${businessDate}`;
  const call: Call = {
    id: `${account}-house-1`,
    account,
    type: 'house',
    state: 'issued',
    currency: 'USD',
    called,
    met: '0',
    outstanding: called,
    raisedOn: '2026-11-01',
    raisedAt: '2026-11-01T22:00:00Z',
    dueOn: '2026-11-05',
    runId,
    excessAtRaise: '-500',
    owner: null,
    ...more,
  };
  const { id: callId, outstanding } = call;
  return {
    run: { id: runId, businessDate, marksAsOf: `${businessDate}T21:00:00Z`, kind: 'official', sequence: 1, at: `${businessDate}T22:00:00Z` },
    calls: [call],
    events: [
      { callId, kind: 'increased', from: 'issued', to: call.state, amount: called, satisfiedBy: null, at: `${businessDate}T22:00:00Z`, by: 'mary', runId, reason: 'Deficit grew' },
    ],
    priors: [{ account, currency: 'USD', sma: called, equity: '9000', excess: '-500' }],
    records: [{ account, businessDate, type: call.type, callId, required: called, outstanding, satisfiedBy: null, satisfiedOn: null, runId }],
  };
}
