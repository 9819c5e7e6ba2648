import type { QueueRow } from '../../shared/views.ts';
import type { Call, MarginRun } from '../../shared/domain/call.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import { Decimal, fromDecimalText, toDecimalText, type DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import { isIndeterminate, type AccountForCalls, type MarginForCalls } from './account-need.ts';
import { businessDaysBetween } from './calendar.ts';
import { expectedCalls, type ExpectedCall } from './expected.ts';
import type { CallPolicy } from './policy.ts';
import { isOpen } from './transitions.ts';
import { byUrgency, type Urgency } from './urgency.ts';

export interface QueueInput {
  /** The book's calls; those that are closed are passed over. */
  open: readonly Call[];
  accounts: readonly AccountForCalls[];
  policyFor: (account: string) => CallPolicy;
  /** The book's business day. */
  today: IsoDate;
  /** Client's name by account. */
  clients: ReadonlyMap<string, string | null>;
  /** The group that takes most of the account's requirement, and its share. */
  drivers: ReadonlyMap<string, { group: string; share: DecimalText } | null>;
  /** The latest step of each call, as people read it. */
  lastActions: ReadonlyMap<string, string>;
  last?: MarginRun | null | undefined;
  /** By account, the figures that rest on a rule nobody has checked. */
  unverified?: ReadonlyMap<string, readonly FigureName[]>;
}

type Row = Omit<QueueRow, 'rank'>;
/** The part of a row that a call supplies; all null on an indeterminate account without one. */
type CallPart = Pick<Row, 'key' | 'type' | 'state' | 'callId' | 'called' | 'met' | 'outstanding' | 'raisedAt' | 'raisedOn' | 'dueOn' | 'owner'> & { excessAtRaise: DecimalText | null };

/**
 * The call queue, most urgent first: a row for every open call, for every call that would be raised or increased now,
 * and for every account whose state cannot be told and that no other row shows. A call on an account that is not in
 * `accounts` has no state to show and is left out.
 */
export function buildQueue(input: QueueInput): QueueRow[] {
  const openBy = Map.groupBy(input.open, ({ account }) => account);
  return rankedQueue(input.accounts.flatMap((account) => queueLines(input, account, openBy.get(account.account) ?? [])));
}

/** One line of the queue before it has a rank, with what its rank depends on. */
export interface QueueLine {
  row: Row;
  urgency: Urgency;
}

/** The lines of one account, given its calls: no other account has a part in them. */
export function queueLines(input: Omit<QueueInput, 'open' | 'accounts'>, account: AccountForCalls, calls: readonly Call[]): QueueLine[] {
  const open = calls.filter(({ state }) => isOpen(state));
  const expected = expectedCalls(open, [account], input.policyFor, input.today, input.last ?? null);
  const parts = [...open.map(openPart), ...expected.map(expectedPart)];
  if (parts.length === 0 && isIndeterminate(account.state)) parts.push(indeterminatePart(account.account));
  return parts.map((part) => lineOf(input, account, part));
}

/** Lines in the order of their urgency, which gives each its rank. */
export function rankedQueue(lines: readonly QueueLine[]): QueueRow[] {
  return lines.toSorted((a, b) => byUrgency(a.urgency, b.urgency)).map(({ row }, index) => ({ rank: index + 1, ...row }));
}

function lineOf(input: Omit<QueueInput, 'open' | 'accounts'>, { account, currency, state }: AccountForCalls, { excessAtRaise, ...part }: CallPart): QueueLine {
  const driver = input.drivers.get(account) ?? null;
  const dueInBusinessDays = part.dueOn === null ? null : businessDaysBetween(input.today, part.dueOn);
  const row: Row = {
    ...part,
    account,
    client: input.clients.get(account) ?? null,
    status: state.status,
    currency,
    dueInBusinessDays,
    ageInBusinessDays: part.raisedOn === null ? null : businessDaysBetween(part.raisedOn, input.today),
    excess: state.excess,
    healthRatio: state.healthRatio,
    cushion: cushionOf(state),
    changeSinceRaise: excessAtRaise === null ? null : toDecimalText(fromDecimalText(state.excess).minus(fromDecimalText(excessAtRaise))),
    driver: driver?.group ?? null,
    driverShare: driver?.share ?? null,
    lastAction: (part.callId !== null && input.lastActions.get(part.callId)) || null,
    statusReason: state.statusReason,
    unverified: [...(input.unverified?.get(account) ?? [])],
  };
  return { row, urgency: { ...row, equity: state.equity, maintenance: state.maintenance } };
}

function openPart(call: Call): CallPart {
  const { id, account, type, state, called, met, outstanding, raisedAt, raisedOn, dueOn, owner, excessAtRaise } = call;
  return { key: `${account}/${id}`, callId: id, type, state, called, met, outstanding, raisedAt, raisedOn, dueOn, owner, excessAtRaise };
}

function expectedPart(call: ExpectedCall): CallPart {
  const { id, type, state, called, met, outstanding, raisedOn, dueOn, increases, excessAtRaise } = call;
  return { key: id, callId: increases, type, state, called, met, outstanding, raisedAt: null, raisedOn, dueOn, owner: null, excessAtRaise };
}

function indeterminatePart(account: string): CallPart {
  const nothing = { type: null, state: null, callId: null, called: null, met: null, outstanding: null, raisedAt: null, raisedOn: null, dueOn: null, owner: null };
  return { key: `${account}/indeterminate`, ...nothing, excessAtRaise: null };
}

/** Excess as a share of net liquidation value, half-even to 6 places; null when there is no positive value. */
function cushionOf({ excess, netLiq }: Pick<MarginForCalls, 'excess' | 'netLiq'>): DecimalText | null {
  const value = fromDecimalText(netLiq);
  if (value.lte(0)) return null;
  return toDecimalText(fromDecimalText(excess).div(value).toDecimalPlaces(6, Decimal.ROUND_HALF_EVEN));
}
