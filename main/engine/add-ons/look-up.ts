import { choice, difference, product, quotient, type Figure } from '../figure/figure.ts';
import { spell } from '../figure/spell.ts';
import { bandWords, type LayeredTable } from '../packs/rules.ts';
import type { StrategyContext } from '../strategy/context.ts';
import { unmetCondition } from './conditions.ts';
import type { Exposure, Side } from './exposure.ts';
import { measureOf, type Measure, type NoMeasure } from './measure.ts';

/** What one table says of one position. */
export interface LookedUp {
  layered: LayeredTable;
  /** A choice among the table's rates, nothing among them; what was measured stands before them. */
  rate: Figure;
  /** False where a datum is missing: nothing is charged, and that is said. */
  known: boolean;
  /** One sentence on why this rate. */
  reason: () => string;
}

/** Places of a share that people read; the band is found without dividing. */
const SHARE_PLACES = 6;

/** The band a position is in. Shares move with prices, so the two ends of its band are thresholds of a root search. */
export function lookUp(layered: LayeredTable, side: Side, exposure: Exposure, context: StrategyContext): LookedUp {
  const measure = measureOf(layered, side, exposure, context);
  if ('known' in measure) return nothing(layered, side, null, measure);
  const unmet = unmetCondition(layered, side, exposure, context);
  if (unmet) return nothing(layered, side, measure, unmet);
  const empty = measure.over.amount.isZero();
  let band = -1;
  for (let index = 0; index < layered.ends.length; index += 1) {
    const inside = isInside(index, layered, measure, exposure, context) && !empty;
    if (!inside) break;
    band = index;
  }
  return found(layered, side, measure, band);
}

/** Compared without dividing, and pushed as a threshold: the last band inside and the first outside are the band's ends. */
function isInside(index: number, { table, ends, name }: LayeredTable, { over, under }: Measure, { limits }: Exposure, { thresholds }: StrategyContext): boolean {
  const end = ends[index];
  const band = table.bands[index];
  if (!end || !band) return false;
  const ofThis = limits.get(under) ?? new Map<string, Figure>();
  limits.set(under, ofThis);
  const limit = ofThis.get(`${name} ${index}`) ?? product(over.unit, [end, under], { label: 'Least that is in the band' });
  ofThis.set(`${name} ${index}`, limit);
  const beyond = difference(over.unit, [over, limit], { label: 'Beyond the end of the band' });
  thresholds.push(beyond);
  return 'above' in band ? beyond.amount.gt(0) : !beyond.amount.isNegative() || beyond.amount.isZero();
}

function found(layered: LayeredTable, side: Side, measure: Measure, band: number): LookedUp {
  const { table } = layered;
  const inBand = table.bands[band];
  const reason = (): string => `${shareText(measure)}${table.roundedTo === undefined ? '' : ', rounded'}: ${inBand ? bandWords(inBand, table.measure) : 'below its first band'}`;
  return { layered, rate: rateFigure(layered, side, measure, band, reason), known: true, reason };
}

function nothing(layered: LayeredTable, side: Side, measure: Measure | null, { known, reason }: NoMeasure): LookedUp {
  const sentence = (): string => (known ? reason : `${reason}: no add-on charged`);
  return { layered, rate: rateFigure(layered, side, measure, -1, sentence), known, reason: sentence };
}

function rateFigure({ table, rule, none, rates }: LayeredTable, { instrument }: Side, measure: Measure | null, band: number, reason: () => string): Figure {
  const measured = measure && !measure.under.amount.isZero() ? [shareOf(measure)] : [];
  return choice('ratio', [...measured, none, ...rates], measured.length + 1 + band, { label: () => `${table.label}, ${instrument}`, arithmetic: reason, rule, subject: { instrument } });
}

/** Divided when it is read: no figure rests on it, and a search makes thousands. */
function shareOf({ over, under, unit, label }: Measure): Figure {
  let made: Figure | null = null;
  const divided = (): Figure => (made ??= quotient(unit, over, under, SHARE_PLACES, { label }));
  return {
    op: 'quotient',
    unit,
    children: [over, under],
    chosen: -1,
    about: { label },
    unverified: over.unverified || under.unverified,
    get amount() {
      return divided().amount;
    },
    get rounding() {
      return divided().rounding;
    },
  };
}

function shareText({ over, under, unit }: Measure): string {
  const parts = `${spell(over.amount, over.unit)} of ${spell(under.amount, under.unit)}`;
  if (under.amount.isZero()) return parts;
  const share = over.amount.div(under.amount).times(unit === 'ratio' ? 100 : 1).toDecimalPlaces(2);
  return `${parts} is ${share.toFixed()}${unit === 'ratio' ? '%' : share.eq(1) ? ' day' : ' days'}`;
}
