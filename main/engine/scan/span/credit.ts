import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import { difference, input, least, product, quotient, sum, type Figure } from '../../figure/figure.ts';
import type { Cited, ScanRules } from '../rules.ts';
import type { InterSpread } from '../section.ts';
import type { ScanFrame } from '../table.ts';
import type { CommodityScan } from './commodity.ts';
import { magnitude, monthsOf, netDelta, netLeft, sideOf, use, type Side } from './deltas.ts';
import { deltasOf, spreadCount } from './spreads.ts';

/** Places of a risk for each delta. */
const RISK_PLACES = 10;

/**
 * Credit for deltas of different commodities that stand against each other, by priority. Each leg earns its risk per
 * delta × the deltas used × the rate; a leg whose risk per delta is not above zero makes the whole spread earn nothing.
 * Gives the credit of each commodity; deltas used are gone for later spreads.
 */
export function interCredits(spreads: readonly Cited<InterSpread>[], commodities: ReadonlyMap<string, CommodityScan>, scan: ScanRules, frame: ScanFrame): Map<string, Figure[]> {
  const credits = new Map<string, Figure[]>();
  const risks = new Map<string, Figure | null>();
  const riskOf = (name: string, commodity: CommodityScan): Figure | null => {
    const known = risks.get(name);
    if (known !== undefined) return known;
    const risk = weightedRisk(commodity, scan, frame);
    risks.set(name, risk);
    return risk;
  };
  for (const spread of spreads) {
    const legs = spread.legs.flatMap((leg) => {
      const commodity = commodities.get(leg.commodity);
      const risk = commodity ? riskOf(leg.commodity, commodity) : null;
      if (!commodity || !risk || risk.amount.lte(0)) return [];
      const months = monthsOf(commodity.deltas, commodity.terms.tiers, leg.tier);
      return [{ leg, commodity, risk, months, net: netLeft(commodity.deltas, months) }];
    });
    if (legs.length < spread.legs.length) continue;
    const sideOfA = sideOf(legs.find(({ leg }) => leg.side === 'A')?.net.amount ?? new Decimal(0));
    if (sideOfA === 0 || legs.some(({ leg, net }) => sideOf(net.amount) !== (leg.side === 'A' ? sideOfA : -sideOfA))) continue;
    const count = spreadCount(legs.map(({ leg, net }) => ({ available: magnitude(net, sideOf(net.amount) as Side), ratio: leg.ratio })));
    if (!count) continue;
    for (const { leg, commodity, risk, months, net } of legs) {
      const used = deltasOf(count, leg.ratio);
      const rate = input(fromDecimalText(leg.credit ?? spread.credit), 'ratio', { label: `Credit rate, priority ${spread.priority}`, source: `rule pack ${spread.rule.pack}`, rule: spread.rule });
      const credit = product(frame.currency, [risk, used, rate], { label: `Credit against ${legs.filter((other) => other.leg !== leg).map((other) => other.leg.commodity).join(', ')}`, rule: spread.rule });
      credits.set(leg.commodity, [...(credits.get(leg.commodity) ?? []), credit]);
      use(commodity.deltas, months, sideOf(net.amount) as Side, used);
    }
  }
  return credits;
}

/** What one delta of a commodity risks, in the pool's currency; null where there is no delta or no scan range to take it from. */
function weightedRisk(commodity: CommodityScan, { weightedRisk: general }: ScanRules, frame: ScanFrame): Figure | null {
  const { terms, money } = commodity;
  const method = terms.weightedRisk ?? general.value;
  const range = terms.priceScanRange === undefined ? null : product(frame.currency, [input(fromDecimalText(terms.priceScanRange), `${terms.currency}/delta`, { label: 'Price scan range', source: `rule pack ${terms.rule.pack}`, rule: terms.rule }), ...money], { label: 'Risk of one delta, from the scan range' });
  if (method === 'scanRange') return range;
  const normal = normalRisk(commodity, frame);
  if (method === 'normal' || !normal || !range) return normal;
  return least(frame.currency, [normal, range], { label: 'Risk of one delta, at most the scan range', rule: terms.rule });
}

/** (Scan risk without volatility, less time) ÷ |net delta|. */
function normalRisk({ deltas, table }: CommodityScan, frame: ScanFrame): Figure | null {
  const { currency, scenarios } = frame;
  const net = netDelta(deltas);
  const side = sideOf(net.amount);
  if (table.worst < 0 || side === 0) return null;
  const pair = scenarios[table.worst]?.pairedWith;
  const moved = average([table.worst, ...(pair === undefined ? [] : [pair - 1])].map(table.gainFigure), 'Average of the worst scenario and its pair', currency);
  const still = scenarios.flatMap(({ price, extreme }, at) => (new Decimal(price.split('/')[0] ?? 0).isZero() && extreme !== true ? [at] : []));
  const time = average(still.map(table.gainFigure), 'Average of the scenarios without a price move', currency);
  const risk = difference(currency, [time, moved], { label: 'Price risk: time left out' });
  return quotient(currency, risk, magnitude(net, side), RISK_PLACES, { label: 'Weighted price risk of one delta' });
}

function average(gains: readonly Figure[], label: string, currency: string): Figure {
  const total = sum(currency, gains, { label: 'Together' });
  if (gains.length <= 1) return total;
  return product(currency, [input(new Decimal(1).div(gains.length).toDecimalPlaces(RISK_PLACES), 'ratio', { label: `One of ${gains.length}`, source: 'by definition' }), total], { label });
}

