import type { Channel, Input, Output } from '../../shared/contract.ts';
import { callPriceOf, isFigureName, type FigureName } from '../../shared/domain/margin-state.ts';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import { accountPoolsOf } from '../../shared/pool-view.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { packOfAccount } from '../engine/calc-pack/pack-of-account.ts';
import { explainPosition } from '../engine/margin.ts';
import { explainCallPrice } from '../engine/trigger/explained.ts';
import { accountStacks, cashRows } from './account-row.ts';
import { branchHoldings, branchView, computeBranch, editBranch, openingBranch, redoEdit, undoEdit, type Branch } from './branches.ts';
import { putLast } from './branches-kept.ts';
import { inputOf, marketOf, shelfOf, type Computed } from './compute.ts';
import { accountCallPrices, NO_CALL_PRICES, withLoanPrices } from './call-prices.ts';
import { accountCures } from './cures.ts';
import { accountOf, computedOf, type DeskState } from './desk-state.ts';
import { exclusionRows } from './exclusion-rows.ts';
import { positionKey, type AccountHoldings, type Holdings } from './holdings.ts';
import { explainInPart, explainWithPairings, pairingsOf } from './pairings.ts';
import { positionRows } from './position-rows.ts';
import { inSlices, inSlicesBehindEdits, type Slices } from './rows/slices.ts';
import { accountUnder, compareAccount } from './regimes.ts';
import { rulesOfPools, standardRules } from './rule-values.ts';

type Answer<C extends Channel> = Result<Output<C>> | Promise<Result<Output<C>>>;
export type Handlers<C extends Channel> = { [Name in C]: (state: DeskState, input: Input<Name>) => Answer<Name> };

function withAccount<T>(state: DeskState, account: string, use: (holdings: AccountHoldings) => Result<T>): Result<T> {
  if (!state.holdings.accounts.has(account)) return fail({ code: 'unknown-account', message: `This book has no account ${JSON.stringify(account)}.`, fix: 'The accounts screen lists them all.' });
  return use(accountOf(state, account));
}

/** The same with the account's figures and trees, which are computed if nobody looked at it before. */
function withComputed<T>(state: DeskState, account: string, use: (holdings: AccountHoldings, computed: Computed) => Result<T>): Result<T> {
  return withAccount(state, account, (holdings) => use(holdings, computedOf(state, account)));
}

function withBranch<T>(state: DeskState, branchId: string, use: (branch: Branch) => Result<T>): Result<T> {
  const branch = state.branches.get(branchId);
  return branch ? use(branch) : fail({ code: 'unknown-branch', message: 'That what-if is gone.', fix: 'Open a new one on the account.' });
}

