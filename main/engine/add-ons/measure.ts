import type { LayeredTable } from '../packs/rules.ts';
import { fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, type Figure } from '../figure/figure.ts';
import { zeroFigure, type StrategyContext } from '../strategy/context.ts';
import { sectorOf, type Exposure, type Side } from './exposure.ts';

/** The ratio a table is looked up by, as its two parts: they are compared without dividing. */
export interface Measure {
  over: Figure;
  under: Figure;
  unit: 'ratio' | 'days';
  label: string;
}

/** Nothing to look up: because a datum is missing, or because the table is not about this position. */
export interface NoMeasure {
  known: boolean;
  reason: string;
}

export function measureOf({ table }: LayeredTable, side: Side, exposure: Exposure, context: StrategyContext): Measure | NoMeasure {
  const { instrument, units, value } = side;
  switch (table.measure) {
    case 'issuerShare':
      return { over: value, under: exposure.gross[table.counts], unit: 'ratio', label: `Share of ${instrument} in gross market value` };
    case 'sectorShare':
      return ofSector(side, exposure.gross[table.counts], exposure, context);
    case 'daysOfVolume':
      return ofMarket(instrument, units, 'adv20', 'Average daily volume over 20 days', { unit: 'days', label: `Days of volume in ${instrument}` }, context);
    case 'ownership':
      break;
  }
  return ofMarket(instrument, units, 'sharesOutstanding', 'Shares outstanding', { unit: 'ratio', label: `Share of all ${instrument} in circulation` }, context);
}

/** An industry's net value; its positions on the lesser side ease it and are not charged. */
function ofSector({ instrument, short }: Side, gross: Figure, { sectorNet }: Exposure, context: StrategyContext): Measure | NoMeasure {
  const { currency } = context;
  const sector = sectorOf(instrument, context);
  const net = sector === null ? undefined : sectorNet.get(sector);
  if (sector === null || !net) return { known: false, reason: `the industry of ${instrument} is not known` };
  context.thresholds.push(net);
  if (!net.amount.isZero() && net.amount.isNegative() !== short) return { known: true, reason: `on balance ${sector} is held on the other side` };
  const nothing = zeroFigure(currency, 'Nothing');
  const over = greatest(currency, [nothing, short ? difference(currency, [nothing, net], { label: `Net short market value in ${sector}` }) : net], { label: `Net market value in ${sector}` });
  return { over, under: gross, unit: 'ratio', label: `Share of ${sector} in gross market value` };
}

function ofMarket(instrument: string, units: Figure, datum: 'adv20' | 'sharesOutstanding', words: string, names: Pick<Measure, 'unit' | 'label'>, { market }: StrategyContext): Measure | NoMeasure {
  const stated: DecimalText | undefined = market.input.stats?.get(instrument)?.[datum];
  if (stated === undefined) return { known: false, reason: `${words.toLowerCase()} of ${instrument} ${datum === 'adv20' ? 'is' : 'are'} not known` };
  return { ...names, over: units, under: input(fromDecimalText(stated), 'shares', { label: `${words} of ${instrument}`, source: 'market data', subject: { instrument } }) };
}
