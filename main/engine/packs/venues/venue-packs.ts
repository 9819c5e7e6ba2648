import aave from './lending-aave-v3.json' with { type: 'json' };
import comet from './lending-comet.json' with { type: 'json' };
import drift from './lending-drift.json' with { type: 'json' };
import maker from './lending-maker.json' with { type: 'json' };
import mango from './lending-mango-v4.json' with { type: 'json' };
import morpho from './lending-morpho.json' with { type: 'json' };
import opyn from './lending-opyn.json' with { type: 'json' };
import lendingStandard from './lending-standard.json' with { type: 'json' };
import securities from './securities-based-lending.json' with { type: 'json' };

/** Packs of lenders and derivatives venues. */
export const VENUE_PACKS: readonly unknown[] = [lendingStandard, securities, aave, morpho, comet, maker, drift, mango, opyn];
