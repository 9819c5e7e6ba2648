import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptBeside, togetherIn, togetherWith } from '../../main/desk/branch-kept.ts';
import { branchHoldings, branchView, computeBranch, editBranch, openingBranch, redoEdit, undoEdit, type Branch } from '../../main/desk/branches.ts';
import { computeAccount, type Computed } from '../../main/desk/compute.ts';
import { holdingsFrom, inFull, positionKey, type AccountHoldings, type Holdings } from '../../main/desk/holdings.ts';
import { pairingsOf } from '../../main/desk/pairings.ts';
import { positionRows } from '../../main/desk/position-rows.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import { toExplain } from '../../main/engine/figure/to-explain.ts';
import { accountStateOf, marginAccount } from '../../main/engine/margin.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import type { Kept } from '../../main/engine/pool/kept.ts';
import { noFacts, type Facts } from '../../shared/domain/facts.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import type { BranchView, Edit } from '../../shared/views.ts';
import { wholeBranch } from '../../renderer/whatif/whole-branch.ts';
import { accountOf, marketOf, TODAY, type Desk } from '../engine/build.ts';
import { wildDesk } from '../engine/random-book.ts';
import { bookOf, INSTRUMENTS, markOf, RUNS, STANDING, twoReadings } from './random-facts.ts';

// A branch prices anew only what its edits can reach. Whatever was edited, undone and done again, every figure must be what
// computing all of the account anew gives, down to its tree.

const option = { kind: 'option', currency: 'USD', multiplier: '100', right: 'put', strike: '100', expiry: '2027-01-15' } as const;

/** What is worth something, or is asked less for, by what it does not stand on. */
const ODD: Record<string, Instrument> = {
  'S1 split': { ...option, underlying: 'S1', adjusted: true, deliverable: [{ instrument: 'S1', quantity: '100' }, { instrument: 'S2', quantity: '100' }], deliverableCash: '120' },
  'S1 bond': { kind: 'bond', currency: 'USD', multiplier: '0.01', issuer: 'corporate', convertible: true, exchangeableInto: { instrument: 'S1', quantity: '20' }, maturity: '2030-06-01', coupon: '1' },
  FUND: { kind: 'etf', currency: 'USD', multiplier: '1', class: 'broad', tracks: 'IDX' },
  IDX: { kind: 'index', currency: 'USD', multiplier: '1', class: 'broad' },
  'IDX call': { ...option, right: 'call', underlying: 'IDX' },
  'MESZ26 put': { ...option, multiplier: '5', underlying: 'MESZ26' },
};

interface Step {
  kind: Edit['kind'] | 'undo' | 'redo';
  at: number;
  instrument: string;
  value: string;
}

const value = fc.constantFrom('1', '-3', '20', '100', '2.5', '250');
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind']>('setQuantity', 'setQuantity', 'closeLeg', 'setPrice', 'setPrice', 'addLeg', 'addLeg', 'deposit', 'undo', 'undo', 'undo', 'redo'),
  at: fc.nat(),
  instrument: fc.constantFrom(...INSTRUMENTS, ...Object.keys(ODD)),
  value,
});

// By chance a price seldom meets a leg that names the instrument: half of the runs are about nothing else.
const naming = fc.record({ kind: fc.constant<Step['kind']>('addLeg'), at: fc.nat(), instrument: fc.constantFrom('S1 split', 'S1 split', ...Object.keys(ODD)), value: fc.constantFrom('-3', '-40', '2') });
const named = fc.record({ kind: fc.constantFrom<Step['kind']>('setPrice', 'setPrice', 'setPrice', 'undo', 'redo'), at: fc.nat(), instrument: fc.constantFrom('S1', 'S2', 'S2', 'IDX', 'MESZ26'), value });
const acts: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 1, arbitrary: fc.array(step, { minLength: 1, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.tuple(naming, fc.array(named, { minLength: 2, maxLength: 4 })).map(([first, after]) => [first, ...after]) },
);

