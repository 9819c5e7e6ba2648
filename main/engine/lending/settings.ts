import { z } from 'zod';

/** Choices between formulas that lenders and venues make differently, each with its source. */
export function lendingSettings<S extends Readonly<Record<string, z.ZodType>>>(source: S) {
  return {
    /** Prices that balances are counted at: the mark, or the worse of mark and the feed's own bounds. */
    'lending.price.initial': z.strictObject({ value: z.enum(['mark', 'worse']), ...source }).optional(),
    'lending.price.maintenance': z.strictObject({ value: z.enum(['mark', 'worse']), ...source }).optional(),
    /**
     * Where the result of perpetuals goes: into the balance of the asset they settle in, which is then counted, or `apart`,
     * the gain as collateral and the rest as a requirement.
     */
    'lending.perpetual': z.strictObject({ value: z.enum(['intoBalance', 'apart']), ...source }).optional(),
    /** What a liquidation buffer is added to: to what is counted of a debt, or to its weight first and then again. */
    'lending.buffer': z.strictObject({ value: z.enum(['onCounted', 'onWeightAndCounted']), ...source }).optional(),
    /** A liquidator's bonus: set for each collateral, or following from its liquidation threshold. */
    'lending.bonus': z.strictObject({ value: z.enum(['set', 'fromThreshold']), ...source }).optional(),
  };
}

/** What a lending pack sets for one instrument. Weights are parts of a value; scale starts are sizes in the pool's currency. */
export const LENDING_RATES = [
  'collateral.initial',
  'collateral.maintenance',
  'collateral.scaleStart',
  'collateral.sizeFactor',
  'debt.initial',
  'debt.maintenance',
  'debt.scaleStart',
  'debt.sizeFactor',
  'perpetual.overall',
  'liquidation.bonus',
] as const;