/** Questions about accounts that the desk thread answers from memory, without SQL. */
export const memoryHandlers = {
  'accounts.view': async ({ ...state }, { account, callPrices = true }) => {
    // Call prices take a search each: the figures are of the state that was asked, whatever comes meanwhile.
    const found = withComputed(state, account, (holdings, computed) => succeed({ holdings, ...computed }));
    if (!found.ok) return found;
    const { holdings, margin, state: figures } = found.value;
    const row = state.accountRows.get(account);
    if (!row || margin.pools.length === 0) return fail({ code: 'not-computed', message: `Account ${account} has no margin pool.` });
    const input = inputOf(state.holdings, holdings);
    const [market, shelf] = [marketOf(state.holdings), shelfOf(state.holdings)];
    const prices = callPrices ? await inTurn(holdings, accountCallPrices(input, market, shelf)) : NO_CALL_PRICES;
    return succeed({
      row,
      stacks: accountStacks(figures),
      packs: [...new Set(margin.pools.flatMap(({ packs }) => packs))],
      cash: cashRows(state.holdings, holdings),
      positions: positionRows(state.holdings, holdings, withLoanPrices(figures, input, market, shelf), prices.byInstrument),
      underlyings: prices.underlyings,
      pairings: pairingsOf(margin),
      calls: state.standing.calls.filter((call) => call.account === account),
      brokerFigures: holdings.brokerFigures.map(({ name, amount, currency, asOf }) => ({ name, amount, currency, asOf })),
    });
  },
  'account.cures': async ({ ...state }, { account }) => {
    const held = withAccount(state, account, (given) => succeed(given));
    return held.ok ? succeed(await inTurn(held.value, accountCures(state.holdings, held.value))) : held;
  },
  'account.pack': (state, { account }) => withAccount(state, account, (holdings) => packOfAccount(inputOf(state.holdings, holdings), marketOf(state.holdings), shelfOf(state.holdings))),
  'margin.state': (state, { account }) => withComputed(state, account, (_, computed) => succeed(computed.state)),
  'account.pools': (state, { account }) => withComputed(state, account, (holdings, computed) => succeed(accountPoolsOf(withLoanPrices(computed.state, inputOf(state.holdings, holdings), marketOf(state.holdings), shelfOf(state.holdings))))),
  'account.compare': (state, { account, regimes }) => withAccount(state, account, (holdings) => compareAccount(inputOf(state.holdings, holdings), regimes, marketOf(state.holdings), shelfOf(state.holdings))),
  'margin.explain': (state, { account, figure, position, branchId, regime, at }) => {
    if (!isFigureName(figure)) {
      if (regime !== undefined) return fail({ code: 'not-explained', message: 'A call price is explained under the account’s own rules only.', fix: 'Leave the regime out.' });
      if (branchId === undefined) return withAccount(state, account, (holdings) => explainPrice(state.holdings, holdings, callPriceOf(figure), at));
      return withBranch(state, branchId, (branch) => explainPrice(branchHoldings(branch).holdings, branchHoldings(branch).account, callPriceOf(figure), at));
    }
    if (regime !== undefined) {
      return withAccount(state, account, (holdings) => {
        const under = accountUnder(inputOf(state.holdings, holdings), regime, marketOf(state.holdings), shelfOf(state.holdings));
        return under.ok ? explain(holdings, under.value.margin, figure, position, at) : under;
      });
    }
    if (branchId === undefined) return withComputed(state, account, (holdings, { margin }) => explain(holdings, margin, figure, position, at));
    return withBranch(state, branchId, (branch) => explain(branchHoldings(branch).account, computeBranch(branch).margin, figure, position, at));
  },
  'rules.values': (state, { account }) => {
    const on = state.holdings.businessDate;
    if (account !== undefined) return withComputed(state, account, (_, { state: { pools } }) => succeed({ pools: rulesOfPools(pools, shelfOf(state.holdings), on) }));
    const pools = standardRules(on);
    return pools.ok ? succeed({ pools: pools.value }) : pools;
  },
  'exclusions.list': async (state) => succeed({ rows: await inSlices(exclusionRows({ ...state })) }),

  'whatif.open': async (state, { account }) => {
    const { holdings, standing: { sequence } } = state;
    const held = withAccount(state, account, (given) => succeed(given));
    if (!held.ok) return held;
    const known = [...state.branches.values()].find((branch) => branch.base.holdings === holdings && branch.account === account)?.base;
    return keepBranch(state, await inSlices(openingBranch(holdings, held.value, sequence, known)));
  },
  'whatif.view': (state, { branchId, since }) => withBranch(state, branchId, (branch) => keepBranch(state, branch, since)),
  'whatif.edit': (state, { branchId, edit, since }) => withBranch(state, branchId, (branch) => keepChanged(state, editBranch(branch, edit), since)),
  'whatif.undo': (state, { branchId, since }) => withBranch(state, branchId, (branch) => keepChanged(state, undoEdit(branch), since)),
  'whatif.redo': (state, { branchId, since }) => withBranch(state, branchId, (branch) => keepChanged(state, redoEdit(branch), since)),
  'whatif.callPrices': async (state, { branchId }) => {
    const found = withBranch(state, branchId, (branch) => succeed({ ...branchHoldings(branch), version: branch.now.version }));
    if (!found.ok) return found;
    const { holdings, account, version } = found.value;
    if (account.positionCount >= POSITIONS_LARGE) return succeed({ version, prices: null });
    const search = accountCallPrices(inputOf(holdings, account), marketOf(holdings), shelfOf(holdings));
    const prices = await inSlices(asLongAs(search, () => state.branches.get(branchId)?.now.version === version));
    return succeed({ version, prices: prices && [...prices.byInstrument].map(([instrument, callPrice]) => ({ instrument, callPrice })) });
  },
  'whatif.discard': (state, { branchId }) => withBranch(state, branchId, () => (state.branches.delete(branchId), succeed({}))),
} satisfies Partial<Handlers<Channel>>;

function keepBranch(state: DeskState, branch: Branch, since?: number): Result<Output<'whatif.view'>> {
  putLast(state.branches, branch);
  return succeed(branchView(branch, state.standing.sequence, since));
}

function keepChanged(state: DeskState, changed: Result<Branch>, since: number | undefined): Result<Output<'whatif.view'>> {
  return changed.ok ? keepBranch(state, changed.value, since) : changed;
}

/** What is not wanted any more ends at its next step, with null. */
function* asLongAs<T>(work: Slices<T>, isWanted: () => boolean): Slices<T | null> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done === true) return step.value;
    if (!isWanted()) return null;
    yield;
  }
}

/** Searches of large accounts wait for edits. A small one is shown with what is searched for, and whoever looks at it waits. */
function inTurn<T>({ positionCount }: AccountHoldings, search: Slices<T>): Promise<T> {
  return positionCount >= POSITIONS_LARGE ? inSlicesBehindEdits(search) : inSlices(search);
}

function explain(holdings: AccountHoldings, margin: Computed['margin'], figure: FigureName, key: string | undefined, at: readonly number[] | undefined): Result<Output<'margin.explain'>> {
  if (key === undefined) return at === undefined ? succeed(explainWithPairings(margin.figures[figure], margin)) : partFound(explainInPart(margin.figures[figure], margin, at));
  const position = holdings.positions.find((held) => positionKey(held) === key);
  const tree = position && explainPosition(margin, position.instrument, position.subType, position.place?.pool);
  return tree ? succeed(tree) : fail({ code: 'unknown-position', message: 'That position is not in this account, or carries no requirement of its own.' });
}

function explainPrice(holdings: Holdings, account: AccountHoldings, instrument: string, at: readonly number[] | undefined): Result<Output<'margin.explain'>> {
  if (!holdings.instruments.has(instrument)) return fail({ code: 'unknown-instrument', message: `No instrument here is called ${JSON.stringify(instrument)}.` });
  return partFound(explainCallPrice(inputOf(holdings, account), marketOf(holdings), shelfOf(holdings), instrument, at));
}

function partFound(part: Output<'margin.explain'> | null): Result<Output<'margin.explain'>> {
  return part ? succeed(part) : fail({ code: 'unknown-node', message: 'The tree has no such line any more.', fix: 'Open the figure again.' });
}
