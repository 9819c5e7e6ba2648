import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { editBranch, openingBranch } from '../../main/desk/branches.ts';
import { holdingsFrom, positionKey } from '../../main/desk/holdings.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { markOf, STANDING } from './random-facts.ts';

/** Everything that nobody can reach any more is gone after this. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    // A weak reference that was looked at holds until the turn is over.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
}

test.each(['regT', 'portfolio'] as const)('what was made at points that a %s branch left long ago does not stay in memory', async (regime) => {
  const facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime, regimeSource: 'test', asOf: '2026-11-20' });
  for (const id of ['S1', 'S2']) {
    facts.instrument.push({ id, terms: { kind: 'equity', currency: 'USD', multiplier: '1' }, identifiers: { symbol: id } });
    facts.mark.push(markOf(id, '50'));
    facts.position.push({ account: 'A', subType: 'margin', instrument: id, quantity: '100', entryPrice: null, asOf: '2026-11-20' });
  }
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  let branch = finish(openingBranch(holdings, held, 1));
  const [first] = branch.base.account.positions;
  const left: WeakRef<object>[] = [];
  for (let quantity = 101; quantity <= 130; quantity += 1) {
    left.push(new WeakRef(branch.now.made.store));
    const next = editBranch(branch, { kind: 'setQuantity', position: first ? positionKey(first) : '', quantity: String(quantity) });
    if (!next.ok) throw new Error(next.fault.message);
    branch = next.value;
  }
  await collectGarbage();
  expect(left.slice(0, 10).filter((store) => store.deref() !== undefined)).toEqual([]);
  expect(branch.now.made.store.size).toBeGreaterThan(0);
});