function taken(branch: Branch, { kind, at, instrument, value }: Step): Branch {
  const { positions } = branchHoldings(branch).account;
  const position = positions[at % Math.max(1, positions.length)];
  const key = position ? positionKey(position) : '';
  const price = value.replace('-', '');
  const edits: Record<Edit['kind'], Edit> = {
    setQuantity: { kind: 'setQuantity', position: key, quantity: value },
    closeLeg: { kind: 'closeLeg', position: key },
    setPrice: { kind: 'setPrice', instrument, price },
    addLeg: { kind: 'addLeg', symbol: instrument, quantity: value, price },
    deposit: { kind: 'deposit', currency: 'USD', amount: value },
  };
  const next = kind === 'undo' ? undoEdit(branch) : kind === 'redo' ? redoEdit(branch) : editBranch(branch, edits[kind]);
  return next.ok ? next.value : branch;
}

/** Every figure, the trees that all positions are in, and what is said beside them. */
function said({ margin, state }: Computed): unknown {
  return { state, trees: (['maintenance', 'regTInitial'] as const).map((name) => toExplain(margin.figures[name])), pairings: pairingsOf(margin), unpriced: margin.pools.map(({ unpriced, status, statusReason }) => ({ unpriced, status, statusReason })) };
}

/** Everything a window shows of a branch, computed and told anew without anything that is kept. */
function toldAnew(branch: Branch): BranchView {
  const { holdings, account } = branchHoldings(branch);
  const told = branchView({ ...branch, earlier: [] }, 1);
  const live = new Map(positionRows(branch.base.holdings, branch.base.account, computeAccount(branch.base.holdings, branch.base.account).state, new Map()).map((row) => [row.key, row]));
  const { margin, state } = computeAccount(holdings, account);
  const positions = positionRows(holdings, account, state, new Map()).map((row) => {
    const before = live.get(row.key);
    if (!before) return { ...row, added: true };
    const { quantity, mark, houseMaintenance } = before;
    return row.quantity === quantity && row.mark === mark && row.houseMaintenance === houseMaintenance ? row : { ...row, live: { quantity, mark, houseMaintenance } };
  });
  return { ...told, positions, pairings: pairingsOf(structuredCopy(margin)) };
}

/** Pairings that nobody has looked at yet. */
function structuredCopy(margin: Computed['margin']): Computed['margin'] {
  return { ...margin, pools: margin.pools.map((pool) => ({ ...pool, pairings: (pool.pairings ?? []).map((pairing) => ({ ...pairing })) })) };
}

test('after any edits a branch is what computing the whole account anew says, in every window', () => {
  fc.assert(
    fc.property(twoReadings, acts, fc.array(fc.nat({ max: 2 }), { minLength: 6, maxLength: 6 }), ([reading], steps, others) => {
      const [account = 'A'] = reading.accounts;
      const facts = bookOf({ ...reading, positions: reading.positions.map((position) => ({ ...position, account })) });
      for (const [id, terms] of Object.entries(ODD)) {
        facts.instrument.push({ id, terms, identifiers: { symbol: id } });
        facts.mark.push(markOf(id, '100'));
      }
      const holdings = holdingsFrom(facts, STANDING.start);
      const held = holdings.accounts.get(account);
      if (!held) throw new Error('no account');
      let branch = finish(openingBranch(holdings, held, 1));
      // The first window asks after each act; one of the others now and then, and what it is told went over a wire.
      const windows: (BranchView | null)[] = [null, null, null];
      for (const [at, each] of steps.entries()) {
        branch = taken(branch, each);
        const now = branchHoldings(branch);
        const anew = toldAnew(branch);
        for (const window of new Set([0, others[at] ?? 0])) {
          const had = windows[window] ?? null;
          const answer = JSON.parse(JSON.stringify(branchView(branch, 1, had?.version))) as BranchView;
          windows[window] = wholeBranch(had, answer);
          expect(windows[window]).toEqual(anew);
        }
        expect(said(computeBranch(branch))).toEqual(said(computeAccount(now.holdings, now.account)));
      }
      expect(said(branch.base.computed)).toEqual(said(computeAccount(holdings, held)));
    }),
    { numRuns: RUNS / 4 },
  );
});

