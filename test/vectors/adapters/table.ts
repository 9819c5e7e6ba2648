import type { Adapter } from '../adapter.ts';
import { idMatcher } from '../id-matcher.ts';
import { familyOf, type Vector } from '../vector.ts';
import { brokerSchedule, nonEquityDebt, treasuryTiers } from './bonds.ts';
import { callAmount, leastEquity, leveragedFund, nonMarginable } from './calls.ts';
import { aaveHealth, borrowRequirement, cometLiquidatable, crossAndIsolated, liabilityTransfer, morphoIncentive, socialisedDeposits, spotInsuranceFee, weightForDeposits, weightForSize, writtenExcess, writtenOption } from './lending.ts';
import { healthExpression, initHealth } from './weighted-balances.ts';
import { contSchaanning, squareRootFixedPoint } from './cascade.ts';
import { aggregateCap, balanceMoves, brokerCalls, intradayDeMinimis, intradayRules, multipleOfExcess, portfolioDecline, riskRate, strikeLadder } from './conduct.ts';
import { depositForRegTCall, deposits, saleForHouseCall, saleForRegTCall, saleRelease } from './cure.ts';
import { futuresStory } from './futures.ts';
import { fidelityDueDates, lightspeedDueDates, paymentPeriod, regTDeMinimis } from './operations.ts';
import { additiveTables, concentrationTable, statedTiers } from './house.ts';
import { nakedWithFloor, perShare, strangle } from './option-legs.ts';
import { brokerStrategy, butterflyInTwo, cboeManual, legsOnly, markedShort, nakedShort, portfolioExample, portfolioTable, withProceeds } from './options.ts';
import { purchaseDeposit, restrictedAccount } from './reg-t.ts';
import { portfolioMargin } from './portfolio.ts';
import { gridContingency, gridFuture, inverseFutures, scenarioPortfolio, tieredMinimum } from './venue-grid.ts';
import { ewma } from './dynamic.ts';
import { standardManager, standardManagerTruncated } from './standard-options.ts';
import { dailySequence } from './sequence.ts';
import { listedParameters, monthSpread, nettedContract, printedArrays, productSpread, spanFormula } from './span.ts';
import { longEquity, shortAgainstLong, shortStock, shortStockTiers } from './stock.ts';
import { longTrigger, shortTrigger } from './trigger.ts';
import { dydxAccount, dydxBankruptcy, dydxFillable, dydxInitial, dydxInsurance, dydxLiquidatable, dydxRequirements, dydxScaledRate } from './venue-dydx.ts';
import { binanceIsolated, binanceLiquidation, bybitIsolated, hyperliquidLiquidation, withTakerFee } from './venue-prices.ts';
import { bybitInverse, bybitOption, deribitLinear, maintenanceAmount, synthetixMargins, vegaFactors, vegaLevels, vegaLevelsFrom } from './venue-requirements.ts';
import { bracketTable, deleveraging, driftFeeRamp, driftInsurance, driftShare, driftSize, driftSocialised, earlyBuffer, tierTable } from './venue-steps.ts';

/** Families that mix shapes: by whole id. They win over the family's adapter. */
const BY_ID: Readonly<Record<string, Adapter>> = {
  'bonds/finra-nonequity': nonEquityDebt,
  'bonds/ibkr-treasury': treasuryTiers,
  'bonds/td-treasury': brokerSchedule,
  'call-amount/ibkr-reddit-elv': leastEquity,
  'house/firstrade-concentration': concentrationTable,
  'ibkr/iron-condor-10': legsOnly,
  'ibkr/shortstock-tiers': shortStockTiers,
  'ops/drivewealth-thresholds': balanceMoves,
  'ops/fidelity-due-dates': fidelityDueDates,
  'ops/finra-imd': intradayRules,
  'ops/lightspeed-due-dates': lightspeedDueDates,
  'ops/longrun-hk': riskRate,
  'ops/optionshouse-fed': strikeLadder,
  'ops/pm-margin-cap-10x-net-capital': aggregateCap,
  'ops/regt-deminimis': regTDeMinimis,
  'ops/regt-payment-period': paymentPeriod,
  'ops/sofi-iml': multipleOfExcess,
  'ops/tasty-DT': brokerCalls,
  'ops/tasty-RM': brokerCalls,
  'ops/tasty-RT': brokerCalls,
  'ops/tasty-pm-downgrade-100-150k': portfolioDecline,
  'regt/established-account': purchaseDeposit,
  'regt/sma-restricted-account': restrictedAccount,
  'tasty/naked-call': nakedWithFloor,
  'tasty/short-strangle': strangle,
};

