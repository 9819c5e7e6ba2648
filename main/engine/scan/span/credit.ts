import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import { assert } from '../../../../shared/result.ts';
import { difference, input, least, product, quotient, sum, type About, type Figure } from '../../figure/figure.ts';
import type { Cited, ScanRules } from '../rules.ts';
import type { InterSpread } from '../section.ts';
import type { ScanFrame } from '../table.ts';
import type { CommodityScan } from './commodity.ts';
import { magnitude, monthsOf, netDelta, netLeft, sideOf, use, type Side } from './deltas.ts';
import { deltasOf, spreadCount } from './spreads.ts';

/** Places of a credit that had to be divided. */
const CREDIT_PLACES = 10;

/**
 * Credit for deltas of different commodities that stand against each other, by priority. Each leg earns its risk per
 * delta × the deltas used × the rate, multiplied before it is divided; a leg whose risk per delta is not above zero makes the whole spread earn nothing.
 * Gives the credit of each commodity; deltas used are gone for later spreads.
 */
export function interCredits(spreads: readonly Cited<InterSpread>[], commodities: ReadonlyMap<string, CommodityScan>, scan: ScanRules, frame: ScanFrame): Map<string, Figure[]> {
  const credits = new Map<string, Figure[]>();
  const risks = new Map<string, DeltaRisk | null>();
  const riskOf = (name: string, commodity: CommodityScan): DeltaRisk | null => {
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
      if (!commodity || !risk || !isAboveZero(risk)) return [];
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
      const about = { label: `Credit against ${legs.filter((other) => other.leg !== leg).map((other) => other.leg.commodity).join(', ')}`, rule: spread.rule };
      const credit = creditOf(risk, used, rate, frame.currency, about);
      credits.set(leg.commodity, [...(credits.get(leg.commodity) ?? []), credit]);
      use(commodity.deltas, months, sideOf(net.amount) as Side, used);
    }
  }
  return credits;
}

/** What deltas of a commodity risk: so much for each by its scan range, or a price risk that its net delta shares. The lesser of both. */
interface DeltaRisk {
  each: Figure | null;
  shared: { risk: Figure; among: Figure } | null;
}

function isAboveZero({ each, shared }: DeltaRisk): boolean {
  return (each === null || each.amount.gt(0)) && (shared === null || shared.risk.amount.gt(0));
}

/** The deltas are used and the rate taken before the price risk is divided by the net delta, which seldom goes without a rest. */
function creditOf({ each, shared }: DeltaRisk, used: Figure, rate: Figure, currency: string, about: About): Figure {
  const byRange = each && product(currency, [each, used, rate], shared ? { ...about, label: 'By the scan range' } : about);
  const byRisk = shared && quotient(currency, product(currency, [shared.risk, used, rate], { label: 'Price risk × deltas used × rate' }), shared.among, CREDIT_PLACES, byRange ? { ...about, label: 'By the price risk' } : about);
  if (byRisk && byRange) return least(currency, [byRisk, byRange], about);
  const credit = byRisk ?? byRange;
  assert(credit !== null, 'a risk is of one kind at least');
  return credit;
}

/** In the pool's currency; null where there is no delta or no scan range to take it from. */
function weightedRisk(commodity: CommodityScan, { weightedRisk: general }: ScanRules, frame: ScanFrame): DeltaRisk | null {
  const { terms, money } = commodity;
  const method = terms.weightedRisk ?? general.value;
  const each = terms.priceScanRange === undefined ? null : product(frame.currency, [input(fromDecimalText(terms.priceScanRange), `${terms.currency}/delta`, { label: 'Price scan range', source: `rule pack ${terms.rule.pack}`, rule: terms.rule }), ...money], { label: 'Risk of one delta, from the scan range' });
  if (method === 'scanRange') return each && { each, shared: null };
  const shared = priceRisk(commodity, frame);
  return shared && { each: method === 'normal' ? null : each, shared };
}

/** Scan risk without volatility, less time, and the net delta that it is of. */
function priceRisk({ deltas, table }: CommodityScan, { currency, scenarios }: ScanFrame): DeltaRisk['shared'] {
  const net = netDelta(deltas);
  const side = sideOf(net.amount);
  if (table.worst < 0 || side === 0) return null;
  const pair = scenarios[table.worst]?.pairedWith;
  const moved = [table.worst, ...(pair === undefined ? [] : [pair - 1])].map(table.gainFigure);
  const still = scenarios.flatMap(({ price, extreme }, at) => (new Decimal(price.split('/')[0] ?? 0).isZero() && extreme !== true ? [at] : [])).map(table.gainFigure);
  // Averages of one, two and four end; of what does not, as many are taken on both sides and divided for with the net delta.
  const times = (count: number, gains: readonly Figure[], label: string): Figure => {
    const total = sum(currency, gains, { label });
    return count === 1 ? total : product(currency, [input(new Decimal(count), 'factor', { label: `${count} of them`, source: 'by definition' }), total], { label: `${label}, ${count} times` });
  };
  const [ofMoved, ofStill] = [moved.length, Math.max(1, still.length)];
  const risk = difference(currency, [times(ofMoved, still, 'Scenarios without a price move'), times(ofStill, moved, 'The worst scenario and its pair')], { label: 'Price risk, time left out' });
  const size = magnitude(net, side);
  const share = ofMoved * ofStill;
  return { risk, among: share === 1 ? size : product(size.unit, [input(new Decimal(share), 'factor', { label: `Averages of ${ofMoved} and ${ofStill}`, source: 'by definition' }), size], { label: 'Net delta, for averages' }) };
}
