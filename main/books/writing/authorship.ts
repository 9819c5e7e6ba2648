import type { IsoInstant } from '../../../shared/time.ts';

/** Who makes a change, and when. */
export interface Authorship {
  by: string;
  at: IsoInstant;
}
