import { expect, test } from 'vitest';
import { branchHoldings, editBranch, openingBranch, type Branch } from '../../main/desk/branches.ts';
import { computeAccount } from '../../main/desk/compute.ts';
import { holdingsFrom } from '../../main/desk/holdings.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import type { PositionMargin } from '../../main/engine/margin-model.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import type { Edit } from '../../shared/views.ts';
import { call, idOf, put } from '../engine/build.ts';
import { markOf, STANDING } from './random-facts.ts';

// Of the group that an edit is in, too, only what the edit reaches is made anew. That it all comes to the right figures,
// whatever is kept, is what branches.property.test.ts says.

const LEGS = { SHORT_CALL: call('S1', '60'), LONG_CALL: call('S1', '65'), LONG_PUT: put('S1', '40') };
const QUANTITIES: Record<keyof typeof LEGS, string> = { SHORT_CALL: '-2', LONG_CALL: '2', LONG_PUT: '5' };
const idOfLeg = (leg: keyof typeof LEGS): string => idOf(LEGS[leg]);
const NAMES = Object.keys(LEGS) as (keyof typeof LEGS)[];

function opened(): Branch {
  const facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: '2026-11-20' });
  facts.instrument.push({ id: 'S1', terms: { kind: 'equity', currency: 'USD', multiplier: '1' }, identifiers: { symbol: 'S1' } });
  facts.mark.push(markOf('S1', '50'));
  for (const leg of NAMES) {
    const id = idOfLeg(leg);
    facts.instrument.push({ id, terms: LEGS[leg], identifiers: { symbol: id } });
    facts.mark.push(markOf(id, '2'));
    facts.position.push({ account: 'A', subType: 'margin', instrument: id, quantity: QUANTITIES[leg], entryPrice: null, asOf: '2026-11-20' });
  }
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  // Beside the base nothing was made of the group: the first edit makes it.
  return edited(finish(openingBranch(holdings, held, 1)), { kind: 'setPrice', instrument: idOfLeg('SHORT_CALL'), price: '2.5' });
}

function edited(branch: Branch, edit: Edit): Branch {
  const next = editBranch(branch, edit);
  if (!next.ok) throw new Error(next.fault.message);
  return next.value;
}

/** The legs of which the margin is another one after the edit. */
function madeAnew(edit: (branch: Branch) => Edit): string[] {
  const before = opened();
  const after = edited(before, edit(before));
  const marginsOf = (branch: Branch): ReadonlyMap<string, PositionMargin> => new Map(branch.now.computed.margin.pools.flatMap(({ positions }) => positions).map((margin) => [margin.instrument, margin]));
  const [had, has] = [marginsOf(before), marginsOf(after)];
  return NAMES.filter((leg) => had.get(idOfLeg(leg)) !== has.get(idOfLeg(leg)));
}

const keyOf = (branch: Branch, leg: keyof typeof LEGS): string => branch.now.rows.sorted.find(({ instrument }) => instrument === idOfLeg(leg))?.key ?? '';

test('another quantity of a leg that stands alone makes that leg anew', () => {
  expect(madeAnew((branch) => ({ kind: 'setQuantity', position: keyOf(branch, 'LONG_PUT'), quantity: '3' }))).toEqual(['LONG_PUT']);
});

test('another price of an option makes the strategy anew that it is in', () => {
  expect(madeAnew(() => ({ kind: 'setPrice', instrument: idOfLeg('SHORT_CALL'), price: '3' }))).toEqual(['SHORT_CALL', 'LONG_CALL']);
});

test('another price of the underlying makes all of the group anew', () => {
  expect(madeAnew(() => ({ kind: 'setPrice', instrument: 'S1', price: '51' }))).toEqual(NAMES);
});

test('what a rule lacks is told after every edit of its group', () => {
  const PUT = { ...put('S3', '90'), currency: 'EUR' };
  const facts = noFacts();
  // Rules in dollars, an account in euros, and no rate between the two.
  facts.account.push({ account: 'A', name: null, baseCurrency: 'EUR', regime: 'regT', regimeSource: 'test', asOf: '2026-11-20' });
  facts.instrument.push({ id: 'S3', terms: { kind: 'equity', currency: 'EUR', multiplier: '1' }, identifiers: { symbol: 'S3' } }, { id: 'PUT', terms: PUT, identifiers: { symbol: 'PUT' } });
  facts.mark.push(markOf('S3', '100'), markOf('PUT', '5'));
  for (const [instrument, quantity] of [['S3', '300'], ['PUT', '1']] as const) facts.position.push({ account: 'A', subType: 'margin', instrument, quantity, entryPrice: null, asOf: '2026-11-20' });
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  let branch = finish(openingBranch(holdings, held, 1));
  for (const quantity of ['2', '0']) {
    const position = branch.now.rows.sorted.find(({ instrument }) => instrument === 'PUT')?.key ?? '';
    branch = edited(branch, { kind: 'setQuantity', position, quantity });
    const { holdings: now, account } = branchHoldings(branch);
    const { status, statusReason } = computeAccount(now, account).state;
    expect(status).toBe('indeterminate');
    expect(branch.now.computed.state).toMatchObject({ status, statusReason });
  }
});