test('a price reaches a leg that was added and delivers the instrument, though it does not stand on it', () => {
  const facts: Facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: '2026-11-20' });
  for (const id of ['S1', 'S2', 'S1 split']) {
    facts.instrument.push({ id, terms: ODD[id] ?? { kind: 'equity', currency: 'USD', multiplier: '1' }, identifiers: { symbol: id } });
    facts.mark.push(markOf(id, id in ODD ? '5' : '50'));
  }
  facts.position.push({ account: 'A', subType: 'margin', instrument: 'S2', quantity: '100', entryPrice: null, asOf: '2026-11-20' });
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  let branch = finish(openingBranch(holdings, held, 1));
  const edits: Edit[] = [
    { kind: 'addLeg', symbol: 'S1 split', quantity: '-1' },
    { kind: 'setPrice', instrument: 'S2', price: '20' },
    { kind: 'setPrice', instrument: 'S1', price: '30' },
    { kind: 'deposit', currency: 'USD', amount: '1' },
  ];
  const acts = [...edits.map((edit) => (at: Branch) => editBranch(at, edit)), undoEdit, undoEdit, undoEdit, undoEdit, redoEdit, redoEdit];
  for (const act of acts) {
    const next = act(branch);
    if (!next.ok) throw new Error(next.fault.message);
    branch = next.value;
    const now = branchHoldings(branch);
    expect(said(computeBranch(branch))).toEqual(said(computeAccount(now.holdings, now.account)));
    expect(branchView(branch, 1).positions).toEqual(toldAnew(branch).positions);
  }
});

test('the first price of a future that is held without one counts from what it was settled at, and undoing takes it back', () => {
  const facts: Facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: '2026-11-20' });
  facts.instrument.push({ id: 'MESZ26', terms: { kind: 'future', currency: 'USD', multiplier: '5', underlying: 'MES', expiry: '2026-12-18' }, identifiers: { symbol: 'MESZ26' } });
  facts.position.push({ account: 'A', subType: 'futures', instrument: 'MESZ26', quantity: '1', entryPrice: null, asOf: '2026-11-20' });
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  let branch = finish(openingBranch(holdings, held, 1));
  const price = (value: string) => (at: Branch) => editBranch(at, { kind: 'setPrice', instrument: 'MESZ26', price: value });
  for (const act of [price('5000'), price('5010'), undoEdit, undoEdit, redoEdit]) {
    const next = act(branch);
    if (!next.ok) throw new Error(next.fault.message);
    branch = next.value;
    const now = branchHoldings(branch);
    expect(said(computeBranch(branch))).toEqual(said(computeAccount(now.holdings, now.account)));
    expect(branchView(branch, 1).positions).toEqual(toldAnew(branch).positions);
  }
});

test('an edit of one class shows in the rows of a class that it offsets, though neither names the other', () => {
  const facts: Facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime: 'portfolio', regimeSource: 'test', asOf: '2026-11-20' });
  for (const [id, quantity] of [['SPY', '100'], ['IVV', '-120'], ['DIA', '30']] as const) {
    facts.instrument.push({ id, terms: { kind: 'etf', currency: 'USD', multiplier: '1', class: 'broad' }, identifiers: { symbol: id } });
    facts.mark.push(markOf(id, '500'));
    facts.position.push({ account: 'A', subType: quantity.startsWith('-') ? 'short' : 'margin', instrument: id, quantity, entryPrice: null, asOf: '2026-11-20' });
  }
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  const opened = finish(openingBranch(holdings, held, 1));
  // Sold short, what all of them lose most by is another scenario.
  const sold = editBranch(opened, { kind: 'setQuantity', position: opened.base.rows.sorted.find(({ instrument }) => instrument === 'SPY')?.key ?? '', quantity: '-300' });
  if (!sold.ok) throw new Error('no edit');
  const { positions } = branchView(sold.value, 1, opened.now.version);
  expect(positions.map(({ instrument }) => instrument).toSorted()).toEqual(['DIA', 'IVV', 'SPY']);
  expect(branchView(sold.value, 1).positions).toEqual(toldAnew(sold.value).positions);
});

/** What an account and its market may differ in from one edit to the next. */
interface Editable {
  holdings: Pick<Holdings, 'instruments' | 'marks' | 'closes'>;
  account: Pick<AccountHoldings, 'positions'>;
}

/** An account of a random book as a branch holds it. */
function editable({ instruments, prices, positions }: Desk): Editable {
  return {
    holdings: { instruments: new Map(Object.entries(instruments).map(([id, terms]) => [id, { id, terms, identifiers: { symbol: id } }])), marks: new Map(Object.entries(prices).map(([id, value]) => [id, markOf(id, value)])), closes: new Map() },
    account: { positions: positions.map(([instrument, quantity, subType = 'margin']) => ({ account: 'A', instrument, subType, quantity, entryPrice: null, asOf: TODAY })) },
  };
}

