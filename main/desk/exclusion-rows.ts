import type { ExclusionRow } from '../../shared/views.ts';
import { summaryIn, type DeskState } from './desk-state.ts';

/** Everything that no figure includes in full, account by account, with how it was treated. Never empty silently. */
export function exclusionRows(state: DeskState): ExclusionRow[] {
  const rows: ExclusionRow[] = [];
  for (const [id, { account, exclusions, positions }] of state.holdings.accounts) {
    for (const { symbol, quantity, code, reason, short, at, asOf } of exclusions) {
      const treatment = short ? 'Not in any figure; the account is indeterminate because the position may be short.' : 'Not in any figure: no value and no loan value.';
      rows.push({ account: id, client: account.name, symbol, quantity, code, reason, treatment, indeterminate: short, at, asOf });
    }
    for (const { instrument, reason, indeterminate } of summaryIn(state, id).unpriced) {
      // The importer's own exclusions are listed above, with their line in the file.
      if (exclusions.some(({ symbol }) => symbol === instrument)) continue;
      const held = positions.find((position) => position.instrument === instrument);
      rows.push({
        account: id,
        client: account.name,
        symbol: instrument,
        quantity: held?.quantity ?? null,
        code: 'no-usable-figure',
        reason,
        treatment: indeterminate ? 'The account is indeterminate until this is settled.' : 'Valued at 0, with no loan value.',
        indeterminate,
        at: state.holdings.marks.get(instrument)?.source ?? 'no mark in the book',
        asOf: held?.asOf ?? account.asOf,
      });
    }
  }
  return rows;
}
