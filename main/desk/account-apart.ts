import type { FxFact, InstrumentFact, MarkFact } from '../../shared/domain/facts.ts';
import { instrumentsNamedBy, type InstrumentId } from '../../shared/domain/instrument.ts';
import { assert } from '../../shared/result.ts';
import type { AccountRow } from '../../shared/views.ts';
import { emptyLists, type BookStanding, type DeskState } from './desk-state.ts';
import { holdersOf } from './holders.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { columnsOf } from './position-runs.ts';
import type { Slices } from './rows/slices.ts';

/** All that is needed to answer questions about one account in another thread, as the desk thread would. */
export interface AccountApart {
  standing: Omit<BookStanding, 'start' | 'strikes' | 'lastActions'>;
  row: AccountRow | undefined;
  /** Null where it is what was handed over before; so are the instruments. */
  held: AccountHoldings | null;
  instruments: InstrumentFact[] | null;
  marks: MarkFact[];
  closes: MarkFact[];
  fx: readonly FxFact[];
  businessDate: string | null;
}

const FACTS_A_STEP = 256;

/** One account of a desk over a book, with the part of the market that it reaches; `before` are the holdings that it was handed over from last. The state must stay as it is meanwhile. */
export function* accountApart(state: Pick<DeskState, 'standing' | 'holdings' | 'accountRows'>, account: string, before: Holdings | null): Slices<AccountApart> {
  const { standing: { start: _start, strikes: _strikes, lastActions: _lastActions, ...standing }, holdings } = state;
  const held = holdings.accounts.get(account);
  assert(held !== undefined, `no account ${account}`);
  const { positions } = held;
  yield;
  const reached = yield* reachedBy(held, positions, holdings.instruments);
  const isHeld = before?.accounts.get(account) === held;
  const areKnown = isHeld && before.instruments === holdings.instruments;
  return {
    standing: { ...standing, calls: standing.calls.filter((call) => call.account === account) },
    row: state.accountRows.get(account),
    held: isHeld ? null : { ...withoutPositions(held), positions },
    instruments: areKnown ? null : yield* factsOf(reached, holdings.instruments),
    // The latest mark of the whole book says as of when its prices are.
    marks: [...new Set([...(yield* factsOf(reached, holdings.marks)), ...(yield* latestOf(holdings.marks))])],
    closes: yield* factsOf(reached, holdings.closes),
    fx: holdings.fx,
    businessDate: holdings.businessDate,
  };
}

/** All but what would be made anew by being read. */
function withoutPositions({ account, positionCount, cash, exclusions, activity, brokerFigures, start }: AccountHoldings): Omit<AccountHoldings, 'positions'> {
  return { account, positionCount, cash, exclusions, activity, brokerFigures, start };
}

function* factsOf<Fact>(reached: ReadonlySet<InstrumentId>, facts: ReadonlyMap<InstrumentId, Fact>): Slices<Fact[]> {
  const found: Fact[] = [];
  for (const id of reached) {
    const fact = facts.get(id);
    if (fact !== undefined && found.push(fact) % FACTS_A_STEP === 0) yield;
  }
  return found;
}

/** The same account as a desk of its own; `before` is the desk that was made of it last. */
export function deskOf({ standing, held: given, row, instruments, marks, closes, fx, businessDate }: AccountApart, before: DeskState | undefined): DeskState {
  const held = given ?? [...(before?.holdings.accounts.values() ?? [])][0];
  assert(held !== undefined, 'an account is handed over in full at first');
  const { account } = held.account;
  const positions = columnsOf([]);
  const byInstrument = (facts: readonly MarkFact[]): Map<InstrumentId, MarkFact> => new Map(facts.map((mark) => [mark.instrument, mark]));
  return {
    standing: { ...standing, start: { prior: null, closes: [] }, strikes: new Map(), lastActions: new Map() },
    holdings: {
      accounts: new Map([[account, held]]),
      instruments: instruments ? new Map(instruments.map((fact) => [fact.id, fact])) : (before?.holdings.instruments ?? new Map<InstrumentId, InstrumentFact>()),
      marks: byInstrument(marks),
      closes: byInstrument(closes),
      fx,
      positions,
      holders: holdersOf(positions, new Map()),
      businessDate,
    },
    lanes: null,
    summaries: new Map(),
    looked: new Map(),
    accountRows: new Map(row ? [[account, row]] : []),
    queueLines: new Map(),
    queue: [],
    lists: emptyLists(),
    branches: new Map(),
  };
}

/** What is held, was excluded or was traded, and everything that the terms of these name, and theirs. */
function* reachedBy({ exclusions, activity }: AccountHoldings, positions: AccountHoldings['positions'], instruments: ReadonlyMap<InstrumentId, InstrumentFact>): Slices<Set<InstrumentId>> {
  const reached = new Set([...positions.map(({ instrument }) => instrument), ...exclusions.map(({ symbol }) => symbol), ...activity.flatMap(({ instrument }) => instrument ?? [])]);
  let seen = 0;
  // A set goes on over what is added to it meanwhile.
  for (const id of reached) {
    for (const named of instrumentsNamedBy(instruments.get(id)?.terms)) reached.add(named);
    seen += 1;
    if (seen % FACTS_A_STEP === 0) yield;
  }
  return reached;
}

// The same for all accounts of one moment.
const latest = new WeakMap<ReadonlyMap<InstrumentId, MarkFact>, MarkFact[]>();

function* latestOf(marks: ReadonlyMap<InstrumentId, MarkFact>): Slices<MarkFact[]> {
  const known = latest.get(marks);
  if (known) return known;
  let last: MarkFact | null = null;
  let seen = 0;
  for (const mark of marks.values()) {
    if (last === null || mark.asOf > last.asOf) last = mark;
    seen += 1;
    if (seen % (FACTS_A_STEP * 16) === 0) yield;
  }
  const found = last ? [last] : [];
  latest.set(marks, found);
  return found;
}
