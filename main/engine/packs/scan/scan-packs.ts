import houseDeltaMargin from './house-delta-margin.json' with { type: 'json' };
import housePortfolioHybrid from './house-portfolio-hybrid.json' with { type: 'json' };
import spanGeneric from './span-generic.json' with { type: 'json' };
import spanHkex from './span-hkex.json' with { type: 'json' };
import spanTfex from './span-tfex.json' with { type: 'json' };
import usPortfolioMargin from './us-portfolio-margin.json' with { type: 'json' };

/** Packs of the risk-based models: portfolio margin by risk or by delta, and SPAN with what exchanges publish of it. */
export const SCAN_PACKS: readonly unknown[] = [usPortfolioMargin, housePortfolioHybrid, houseDeltaMargin, spanGeneric, spanHkex, spanTfex];
