import type { AccountCures, Edit } from '../../shared/views.ts';
import type { CureLegView } from '../../shared/domain/cure.ts';
import { fromDecimalText, toDecimalText } from '../../shared/money.ts';
import { findingCures, type PoolCures } from '../engine/cure/cures.ts';
import { poolCuresView } from '../engine/cure/view.ts';
import { multiplierOf } from '../engine/pool/prepare-position.ts';
import { inputOf, marketOf, shelfOf } from './compute.ts';
import { positionKey, type AccountHoldings, type Holdings } from './holdings.ts';
import type { Slices } from './rows/slices.ts';

/** What would meet the account's house calls, each with the edits that put it on a what-if branch. */
export function* accountCures(holdings: Holdings, account: AccountHoldings): Slices<AccountCures> {
  const found: PoolCures[] = yield* findingCures(inputOf(holdings, account), marketOf(holdings), shelfOf(holdings));
  return {
    account: account.account.account,
    pools: found.map(poolCuresView).map((pool) => ({
      ...pool,
      cures: pool.cures.map((cure) => ({ ...cure, edits: cure.kind === 'cash' ? [{ kind: 'deposit' as const, currency: pool.currency, amount: cure.amount }] : cure.legs.flatMap((leg) => editsOf(leg, holdings, account)) })),
    })),
  };
}

/** A branch trades at the mark, and so do cures. What is brought in is paid for on the branch, so its value is deposited too. */
function editsOf({ instrument, subType, does, units, left }: CureLegView, holdings: Holdings, account: AccountHoldings): Edit[] {
  const position = account.positions.find((held) => held.instrument === instrument && held.subType === subType);
  if (!position) return [];
  const key = positionKey(position);
  if (left === '0') return [{ kind: 'closeLeg', position: key }];
  const trade: Edit = { kind: 'setQuantity', position: key, quantity: left };
  const terms = holdings.instruments.get(instrument)?.terms;
  const mark = holdings.marks.get(instrument)?.value;
  const multiplier = terms && multiplierOf(terms);
  if (does !== 'bringIn' || !terms || mark === undefined || !multiplier) return [trade];
  return [{ kind: 'deposit', currency: terms.currency, amount: toDecimalText(fromDecimalText(mark).times(multiplier).times(units)) }, trade];
}
