import type { InstrumentKind } from '../../../shared/domain/instrument.ts';

/** Every kind there is: what a file that lists all positions of an account lists in full. */
export const INSTRUMENT_KINDS: readonly InstrumentKind[] = ['equity', 'etf', 'index', 'bond', 'option', 'future', 'perpetual', 'coin', 'loan', 'cfd', 'warrant', 'other'];
