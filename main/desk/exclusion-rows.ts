import type { ExclusionRow } from '../../shared/views.ts';
import { summaryIn, type DeskState } from './desk-state.ts';
import type { Slices } from './rows/slices.ts';

const ACCOUNTS_A_STEP = 64;

/** Everything that no figure includes in full, account by account, with how it was treated. Never empty silently. The state must stay as it is meanwhile. */
export function* exclusionRows(state: DeskState): Slices<ExclusionRow[]> {
  const rows: ExclusionRow[] = [];
  let seen = 0;
  for (const [id, held] of state.holdings.accounts) {
    seen += 1;
    if (seen % ACCOUNTS_A_STEP === 0) yield;
    const { account, exclusions } = held;
    for (const { symbol, quantity, code, reason, short, at, asOf } of exclusions) {
      const treatment = short ? 'Not in any figure; the account is indeterminate because the position may be short.' : 'Not in any figure: no value and no loan value.';
      rows.push({ account: id, client: account.name, symbol, quantity, code, reason, treatment, indeterminate: short, at, asOf });
    }
    const { unpriced } = summaryIn(state, id);
    // Positions are made when they are read, and most accounts have no use for them here.
    const positions = unpriced.length === 0 ? [] : held.positions;
    for (const { instrument, reason, indeterminate } of unpriced) {
      // The importer's own exclusions are listed above, with their line in the file.
      if (exclusions.some(({ symbol }) => symbol === instrument)) continue;
      const position = positions.find((each) => each.instrument === instrument);
      rows.push({
        account: id,
        client: account.name,
        symbol: instrument,
        quantity: position?.quantity ?? null,
        code: 'no-usable-figure',
        reason,
        treatment: indeterminate ? 'The account is indeterminate until this is settled.' : 'Valued at 0, with no loan value.',
        indeterminate,
        at: state.holdings.marks.get(instrument)?.source ?? 'no mark in the book',
        asOf: position?.asOf ?? account.asOf,
      });
    }
  }
  return rows;
}
