import aave from './lending-aave-v3.json' with { type: 'json' };
import comet from './lending-comet.json' with { type: 'json' };
import drift from './lending-drift.json' with { type: 'json' };
import maker from './lending-maker.json' with { type: 'json' };
import mango from './lending-mango-v4.json' with { type: 'json' };
import morpho from './lending-morpho.json' with { type: 'json' };
import opyn from './lending-opyn.json' with { type: 'json' };
import lendingStandard from './lending-standard.json' with { type: 'json' };
import securities from './securities-based-lending.json' with { type: 'json' };
import binance from './binance-usdm.json' with { type: 'json' };
import bybit from './bybit.json' with { type: 'json' };
import deribitStandard from './deribit-sm.json' with { type: 'json' };
import driftPerpetuals from './drift-perp.json' with { type: 'json' };
import dydx from './dydx-v4.json' with { type: 'json' };
import hyperliquid from './hyperliquid.json' with { type: 'json' };
import kraken from './kraken-futures.json' with { type: 'json' };
import okxTiers from './okx-tiers.json' with { type: 'json' };
import synthetix from './synthetix-v3.json' with { type: 'json' };
import deriveStandard from './derive-standard.json' with { type: 'json' };
import derivePortfolio from './derive-portfolio.json' with { type: 'json' };
import deribitPortfolio from './deribit-portfolio.json' with { type: 'json' };
import venueGridStandard from './venue-grid-standard.json' with { type: 'json' };
import vega from './vega-style.json' with { type: 'json' };
import venueStandard from './venue-standard.json' with { type: 'json' };

/** Packs of lenders and derivatives venues. */
export const VENUE_PACKS: readonly unknown[] = [lendingStandard, securities, aave, morpho, comet, maker, drift, mango, opyn, venueStandard, binance, bybit, deribitStandard, driftPerpetuals, dydx, hyperliquid, kraken, okxTiers, synthetix, vega, deriveStandard, venueGridStandard, derivePortfolio, deribitPortfolio];
