import type { ExplainedFigure } from '../../shared/domain/margin-state.ts';

/** Which figure is to be opened: of an account, of one of its positions, the call price of an instrument, on a branch or under a regime if named. */
export interface ExplainRequest {
  account: string;
  figure: ExplainedFigure;
  position?: string;
  branchId?: string;
  /** Under another regime than the account's own. */
  regime?: string;
}