/** By family (`*` for any text): how its inputs become a pack or a question. */
const BY_FAMILY: readonly (readonly [string, Adapter])[] = [
  ['call-amount', callAmount],
  ['cboe-manual/me', cboeManual],
  ['cboe2007/*', portfolioTable],
  ['cure/deposit-securities', deposits],
  ['cure/deposit-securities-fed', depositForRegTCall],
  ['cure/imd-liquidation', saleRelease],
  ['cure/sell-amount-fed', saleForRegTCall],
  ['cure/sell-amount-house', saleForHouseCall],
  ['cure/sell-release', saleRelease],
  ['derive-pmrm2-*', scenarioPortfolio],
  ['edeltapro', withProceeds],
  ['elitetrader', perShare],
  ['futures', futuresStory],
  ['futures/*', futuresStory],
  ['house/fidelity-rbr', additiveTables],
  ['house/firstrade-concentration', concentrationTable],
  ['house/td-concentration', statedTiers],
  ['ibkr/live-naked', nakedShort],
  ['ibkr/regt-sequence', dailySequence],
  ['ibkr/strategy', brokerStrategy],
  ['lean/cboe-calculator', nakedShort],
  ['letf', leveragedFund],
  ['nonmarginable', nonMarginable],
  ['ops/finra-imd', intradayDeMinimis],
  ['optionshouse', butterflyInTwo],
  ['pm', portfolioMargin],
  ['pm2007', portfolioExample],
  ['regt/first-transaction', purchaseDeposit],
  ['regt/long-equity', longEquity],
  ['shortstock', shortStock],
  ['shortstock/initial', shortStock],
  ['shortstock/maint', shortStock],
  ['shortstock/vs-long', shortAgainstLong],
  ['si/short-puts*', markedShort],
  ['tasty', legsOnly],
  ['span/cme', productSpread],
  ['span/cme/intra-spread', monthSpread],
  ['span/composite', spanFormula],
  ['span/hkex', listedParameters],
  ['span/jscc', nettedContract],
  ['span/mcmillan', printedArrays],
  ['span/tfex', listedParameters],
  ['trigger/long', longTrigger],
  ['trigger/short', shortTrigger],
];

/**
 * By the formula that a venue's vector names in its `model`, such as `aave.health_factor`: their ids are free text.
 * It wins over the family.
 */
const BY_MODEL: Readonly<Record<string, Adapter>> = {
  'aave.health_factor': aaveHealth,
  'adl.ranking': deleveraging,
  'binance.isolated_liq_price': binanceIsolated,
  'binance.um.liq_price': binanceLiquidation,
  'bybit.cross.option_margin': bybitOption,
  'bybit.inverse.im': bybitInverse,
  'bybit.isolated_liq_price': bybitIsolated,
  'cascade.cont_schaanning': contSchaanning,
  'cascade.sqrt_fixed_point': squareRootFixedPoint,
  'comet.is_liquidatable': cometLiquidatable,
  'deribit.standard.linear_perp': deribitLinear,
  'deribit.portfolio_margin.contingency': gridContingency,
  'deribit.portfolio_margin.inverse_futures': inverseFutures,
  'okx.pm.mr7_tiered': tieredMinimum,
  'scenario_pm.futures_contingency': gridFuture,
  'scenario_pm.futures_pnl': gridFuture,
  'derive.standard_manager': standardManager,
  'derive.standard_manager.truncated': standardManagerTruncated,
  'drift.base_to_cover_shortage': driftSize,
  'drift.borrow_requirement': borrowRequirement,
  'drift.cross_plus_isolated': crossAndIsolated,
  'drift.imf_weight': weightForSize,
  'drift.liability_transfer_to_cover': liabilityTransfer,
  'drift.liquidation_fee_ramp': driftFeeRamp,
  'drift.max_pct_to_liquidate': driftShare,
  'drift.perp_if_fee': driftInsurance,
  'drift.scaled_initial_asset_weight': weightForDeposits,
  'drift.socialise_perp': driftSocialised,
  'drift.socialise_spot': socialisedDeposits,
  'drift.spot_if_fee': spotInsuranceFee,
  'dydx.account_ui': dydxAccount,
  'dydx.bankruptcy_price_quote_quantums': dydxBankruptcy,
  'dydx.fillable_price': dydxFillable,
  'dydx.imr_quote_quantums': dydxInitial,
  'dydx.insurance_fund_delta': dydxInsurance,
  'dydx.is_liquidatable': dydxLiquidatable,
  'dydx.margin_requirements': dydxRequirements,
  'dydx.oimf_ppm': dydxScaledRate,
  'early_liquidation_buffer': earlyBuffer,
  'gate.isolated_liq_price': withTakerFee,
  'hyperliquid.liq_price': hyperliquidLiquidation,
  ewma,
  'mango.init_health': initHealth,
  'mango.init_health0': healthExpression,
  'morpho.liquidation_incentive_factor': morphoIncentive,
  'okx.isolated_liq_price': withTakerFee,
  'opyn.excess': writtenExcess,
  'opyn.naked_margin': writtenOption,
  'synthetix.perps_v3': synthetixMargins,
  'tier.bracket_table': bracketTable,
  'tier.maintenance_amount': maintenanceAmount,
  'tier.table': tierTable,
  'vega.lognormal_risk_factors': vegaFactors,
  'vega.margin_levels': vegaLevels,
  'vega.margin_levels_from_mm': vegaLevelsFrom,
};

/**
 * The adapters for a vector, the likeliest first: that of its formula, its id or its family, then the others of the same
 * namespace, for vectors that are named anew. None: then the vector fails.
 */
export function adaptersOf({ id, model }: Pick<Vector, 'id' | 'model'>): Adapter[] {
  const family = familyOf(id);
  const named = [
    ...(model !== undefined && Object.hasOwn(BY_MODEL, model) ? [BY_MODEL[model]] : []),
    ...(Object.hasOwn(BY_ID, id) ? [BY_ID[id]] : []),
    ...BY_FAMILY.filter(([pattern]) => (pattern === family ? true : /[*?]/.test(pattern) && idMatcher(pattern)(family))).map(([, found]) => found),
  ];
  // A formula that is named is that formula or none.
  const akin = model !== undefined ? [] : [...Object.entries(BY_ID), ...BY_FAMILY].filter(([name]) => namespaceOf(name) === namespaceOf(id)).map(([, found]) => found);
  return [...new Set([...named, ...akin])].filter((found) => found !== undefined);
}

/** What an id begins with: `ops` of `ops/tasty-DT`. */
function namespaceOf(id: string): string {
  return (id.split('/')[0] ?? id).replace(/[*?-].*$/, '');
}
