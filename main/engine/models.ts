import { fixedModel } from './fixed/fixed-model.ts';
import type { MarginModelId } from './input.ts';
import type { MarginModel } from './margin-model.ts';
import { strategyModel } from './strategy/strategy-model.ts';

/** The models that are here. A pool under another one is indeterminate, with that as its reason. */
export const MODELS: Partial<Record<MarginModelId, MarginModel>> = { strategy: strategyModel, fixed: fixedModel };
