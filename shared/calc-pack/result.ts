import { z } from 'zod';
import { accountState } from '../domain/margin-state.ts';

/** Version of the engine, such as `1.4.0`. */
export const engineVersion = z.string().regex(/^\d+\.\d+\.\d+$/, 'expected a version such as 1.4.0');

/**
 * The figures of a computed pack: one margin state per account, in the order of the pack, as the desk shows them.
 * Amounts are canonical decimal text in the pool's currency, and in the account's base currency at account level.
 */
export const calcPackResult = z.strictObject({ engine: engineVersion, accounts: z.array(accountState) });
export type CalcPackResult = z.infer<typeof calcPackResult>;
