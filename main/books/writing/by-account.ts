import type { AccountId, FactName } from '../../../shared/domain/facts.ts';
import type { FactChange, ImportPlan } from '../../../shared/domain/import-plan.ts';

/** What a plan changes in one account: rows `from` up to `to` of its columns' list, and then these changes. */
export interface AccountRows {
  from: number;
  to: number;
  changes: FactChange[];
}

/** Accounts themselves come last, so that their latest day is still the old one while their facts are taken in. */
export const ORDER_WITHIN_ACCOUNT: readonly FactName[] = ['position', 'cash', 'activity', 'brokerFigure', 'exclusion', 'account'];

/** The changes of each account, in the order in which they are taken in; accounts in the order in which they first appear. */
export function rowsByAccount({ changes, columns }: ImportPlan): Map<AccountId, AccountRows> {
  const accounts = new Map<AccountId, AccountRows>();
  const rowsOf = (account: AccountId): AccountRows => {
    let rows = accounts.get(account);
    if (!rows) accounts.set(account, (rows = { from: 0, to: 0, changes: [] }));
    return rows;
  };
  if (columns) {
    const { file, rows } = columns;
    for (let from = 0, to = 0; from < rows.length; from = to) {
      const account = file.account[rows[from] as number] as number;
      while (to < rows.length && file.account[rows[to] as number] === account) to += 1;
      Object.assign(rowsOf(file.accounts[account] as string), { from, to });
    }
  }
  for (const name of ORDER_WITHIN_ACCOUNT) {
    for (const change of changes) {
      const subject = change.fact === name ? (change.after ?? change.before) : null;
      if (subject && 'account' in subject) rowsOf(subject.account).changes.push(change);
    }
  }
  return accounts;
}
