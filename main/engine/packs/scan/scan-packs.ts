import spanGeneric from './span-generic.json' with { type: 'json' };
import spanHkex from './span-hkex.json' with { type: 'json' };
import spanTfex from './span-tfex.json' with { type: 'json' };
import usPortfolioMargin from './us-portfolio-margin.json' with { type: 'json' };

/** Packs of the scan model: portfolio margin by risk, and SPAN with what exchanges publish of their parameters. */
export const SCAN_PACKS: readonly unknown[] = [usPortfolioMargin, spanGeneric, spanHkex, spanTfex];
