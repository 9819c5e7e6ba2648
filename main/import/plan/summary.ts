import { accountsOfPlan, countChanges, type ImportPlan, type PlanSummary } from '../../../shared/domain/import-plan.ts';

/** The plan in figures, for whoever decides whether to accept it. `positions` counts those the file lists. */
export function summarisePlan(plan: ImportPlan, planId: string, appliedBefore: PlanSummary['appliedBefore']): PlanSummary {
  return {
    planId,
    file: plan.file,
    format: plan.format,
    asOf: plan.asOf,
    asOfSource: plan.asOfSource,
    accounts: [...new Set([...accountsOfPlan(plan), ...plan.backDated])].toSorted(),
    backDated: plan.backDated,
    counts: {
      new: countChanges(plan, 'new'),
      changed: countChanges(plan, 'changed'),
      closed: countChanges(plan, 'closed'),
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
