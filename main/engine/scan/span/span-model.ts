import { greatest, difference, sum, type Figure } from '../../figure/figure.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Unpriced } from '../../margin-model.ts';
import type { ScanLeg } from '../leg.ts';
import type { Cited, ScanRules } from '../rules.ts';
import type { Commodity, InterSpread } from '../section.ts';
import { nothing, type ScanFrame } from '../table.ts';
import { commodityRequirement, FORMULAS, scanCommodity, type CommodityScan } from './commodity.ts';
import { interCredits } from './credit.ts';
import { intraCharge } from './spreads.ts';

/** What a pool asks under SPAN, and each commodity as it was scanned. */
export interface SpanResult {
  clearing: Figure;
  initial: Figure;
  maintenance: Figure;
  commodities: CommodityScan[];
  unpriced: Unpriced[];
}

/**
 * SPAN: within a commodity the worst scenario of all its contracts, spreads between months charged; between commodities
 * credit for deltas that stand against each other; the short option minimum as a floor; the net value of options taken
 * off at the end where the pack leaves it out of equity.
 */
export function spanRequirement(legs: ReadonlyMap<string, readonly ScanLeg[]>, optionValue: Figure | null, market: MarketView, scan: ScanRules, frame: ScanFrame): SpanResult {
  const { currency } = frame;
  const commodities = new Map([...legs].flatMap(([id, held]) => {
    const terms = scan.commodities.get(id);
    const money = terms ? market.conversion(terms.currency, currency) : null;
    return terms && money ? [[id, scanCommodity(id, terms, held, money, market, frame)] as const] : [];
  }));
  const early = interCredits(scan.superSpreads, commodities, scan, frame);
  const intra = new Map([...commodities].map(([id, { deltas, terms, money }]) => [id, intraCharge(deltas, terms, money, currency)]));
  const late = interCredits(scan.interSpreads, commodities, scan, frame);
  const asked = [...commodities].map(([id, commodity]) => {
    const credit = sum(currency, [...(early.get(id) ?? []), ...(late.get(id) ?? [])], { label: 'Credit between commodities' });
    return commodityRequirement(commodity, { intra: intra.get(id) ?? nothing(currency, 'No spreads'), credit }, scan, frame);
  });
  const total = (what: 'clearing' | 'initial' | 'maintenance', label: string): Figure => {
    const commodityRisk = sum(currency, asked.map((requirement) => requirement[what]), { label: 'Risk of all commodities' });
    const owed = optionValue ? difference(currency, [commodityRisk, optionValue], { label: FORMULAS[scan.order.value].requirement }) : commodityRisk;
    return greatest(currency, [nothing(currency, 'Nothing'), owed], { label, rule: scan.order.rule });
  };
  return {
    clearing: total('clearing', 'Clearing requirement'),
    initial: total('initial', 'Initial requirement'),
    maintenance: total('maintenance', 'Maintenance requirement'),
    commodities: [...commodities.values()],
    unpriced: [...commodities.values()].flatMap((commodity) => withoutDelta(commodity, scan)),
  };
}

/** Legs whose delta would be charged or credited but is not known: what they would change cannot be told. */
function withoutDelta({ id, terms, table }: CommodityScan, { interSpreads, superSpreads }: ScanRules): Unpriced[] {
  const reaches = ({ legs }: Cited<InterSpread>): boolean => legs.some(({ commodity }) => commodity === id);
  const byDelta = hasOwnCharges(terms) || [...interSpreads, ...superSpreads].some(reaches);
  if (!byDelta) return [];
  return table.legs.filter(({ array }) => array.compositeDelta === null).map(({ instrument }) => ({ instrument, reason: `its composite delta is not known, and ${terms.title} is charged by delta`, indeterminate: true }));
}

function hasOwnCharges({ intraSpreads = [], spotMonths = [] }: Commodity): boolean {
  return intraSpreads.length > 0 || spotMonths.length > 0;
}
