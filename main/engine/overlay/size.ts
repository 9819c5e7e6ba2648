import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { choice, difference, greatest, input, least, product, quotient, type Figure } from '../figure/figure.ts';
import type { MarketInput } from '../input.ts';
import type { OverlaySection } from './section.ts';

const PLACES = 12;

/** More for an underlying that is a large share of all requirements: the highest band it is above. */
export function concentrationCharge(group: string, own: Figure, all: Figure, { bands }: NonNullable<OverlaySection['concentration']>, rule: RuleReference, currency: string): Figure | null {
  if (all.amount.lte(0) || own.amount.lte(0)) return null;
  const share = quotient('ratio', own, all, PLACES, { label: `Share of ${group} in all requirements` });
  const rising = bands.toSorted((a, b) => fromDecimalText(a.above).cmp(b.above));
  // Multiplied, not divided: a share that was rounded could be in another band than the one it is of.
  const band = rising.findLastIndex(({ above }) => own.amount.gt(all.amount.times(above)));
  const rates = [input(new Decimal(0), 'ratio', { label: 'Not concentrated', source: 'by definition' }), ...rising.map(({ above, adds }) => input(fromDecimalText(adds), 'ratio', { label: `Above ${fromDecimalText(above).times(100).toFixed()} %`, rule, source: `rule pack ${rule.pack}` }))];
  const rate = choice('ratio', rates, band + 1, { label: `Concentration of ${group}`, arithmetic: `its share is ${share.amount.times(100).toDecimalPlaces(2).toFixed()} % of all requirements`, rule });
  return product(currency, [rate, own], { label: `${group}, concentration`, rule, subject: { group } });
}

/** Where an underlying passes from one band into another: what it is asked less the band's share of all. */
export function concentrationBounds(group: string, own: Figure, all: Figure, { bands }: NonNullable<OverlaySection['concentration']>, currency: string): Figure[] {
  return bands.map(({ above }) => {
    const share = input(fromDecimalText(above), 'ratio', { label: `Share from which ${group} is concentrated`, source: 'rule pack' });
    return difference(currency, [own, product(currency, [share, all], { label: 'That share of all requirements' })], { label: `${group} beyond it` });
  });
}

/** √(days to sell / days allowed) less 1, of the requirement; null where the volume is not known or it sells in time. */
export function liquidityCharge(group: string, own: Figure, held: Decimal, terms: NonNullable<OverlaySection['liquidity']>, rule: RuleReference, market: MarketInput, currency: string): Figure | string | null {
  if (own.amount.lte(0)) return null;
  const volume = market.stats?.get(group)?.adv20;
  if (volume === undefined || volume === '0') return 'its average daily volume is not known';
  const set = (value: string, label: string): Figure => input(fromDecimalText(value), 'factor', { label, rule, source: `rule pack ${rule.pack}` });
  const daily = product('units', [input(fromDecimalText(volume), 'units', { label: `Average daily volume of ${group}`, source: 'market statistics' }), set(terms.volumeShare, 'Share of the volume')], { label: 'Sold in a day' });
  const days = quotient('days', input(held.abs(), 'units', { label: `${group} held`, source: 'positions' }), daily, PLACES, { label: 'Days to sell' });
  if (days.amount.lte(terms.days)) return null;
  const root = input(days.amount.div(terms.days).sqrt().toDecimalPlaces(PLACES), 'times', { label: '√ of days to sell by days allowed', source: `√(${days.amount.toFixed()} / ${terms.days})` });
  const capped = least('times', [root, set(terms.most, 'At most')], { label: `Factor of ${group}, liquidity`, rule });
  const beyond = greatest('times', [input(capped.amount.minus(1), 'times', { label: 'Beyond once', source: `${capped.amount.toFixed()} − 1` }), input(new Decimal(0), 'times', { label: 'Nothing', source: 'by definition' })], { label: 'Beyond once' });
  return product(currency, [beyond, own], { label: `${group}, liquidity`, rule, subject: { group } });
}
