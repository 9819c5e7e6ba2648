import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { branchHoldings, branchView, computeBranch, editBranch, openingBranch, redoEdit, undoEdit, type Branch } from '../../main/desk/branches.ts';
import { computeAccount, type Computed } from '../../main/desk/compute.ts';
import { holdingsFrom, positionKey } from '../../main/desk/holdings.ts';
import { positionRows } from '../../main/desk/position-rows.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import { toExplain } from '../../main/engine/figure/to-explain.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { noFacts, type Facts } from '../../shared/domain/facts.ts';
import { markOf, RUNS, STANDING } from './random-facts.ts';

// What a scan and a pool of futures make of groups is kept from edit to edit, and joined by where it stood: lines of edits of
// an account in which classes offset each other, stand in one another's groups, and share the money with futures.

const future = (underlying: string, multiplier: string, month: string): Instrument => ({ kind: 'future', currency: 'USD', multiplier, underlying, expiry: `${month}-18` });
const option = (underlying: string, right: 'call' | 'put'): Instrument => ({ kind: 'option', currency: 'USD', multiplier: '100', underlying, right, strike: '100', expiry: '2027-01-15' });

const HELD: Record<string, Instrument> = {
  SPY: { kind: 'etf', currency: 'USD', multiplier: '1', class: 'broad' },
  IVV: { kind: 'etf', currency: 'USD', multiplier: '1', class: 'broad' },
  S1: { kind: 'equity', currency: 'USD', multiplier: '1' },
  'S1 call': option('S1', 'call'),
  'S1 put': option('S1', 'put'),
  // Stands in the group of S1, and is scanned as a class of its own; options on it stand in another group.
  PREF: { kind: 'equity', currency: 'USD', multiplier: '1', exchangeableInto: { instrument: 'S1', quantity: '2' } },
  'PREF call': option('PREF', 'call'),
  LOST: { kind: 'equity', currency: 'USD', multiplier: '1', marginable: false },
  MESZ26: future('MES', '5', '2026-12'),
  MESH27: future('MES', '5', '2027-03'),
  MNQZ26: future('MNQ', '2', '2026-12'),
  QQQZ26: future('QQQ', '10', '2026-12'),
};
const names = Object.keys(HELD);
const name = fc.constantFrom(...names);
// Of futures alone the account's money is theirs.
const held = fc.oneof({ weight: 4, arbitrary: fc.subarray(names, { minLength: 4 }) }, { weight: 1, arbitrary: fc.constant(names.filter((id) => HELD[id]?.kind === 'future')) });
const amount = fc.constantFrom('1', '-3', '20', '100', '-40', '250');

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('quantity' as const), name, amount: fc.oneof({ weight: 4, arbitrary: amount }, { weight: 1, arbitrary: fc.constant('0') }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('price' as const), name, amount }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('deposit' as const, 'add' as const), name, amount }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const), name, amount }) },
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

function acted(branch: Branch, { kind, name: instrument, amount: value }: Act): Branch {
  const held = branchHoldings(branch).account.positions.find((position) => position.instrument === instrument);
  const price = value.replace('-', '');
  const edits = {
    quantity: () => editBranch(branch, { kind: 'setQuantity', position: held ? positionKey(held) : '', quantity: value }),
    price: () => editBranch(branch, { kind: 'setPrice', instrument, price }),
    deposit: () => editBranch(branch, { kind: 'deposit', currency: 'USD', amount: value }),
    add: () => editBranch(branch, { kind: 'addLeg', symbol: instrument, quantity: value, price }),
    undo: () => undoEdit(branch),
    redo: () => redoEdit(branch),
  };
  const next = edits[kind]();
  return next.ok ? next.value : branch;
}

function bookOf(held: readonly string[], { regime, segment, unmarked }: { regime: 'portfolio' | 'regT'; segment: boolean; unmarked: string | null }): Facts {
  const facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime, regimeSource: 'test', asOf: '2026-11-20' });
  facts.cash.push({ account: 'A', currency: 'USD', kind: 'tradeDate', amount: '20000', valueDate: null, asOf: '2026-11-20' });
  if (segment) facts.cash.push({ account: 'A', currency: 'USD', kind: 'futuresSegment', amount: '9000', valueDate: null, asOf: '2026-11-20' });
  for (const [id, terms] of Object.entries(HELD)) {
    facts.instrument.push({ id, terms, identifiers: { symbol: id } });
    if (id !== unmarked) facts.mark.push(markOf(id, terms.kind === 'option' ? '5' : '100'));
    if (held.includes(id)) facts.position.push({ account: 'A', subType: terms.kind === 'future' ? 'futures' : 'margin', instrument: id, quantity: '10', entryPrice: null, asOf: '2026-11-20' });
  }
  return facts;
}

function said({ margin, state }: Computed): unknown {
  return { state, trees: margin.pools.flatMap(({ figures }) => [toExplain(figures.maintenance), toExplain(figures.netLiq), toExplain(figures.equity)]), standing: margin.pools.map(({ unpriced, statusReason, callAmount }) => [unpriced, statusReason, callAmount && toExplain(callAmount)]) };
}

test('after every step of a line of edits, scans and futures are what computing the whole account anew says', () => {
  fc.assert(
    fc.property(held, fc.record({ regime: fc.constantFrom('portfolio', 'portfolio', 'regT'), segment: fc.boolean(), unmarked: fc.option(name, { freq: 2 }) }), fc.array(act, { minLength: 4, maxLength: 10 }), (positions, account, acts) => {
      const holdings = holdingsFrom(bookOf(positions, account), STANDING.start);
      const opened = holdings.accounts.get('A');
      if (!opened) throw new Error('no account');
      let branch = finish(openingBranch(holdings, opened, 1));
      for (const each of acts) {
        branch = acted(branch, each);
        const now = branchHoldings(branch);
        const anew = computeAccount(now.holdings, now.account);
        expect(said(computeBranch(branch))).toEqual(said(anew));
        const rows = branchView(branch, 1).positions.map((row) => ({ ...row, live: null, added: false }));
        expect(rows).toEqual(positionRows(now.holdings, now.account, anew.state, new Map()));
      }
    }),
    { numRuns: RUNS / 5 },
  );
});
