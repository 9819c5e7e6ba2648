import { bracketModel } from './bracket/bracket-model.ts';
import { deltaModel } from './delta/delta-model.ts';
import { fixedModel } from './fixed/fixed-model.ts';
import type { MarginModelId, PoolInput } from './input.ts';
import { lendingModel } from './lending/lending-model.ts';
import type { MarginModel } from './margin-model.ts';
import { scanMethod } from './scan/rules.ts';
import { scanModel } from './scan/scan-model.ts';
import { standardOptionsModel } from './standard-options/standard-options-model.ts';
import { venueGridModel } from './venue-grid/venue-grid-model.ts';
import { strategyModel } from './strategy/strategy-model.ts';

/** Methods of the model scan: two of them are rooms of their own. */
function byMethod(...[pool, market, rules]: Parameters<MarginModel>): ReturnType<MarginModel> {
  const method = scanMethod(rules);
  if (method === 'standardOptions') return standardOptionsModel(pool, market, rules);
  return method === 'venueGrid' ? venueGridModel(pool, market, rules) : scanModel(pool, market, rules);
}

/** Every margin model, by the name that pools and packs call it. */
export const MODELS: Record<MarginModelId, MarginModel> = { strategy: strategyModel, scan: byMethod, fixed: fixedModel, bracket: bracketModel, lending: lendingModel, delta: deltaModel };

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
