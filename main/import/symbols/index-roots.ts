import type { OptionInstrument } from '../../../shared/domain/instrument.ts';

/** What a US index option's root says about its contract. */
export interface IndexRoot {
  index: string;
  class: 'broad' | 'narrow';
  style: NonNullable<OptionInstrument['style']>;
  settles: NonNullable<OptionInstrument['settles']>;
}

function root(index: string, settles: IndexRoot['settles'], style: IndexRoot['style'] = 'european'): IndexRoot {
  return { index, class: 'broad', style, settles };
}

// From the exchanges' contract specifications. Volatility indices take the narrow 20 %: FINRA 4210 counts them with
// equities, not with broad indices.
const INDEX_ROOTS = new Map<string, IndexRoot>([
  ['SPX', root('SPX', 'am')],
  ['SPXW', root('SPX', 'pm')],
  ['XSP', root('XSP', 'pm')],
  ['NDX', root('NDX', 'am')],
  ['NDXP', root('NDX', 'pm')],
  ['XND', root('XND', 'pm')],
  ['RUT', root('RUT', 'am')],
  ['RUTW', root('RUT', 'pm')],
  ['MRUT', root('MRUT', 'pm')],
  ['DJX', root('DJX', 'am')],
  ['OEX', root('OEX', 'pm', 'american')],
  ['XEO', root('XEO', 'pm')],
  ['MXEA', root('MXEA', 'am')],
  ['MXEF', root('MXEF', 'am')],
  ['VIX', { ...root('VIX', 'am'), class: 'narrow' }],
  ['VIXW', { ...root('VIX', 'am'), class: 'narrow' }],
]);
const INDICES = new Map([...INDEX_ROOTS.values()].map((known) => [known.index, known]));

/** The index an option root stands for; undefined for a root that is no index we know. */
export function indexRoot(text: string): IndexRoot | undefined {
  return INDEX_ROOTS.get(text);
}

/** An index by its own symbol. */
export function indexNamed(symbol: string): IndexRoot | undefined {
  return INDICES.get(symbol);
}
