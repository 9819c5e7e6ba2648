import type { InstrumentId, OptionInstrument } from '../../../shared/domain/instrument.ts';
import type { MarketView } from '../market/market-view.ts';
import type { UnderlyingRange } from './classes/portfolio-type.ts';
import type { UnitArray } from './leg.ts';
import type { ScanRules } from './rules.ts';

/** The array of an option, priced in every scenario from its underlying and its volatility; or why there is none. */
export function optionArray(_instrument: InstrumentId, _terms: OptionInstrument, _range: UnderlyingRange, _market: MarketView, _scan: ScanRules): UnitArray | string {
  return 'it has no risk array';
}
