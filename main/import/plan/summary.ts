import type { ImportPlan, PlanSummary } from '../../../shared/domain/import-plan.ts';

/** The plan in figures, for whoever decides whether to accept it. `positions` counts those the file lists. */
export function summarisePlan(plan: ImportPlan, planId: string, appliedBefore: PlanSummary['appliedBefore']): PlanSummary {
  const count = (kind: string): number => plan.changes.reduce((sum, { change }) => sum + (change === kind ? 1 : 0), 0);
  return {
    planId,
    file: plan.file,
    format: plan.format,
    asOf: plan.asOf,
    asOfSource: plan.asOfSource,
    accounts: accountsOf(plan),
    backDated: plan.backDated,
    counts: {
      new: count('new'),
      changed: count('changed'),
      closed: count('closed'),
      unchanged: plan.unchanged,
      positions: plan.positions ?? plan.changes.filter(({ fact, change }) => fact === 'position' && change !== 'closed').length,
      rejected: plan.rejected.length,
      skipped: plan.skipped.length,
    },
    rejected: plan.rejected,
    skipped: plan.skipped,
    notes: plan.notes,
    appliedBefore,
  };
}

function accountsOf({ changes, scopes, backDated }: ImportPlan): string[] {
  const accounts = new Set([...scopes.map(({ account }) => account), ...backDated]);
  for (const { after, before } of changes) {
    const fact = after ?? before;
    if (fact && 'account' in fact) accounts.add(fact.account);
  }
  return [...accounts].toSorted();
}
