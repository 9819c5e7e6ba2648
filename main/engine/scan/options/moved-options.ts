import type { InstrumentId } from '../../../../shared/domain/instrument.ts';
import { parseDecimal, type Decimal, type DecimalText } from '../../../../shared/money.ts';
import type { MarketInput, PositionInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { ScanRules } from '../rules.ts';
import { volatilityNow, type OptionNow } from './option-array.ts';
import { MODEL_PLACES, optionValue } from './option-value.ts';

const VOLATILITY_PLACES = 15;

/** A market with an underlying at another price: the options that are held on it valued anew, at the volatilities of now. */
export function movedOptions(positions: readonly PositionInput[], market: MarketView, scan: Pick<ScanRules, 'rate'>): (moved: MarketInput, underlying: InstrumentId, price: Decimal) => MarketInput {
  const known = new Map<InstrumentId, readonly OptionNow[]>();
  return (moved, underlying, price) => {
    const options = known.get(underlying) ?? optionsOn(underlying, positions, market, scan);
    known.set(underlying, options);
    if (options.length === 0) return moved;
    const marks = new Map(moved.marks);
    const spot = Number(price.toFixed());
    for (const { instrument, option, volatility } of options) {
      const mark = marks.get(instrument);
      if (mark) marks.set(instrument, { ...mark, value: plain(optionValue({ ...option, spot }, spot, volatility), MODEL_PLACES) });
    }
    return { ...moved, marks, impliedVols: new Map([...(moved.impliedVols ?? []), ...options.map(({ instrument, volatility }) => [instrument, plain(volatility, VOLATILITY_PLACES)] as const)]) };
  };
}

function optionsOn(underlying: InstrumentId, positions: readonly PositionInput[], market: MarketView, scan: Pick<ScanRules, 'rate'>): OptionNow[] {
  return [...new Set(positions.map(({ instrument }) => instrument))].flatMap((instrument) => {
    const terms = market.terms(instrument);
    if (terms?.kind !== 'option' || terms.underlying !== underlying) return [];
    const now = volatilityNow(instrument, terms, market, scan);
    return typeof now === 'string' ? [] : [now];
  });
}

function plain(value: number, places: number): DecimalText {
  return parseDecimal(value.toFixed(places)) ?? '0';
}
