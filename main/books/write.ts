/** The room's door for writing: each of these is one transaction with one journal entry. */
export { applyPlan, type Tick } from './writing/apply-plan.ts';
export type { Authorship } from './writing/authorship.ts';
export { recordRun, type RunOutcome } from './writing/record-run.ts';
export { saveMark } from './writing/save-mark.ts';
export { saveProfile } from './writing/save-profile.ts';
