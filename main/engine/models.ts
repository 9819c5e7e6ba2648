import { bracketModel } from './bracket/bracket-model.ts';
import { fixedModel } from './fixed/fixed-model.ts';
import type { MarginModelId, PoolInput } from './input.ts';
import { lendingModel } from './lending/lending-model.ts';
import type { MarginModel } from './margin-model.ts';
import { scanMethod } from './scan/rules.ts';
import { scanModel } from './scan/scan-model.ts';
import { standardOptionsModel } from './standard-options/standard-options-model.ts';
import { strategyModel } from './strategy/strategy-model.ts';

/** The model scan has a method that scans nothing. */
function bySchedule(...[pool, market, rules]: Parameters<MarginModel>): ReturnType<MarginModel> {
  return scanMethod(rules) === 'standardOptions' ? standardOptionsModel(pool, market, rules) : scanModel(pool, market, rules);
}

/** The models that are here. A pool under another one is indeterminate, with that as its reason. */
export const MODELS: Partial<Record<MarginModelId, MarginModel>> = { strategy: strategyModel, scan: bySchedule, fixed: fixedModel, bracket: bracketModel, lending: lendingModel };

/** Parts of a pool that not every model can take into its figures. */
export const POOL_PARTS = ['collateral', 'debt', 'orders', 'external'] as const satisfies readonly (keyof PoolInput)[];
export type PoolPart = (typeof POOL_PARTS)[number];

/** Which of those parts a model uses; a pool that holds another one is refused, since leaving it out would be wrong. */
export const PARTS_USED: Record<MarginModelId, readonly PoolPart[]> = {
  strategy: [],
  fixed: [],
  scan: ['collateral', 'debt', 'orders', 'external'],
  bracket: ['collateral', 'orders', 'external'],
  lending: ['collateral', 'debt', 'orders'],
  delta: [],
};
