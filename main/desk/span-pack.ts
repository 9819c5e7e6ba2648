import type { SpanCommodity, SpanContract, SpanLeg, SpanParameters, SpanSpread } from '../import/span/parameters.ts';
import type { CalcPackInput } from '../../shared/calc-pack.ts';
import { optionId, symbolId } from '../../shared/domain/instrument-id.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';

/** The parts of a calc pack that a risk parameter file fills: its rules, its contracts and their arrays. */
export type SpanPack = Required<Pick<CalcPackInput, 'instruments' | 'riskArrays' | 'rulePacks'>> & { rulePack: string; asOf: string };

const MONTH_LETTERS = 'FGHJKMNQUVXZ';
const WEIGHTED = { NORMAL: 'normal', SCANRANGE: 'scanRange', SCANRANGE_CAP: 'scanRangeCap' } as const;

/**
 * A risk parameter file as rules, instruments and risk arrays that margin can be computed from. Contracts are named as a
 * book names them: futures by product, month letter and year, options by what they are on. Expiries of one month apart
 * from each other carry their day.
 */
export function spanPack(parameters: SpanParameters): SpanPack {
  const { clearingOrg, businessDate, contracts } = parameters;
  const set = `${clearingOrg.toLowerCase()}-${parameters.scenarios.length}`;
  const currencyOf = new Map(parameters.commodities.flatMap(({ products, currency }) => products.map((product) => [product, currency] as const)));
  const names = namesOf(contracts, currencyOf);
  const rulePack = `span-${clearingOrg.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${businessDate}`;
  return {
    rulePack,
    asOf: `${businessDate}T21:00:00Z`,
    instruments: Object.fromEntries(contracts.map((contract) => [names.get(contract) ?? '', termsOf(contract, names, contracts, currencyOf.get(contract.product) ?? contract.currency ?? 'USD')])),
    riskArrays: Object.fromEntries(contracts.map((contract) => [names.get(contract) ?? '', { set, sign: 'loss' as const, values: [...contract.losses], ...(contract.compositeDelta === null ? {} : { compositeDelta: contract.compositeDelta }) }])),
    rulePacks: { [rulePack]: rulePackOf(rulePack, set, parameters) },
  };
}

function namesOf(contracts: readonly SpanContract[], currencyOf: ReadonlyMap<string, string>): Map<SpanContract, string> {
  const perMonth = new Map<string, number>();
  for (const { kind, product, expiry } of contracts) if (kind === 'future') perMonth.set(`${product} ${expiry.slice(0, 7)}`, (perMonth.get(`${product} ${expiry.slice(0, 7)}`) ?? 0) + 1);
  return new Map(contracts.map((contract) => {
    const { product, expiry, right, strike } = contract;
    const currency = currencyOf.get(product) ?? contract.currency ?? 'USD';
    if (right !== null && strike !== null) return [contract, optionId({ root: product, expiry, right, strike, currency })];
    const month = `${product}${MONTH_LETTERS[Number(expiry.slice(5, 7)) - 1] ?? ''}${expiry.slice(3, 4)}`;
    return [contract, symbolId((perMonth.get(`${product} ${expiry.slice(0, 7)}`) ?? 0) > 1 ? `${product} ${expiry}` : month, currency)];
  }));
}

function termsOf(contract: SpanContract, names: ReadonlyMap<SpanContract, string>, contracts: readonly SpanContract[], currency: string): CalcPackInput['instruments'] extends infer Terms | undefined ? (Terms extends Record<string, infer One> ? One : never) : never {
  const { kind, product, expiry, multiplier, price, right, strike, underlyingProduct, underlyingExpiry, european } = contract;
  const quote = { currency, multiplier, ...(price === null ? {} : { price }) };
  if (kind === 'future' || right === null || strike === null) return { kind: 'future', ...quote, underlying: product, expiry };
  const on = contracts.find((other) => other.kind === 'future' && other.product === underlyingProduct && other.expiry === underlyingExpiry);
  return { kind: 'option', ...quote, underlying: (on && names.get(on)) ?? underlyingProduct ?? product, right, strike, expiry, ...(european === null ? {} : { style: european ? 'european' : 'american' }) };
}

