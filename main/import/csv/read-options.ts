import type { Regime } from '../../../shared/domain/facts.ts';
import type { Tick } from '../text/csv-rows.ts';

/** What every reader is told beside the text. */
export interface ReaderOptions {
  tick: Tick | undefined;
  /** For accounts whose file does not say which rules govern them. */
  regime: Regime | undefined;
}
