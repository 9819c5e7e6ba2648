import type { SpanCommodity, SpanLeg, SpanScenario, SpanSpread } from './parameters.ts';
import { childOf, childrenOf, textIn, type Unit } from './walk-units.ts';
import { numberText, periodText } from './values.ts';

/** Tells of something that was left out. */
export type Skip = (what: string, reason: string) => void;

/** A `ccDef`; null, and told, when it has no code or currency. */
export function readCommodity(unit: Unit, skip: Skip): SpanCommodity | null {
  const [code, currency] = [textIn(unit, 'cc'), textIn(unit, 'currency')];
  if (code === null) {
    skip('combined commodity', `line ${unit.line}: it has no code`);
    return null;
  }
  const minimum = childrenOf(childOf(unit, 'somTiers'), 'tier').flatMap((tier) => numberText(textIn(childOf(tier, 'rate'), 'val')) ?? [])[0] ?? null;
  return {
    code,
    title: textIn(unit, 'name') ?? code,
    currency: currency ?? 'USD',
    products: [...new Set(childrenOf(unit, 'pfLink').flatMap((link) => textIn(link, 'pfCode') ?? []))],
    tiers: tiersOf(childOf(unit, 'intraTiers')),
    interTiers: tiersOf(childOf(unit, 'interTiers')),
    spreads: childrenOf(unit, 'dSpread').flatMap((spread) => readSpread(spread, code, skip) ?? []),
    spotMonths: childrenOf(unit, 'spotRate').flatMap((rate) => {
      const [period, spread, outright] = [periodText(textIn(rate, 'pe')), numberText(textIn(rate, 'sprd')), numberText(textIn(rate, 'outr'))];
      return period === null || spread === null || outright === null ? [] : [{ period, spread, outright }];
    }),
    shortOptionMinimum: minimum,
    shortOptionMethod: textIn(unit, 'somMeth'),
    weightedRiskMethod: textIn(unit, 'wfprMeth'),
  };
}

function tiersOf(unit: Unit | undefined): SpanCommodity['tiers'] {
  const tiers = childrenOf(unit, 'tier').flatMap((tier) => {
    const number = textIn(tier, 'tn');
    return number === null ? [] : [[number, { from: periodText(textIn(tier, 'sPe')), to: periodText(textIn(tier, 'ePe')) }] as const];
  });
  return Object.fromEntries(tiers);
}

/** A `dSpread`, within a commodity or between several. The first rate counts: the others are of further requirement classes. */
export function readSpread(unit: Unit, commodity: string, skip: Skip): SpanSpread | null {
  const [priority, rate] = [numberText(textIn(unit, 'spread')), numberText(textIn(childOf(unit, 'rate'), 'val'))];
  const legs = unit.children.filter(({ name }) => name === 'tLeg' || name === 'pLeg').map((leg) => readLeg(leg, commodity));
  const kinds = unit.children.find(({ name }) => name === 'rpLeg' || name === 'pmpsRate');
  if (priority === null || rate === null || legs.length < 2 || legs.includes(null) || kinds) {
    skip(`spread of ${commodity}`, kinds ? `legs of the kind ${kinds.name} are not read` : 'priority, rate or legs are missing');
    return null;
  }
  return { priority: Number(priority), method: textIn(unit, 'chargeMeth') ?? 'F', rate, legs: legs.filter((leg) => leg !== null) };
}

function readLeg(leg: Unit, commodity: string): SpanLeg | null {
  const side = textIn(leg, 'rs');
  const ratio = numberText(textIn(leg, 'i') ?? '1');
  const [tier, period] = [textIn(leg, 'tn'), periodText(textIn(leg, 'pe'))];
  if ((side !== 'A' && side !== 'B') || ratio === null || (tier === null && period === null)) return null;
  return { commodity: textIn(leg, 'cc') ?? commodity, tier, period, ratio, side };
}

/** The `scanPointDef` rows of a `pointDef`, by number; null when one of them is not complete. */
export function readScenarios(unit: Unit): SpanScenario[] | null {
  const points = childrenOf(unit, 'scanPointDef').map((point) => ({
    number: Number(textIn(point, 'point')),
    pairedWith: Number(textIn(point, 'pairedPoint') ?? textIn(point, 'point')),
    price: fractionOf(childOf(point, 'priceScanDef')),
    vol: fractionOf(childOf(point, 'volScanDef')),
    weight: numberText(textIn(point, 'weight') ?? '1'),
  }));
  const inOrder = points.toSorted((a, b) => a.number - b.number);
  const usable = inOrder.every(({ number, price, vol, weight, pairedWith }, at) => number === at + 1 && price !== null && vol !== null && weight !== null && Number.isInteger(pairedWith));
  if (!usable || inOrder.length === 0) return null;
  return inOrder.map(({ price, vol, weight, pairedWith }) => ({ price: price ?? '0', vol: vol ?? '0', weight: weight ?? '1', pairedWith }));
}

/** A multiple as `mult`, or numerator and denominator. */
function fractionOf(unit: Unit | undefined): string | null {
  const plain = numberText(textIn(unit, 'mult'));
  if (plain !== null) return plain;
  const [over, under] = [numberText(textIn(unit, 'numerator')), numberText(textIn(unit, 'denominator'))];
  if (over === null || under === null || under === '0') return null;
  if (over === '0') return '0';
  return under === '1' ? over : `${over}/${under}`;
}
