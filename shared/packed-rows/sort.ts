import { z } from 'zod';
import { TABLES } from './tables.ts';

/** One field that rows are ordered by: amounts by value, statuses by severity, what is absent last either way. */
export const rowSort = z.strictObject({ field: z.string().max(40), descending: z.boolean() });
export type RowSort = z.infer<typeof rowSort>;

export const tableName = z.enum(TABLES);

/** Rows as bytes, see change.ts and order.ts: they go through every host as they are. */
export const packedBytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected packed rows');

/** How many rows can be asked for at once. */
export const ROWS_READ_MAX = 1_000;