test('the same of books with everything that is odd about books', () => {
  fc.assert(
    fc.property(wildDesk(), fc.nat(), fc.constantFrom('7', '-7', null), fc.nat(), fc.constantFrom('3', '41.5', null), (desk, at, quantity, named, price) => {
      const base = editable(desk);
      const store: Kept['store'] = new Map();
      marginAccount(accountOf(desk), marketOf(desk), desk.shelf ?? shippedPacks(), keptBeside([], togetherIn(base.account, base.holdings), store));
      const place = at % Math.max(1, desk.positions.length);
      const [id, , subType = 'margin'] = desk.positions[place] ?? ['', ''];
      const positions = desk.positions.toSpliced(place, 1, ...(quantity === null || id === '' ? [] : [[id, quantity, subType] as const]));
      const instrument = Object.keys(desk.instruments)[named % Object.keys(desk.instruments).length] ?? '';
      const edited: Desk = { ...desk, positions, prices: price === null ? desk.prices : { ...desk.prices, [instrument]: price } };
      // What did not change is the same object, as it is in a branch.
      const now: Editable = {
        holdings: { ...base.holdings, marks: price === null ? base.holdings.marks : new Map(base.holdings.marks).set(instrument, markOf(instrument, price)) },
        account: { positions: base.account.positions.toSpliced(place, 1, ...(positions.length < desk.positions.length ? [] : editable(edited).account.positions.slice(place, place + 1))) },
      };
      const [shelf, account, market] = [desk.shelf ?? shippedPacks(), accountOf(edited), marketOf(edited)];
      const changed = [...(id === '' ? [] : [id]), ...(price === null ? [] : [instrument])];
      const [kept, whole] = [keptBeside(changed, togetherWith(togetherIn(base.account, base.holdings), changed, now.holdings), store), undefined].map((each) => marginAccount(account, market, shelf, each)).map((margin) => said({ margin, state: accountStateOf(margin) }));
      expect(kept).toEqual(whole);
    }),
    { numRuns: RUNS / 2 },
  );
});

const TERMS: Record<string, Instrument> = {
  SAME: { kind: 'equity', currency: 'USD', multiplier: '1' },
  OTHER: { kind: 'equity', currency: 'USD', multiplier: '1' },
  CONV: { kind: 'bond', currency: 'USD', multiplier: '0.01', exchangeableInto: { instrument: 'SAME', quantity: '20' } } as Instrument,
  SPLIT: { kind: 'option', currency: 'USD', multiplier: '100', underlying: 'SAME', right: 'call', strike: '10', expiry: '2027-01-15', deliverable: [{ instrument: 'SPUN', quantity: '10' }] },
  SPUN: { kind: 'equity', currency: 'USD', multiplier: '1' },
  FUND: { kind: 'etf', currency: 'USD', multiplier: '1', tracks: 'IDX' },
  'IDX call': { kind: 'option', currency: 'USD', multiplier: '100', underlying: 'IDX', right: 'call', strike: '10', expiry: '2027-01-15' },
};

test.each([
  ['SAME', ['CONV', 'SAME', 'SPLIT', 'SPUN']],
  ['CONV', ['CONV', 'SAME', 'SPLIT', 'SPUN']],
  ['SPUN', ['CONV', 'SAME', 'SPLIT', 'SPUN']],
  ['OTHER', ['OTHER']],
  ['FUND', ['FUND', 'IDX call']],
])('a change of %s reaches what its terms name and what names it, and nothing else', (changed, reached) => {
  const facts: Facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: '2026-11-20' });
  for (const [id, terms] of Object.entries(TERMS)) {
    facts.instrument.push({ id, terms, identifiers: { symbol: id } });
    facts.position.push({ account: 'A', subType: 'margin', instrument: id, quantity: '1', entryPrice: null, asOf: '2026-11-20' });
  }
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  const together = togetherIn(inFull(held), holdings);
  const { touched } = keptBeside([changed], together, new Map());
  expect(Object.keys(TERMS).filter((id) => touched.has(id)).toSorted()).toEqual(reached);
  expect(keptBeside([], together, new Map()).touched.size).toBe(0);
});
