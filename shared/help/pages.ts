import type { HelpPage } from './page.ts';
import { bondsPage } from './pages/bonds.ts';
import { callPricePage } from './pages/call-price.ts';
import { callsPage } from './pages/calls.ts';
import { cascadesPage } from './pages/cascades.ts';
import { cashAccountPage } from './pages/cash-account.ts';
import { coveredPage } from './pages/covered.ts';
import { currenciesPage } from './pages/currencies.ts';
import { deltaMarginPage } from './pages/delta-margin.ts';
import { equityPage } from './pages/equity.ts';
import { fundsPage } from './pages/funds.ts';
import { futuresPage } from './pages/futures.ts';
import { houseAddOnsPage } from './pages/house-add-ons.ts';
import { indexOptionsPage } from './pages/index-options.ts';
import { intradayPage } from './pages/intraday.ts';
import { lendingPage } from './pages/lending.ts';
import { longOptionsPage } from './pages/long-options.ts';
import { movingCollateralPage } from './pages/moving-collateral.ts';
import { overlayPage } from './pages/overlay.ts';
import { pairingPage } from './pages/pairing.ts';
import { poolsPage } from './pages/pools.ts';
import { portfolioPage } from './pages/portfolio.ts';
import { protectivePage } from './pages/protective.ts';
import { ratiosPage } from './pages/ratios.ts';
import { regTPage } from './pages/reg-t.ts';
import { regimesPage } from './pages/regimes.ts';
import { requirementsPage } from './pages/requirements.ts';
import { rulePacksPage } from './pages/rule-packs.ts';
import { spanPage } from './pages/span.ts';
import { spreadsPage } from './pages/spreads.ts';
import { standardOptionsPage } from './pages/standard-options.ts';
import { statusesPage } from './pages/statuses.ts';
import { stockPage } from './pages/stock.ts';
import { straddlesPage } from './pages/straddles.ts';
import { uncoveredOptionsPage } from './pages/uncovered-options.ts';
import { venueBracketsPage } from './pages/venue-brackets.ts';
import { venueGridsPage } from './pages/venue-grids.ts';

/** Every help page, in the order of a table of contents: what is held, how it stands together, what follows. */
export const HELP_PAGES: readonly HelpPage[] = [
  stockPage,
  fundsPage,
  bondsPage,
  longOptionsPage,
  uncoveredOptionsPage,
  indexOptionsPage,
  coveredPage,
  protectivePage,
  spreadsPage,
  straddlesPage,
  cashAccountPage,
  portfolioPage,
  deltaMarginPage,
  spanPage,
  futuresPage,
  venueBracketsPage,
  venueGridsPage,
  standardOptionsPage,
  lendingPage,
  pairingPage,
  requirementsPage,
  houseAddOnsPage,
  overlayPage,
  regTPage,
  intradayPage,
  equityPage,
  ratiosPage,
  currenciesPage,
  poolsPage,
  movingCollateralPage,
  regimesPage,
  cascadesPage,
  statusesPage,
  callsPage,
  callPricePage,
  rulePacksPage,
];
