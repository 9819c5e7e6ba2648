import type { Call, MarginRun } from '../../shared/domain/call.ts';
import type { AccountState } from '../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { AccountForCalls } from '../../main/calls/official-run.ts';
import type { CallPolicy } from '../../main/calls/policy.ts';

/** Builders for tests of calls: an account in a few numbers, a run of a day, the usual policy. */

export const POLICY: CallPolicy = {
  dueBusinessDays: { house: 5, exchange: 2, regT: 3, minimumEquity: 5 },
  regTDeMinimis: '1000',
  minimumEquity: '2000',
  amountQuantum: '0.01',
  accumulate: true,
};
export const policyFor = (): CallPolicy => POLICY;

interface Figures {
  account?: string;
  equity: string;
  house: string;
  exchange?: string;
  netLiq?: string;
  unknownShort?: boolean;
}

export function anAccount({ account = 'A1', equity, house, exchange = '0', netLiq = equity, unknownShort = false }: Figures, more: Partial<AccountForCalls> = {}): AccountForCalls {
  return {
    account,
    currency: 'USD',
    state: stateOf({ account, equity, house, exchange, netLiq, unknownShort }),
    exchangeMaintenance: exchange,
    houseMaintenance: house,
    regTDue: [],
    deposits: '0',
    ...more,
  };
}

function stateOf({ account, equity, house, netLiq, unknownShort }: Required<Figures>): AccountState {
  const excess = new Decimal(equity).minus(house);
  const deficit = Decimal.max(excess.negated(), 0);
  const called = new Decimal(equity).isNegative() ? 'bankrupt' : 'call';
  return {
    id: account,
    status: deficit.gt(0) ? called : unknownShort ? 'indeterminate' : 'healthy',
    statusReason: unknownShort ? 'A short position has no price' : `Equity ${equity} against house maintenance ${house}`,
    netLiq,
    equity,
    initial: house,
    maintenance: house,
    available: toDecimalText(excess),
    excess: toDecimalText(excess),
    deficit: toDecimalText(deficit),
    healthRatio: house === '0' ? null : toDecimalText(new Decimal(equity).div(house).toDecimalPlaces(6)),
    utilisation: null,
    leverage: null,
    healthPool: 'cross',
    unpriced: unknownShort ? [{ instrument: 'XYZ', reason: 'no mark', indeterminate: true }] : [],
    pools: [],
  };
}

export function officialOn(businessDate: IsoDate): MarginRun {
  return { id: `run-${businessDate}`, businessDate, marksAsOf: `${businessDate}T21:00:00Z`, kind: 'official', sequence: 1, at: `${businessDate}T22:00:00Z` };
}

export function aCall(more: Partial<Call> = {}): Call {
  return {
    id: 'A1-house-2026-11-19-1',
    account: 'A1',
    type: 'house',
    state: 'issued',
    currency: 'USD',
    called: '10000',
    met: '0',
    outstanding: '10000',
    raisedOn: '2026-11-19',
    raisedAt: '2026-11-19T22:00:00Z',
    dueOn: '2026-11-27',
    runId: 'run-2026-11-19',
    excessAtRaise: '-10000',
    owner: null,
    ...more,
  };
}
