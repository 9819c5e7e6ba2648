import { useEffect, useMemo, useState } from 'react';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import type { BranchView, PositionRow } from '../../shared/views.ts';
import { useAnswer } from '../desk/hooks.ts';

/** The search has the desk for some milliseconds: it begins once nobody has edited for longer than typing a quantity takes. */
const SETTLED_MS = 500;

/** Positions of a branch with their call prices, and how those stand: found, on their way, or too many to be looked for. */
export interface BranchPositions {
  positions: readonly PositionRow[];
  callPrices: 'found' | 'searching' | 'leftOut';
}

/** What a branch holds as it is shown: call prices are of the very version that is, or blank. Null while there is no branch. */
export function useBranchPositions(view: BranchView | null): BranchPositions | null {
  const moment = view && `${view.branchId}@${view.version}`;
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(moment), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [moment]);
  const isLarge = view !== null && view.positions.length >= POSITIONS_LARGE;
  const { value } = useAnswer('whatif.callPrices', view && !isLarge && settled === moment ? { branchId: view.branchId } : null, moment, true);
  return useMemo(() => {
    if (!view) return null;
    const prices = value?.version === view.version ? value.prices : undefined;
    if (!prices) return { positions: view.positions, callPrices: isLarge || prices === null ? 'leftOut' : 'searching' };
    const byInstrument = new Map(prices.map(({ instrument, callPrice }) => [instrument, callPrice]));
    const priced = (row: PositionRow): PositionRow => {
      const price = byInstrument.get(row.instrument);
      return price ? { ...row, callPriceDown: price.down, callPriceUp: price.up } : row;
    };
    return { positions: view.positions.map(priced), callPrices: 'found' };
  }, [view, value, isLarge]);
}