function rulePackOf(id: string, set: string, { clearingOrg, businessDate, scenarios, commodities, contracts, interSpreads, superSpreads }: SpanParameters) {
  const source = { cites: `Risk parameter file of ${clearingOrg}, ${businessDate}`, status: 'verified' };
  return {
    id,
    version: businessDate,
    title: `SPAN parameters of ${clearingOrg}, ${businessDate}`,
    layer: 'house',
    model: 'scan',
    extends: 'span-generic',
    effectiveFrom: businessDate,
    parameters: {},
    scan: {
      scenarioSet: { id: set, title: `Scenarios of ${clearingOrg}`, scenarios: scenarios.map(({ price, vol, weight, pairedWith }, at) => ({ label: `price ${price}, volatility ${vol}`, price, vol, weight, ...(pairedWith === at + 1 ? {} : { pairedWith }) })), ...source },
      commodities: Object.fromEntries(commodities.map((commodity) => [commodity.code, { ...commodityRules(commodity, contracts, scenarios), ...source }])),
      interSpreads: interSpreads.map((spread) => ({ ...between(spread), ...source })),
      superSpreads: superSpreads.map((spread) => ({ ...between(spread), ...source })),
    },
  };
}

function commodityRules({ code, title, currency, products, tiers, interTiers, spreads, spotMonths, shortOptionMinimum, shortOptionMethod, weightedRiskMethod }: SpanCommodity, contracts: readonly SpanContract[], scenarios: SpanParameters['scenarios']) {
  const flat = spreads.filter(({ method }) => method === 'F');
  const periods = flat.flatMap(({ legs }) => legs.flatMap(({ period }) => period ?? []));
  const range = scanRange(contracts.filter(({ kind, product }) => kind === 'future' && products.includes(product)), scenarios);
  const weighted = WEIGHTED[(weightedRiskMethod ?? 'NORMAL') as keyof typeof WEIGHTED];
  return {
    title,
    currency,
    contracts: products.length > 0 ? products : [code],
    ...(range === null ? {} : { priceScanRange: range }),
    tiers: { ...named(tiers, ''), ...named(interTiers, BETWEEN), ...Object.fromEntries(periods.map((period) => [period, { from: period, to: period }])) },
    intraSpreads: flat.map(({ priority, rate, legs }) => ({ priority, charge: rate, legs: legs.map(({ tier, period, ratio, side }) => ({ tier: period ?? tier ?? '', ratio, side })) })),
    ...(spotMonths.length > 0 ? { spotMonths: spotMonths.map(({ period, spread, outright }) => ({ month: period, spread, outright })) } : {}),
    ...(shortOptionMinimum === null ? {} : { shortOptionMinimum: { rate: shortOptionMinimum, counts: shortOptionMethod === 'MAX' ? 'dearerSide' : 'all' } }),
    ...(weighted ? { weightedRisk: weighted } : {}),
  };
}

/** Before the number of a tier that serves spreads between commodities. */
const BETWEEN = 'between ';

function named(tiers: SpanCommodity['tiers'], prefix: string): Record<string, { from?: string; to?: string }> {
  return Object.fromEntries(Object.entries(tiers).map(([number, { from, to }]) => [`${prefix}${number}`, { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) }]));
}

/** What the nearest future loses at most within its range: its array, the moves beyond the range left out. */
function scanRange(futures: readonly SpanContract[], scenarios: SpanParameters['scenarios']): string | null {
  const [nearest] = futures.toSorted((a, b) => (a.expiry < b.expiry ? -1 : 1));
  const losses = nearest?.losses.filter((_, at) => within(scenarios[at]?.price ?? '0')).map((loss) => new Decimal(loss).abs()) ?? [];
  return losses.length === 0 ? null : toDecimalText(Decimal.max(...losses));
}

function within(price: string): boolean {
  const [over = '0', under = '1'] = price.split('/');
  return new Decimal(over).abs().lte(under);
}

/** A file states the credit as a fraction, or in per cent where it is above one. */
function between({ priority, rate, legs }: SpanSpread) {
  const credit = new Decimal(rate);
  return { priority, credit: toDecimalText(credit.gt(1) ? credit.div(100) : credit), legs: legs.map((leg) => interLeg(leg)) };
}

function interLeg({ commodity, tier, ratio, side }: SpanLeg) {
  // Tier 0 is the whole commodity.
  return { commodity, ratio, side, ...(tier === null || tier === '0' ? {} : { tier: `${BETWEEN}${tier}` }) };
}
