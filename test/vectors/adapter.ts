import type { z } from 'zod';
import type { Figure } from './compare.ts';
import type { Tools } from './tools.ts';
import type { Vector } from './vector.ts';

/** What an adapter gets besides the inputs: the desk's two doors, the vector itself, and the others by id. */
export interface Context {
  tools: Tools;
  vector: Vector;
  /** Another vector of the same files; sequences name the one before. */
  find: (id: string) => Vector;
  /** Parameter sets that stand beside the vectors of the same file. */
  parameters: readonly unknown[];
}

/** Figures by expected key, computed only when the vector expects them. */
export type Figures = Readonly<Record<string, () => Figure>>;

/** How the vectors of a family become a calc pack or a question. The schema is strict: an unknown input is a failure. */
export interface Adapter {
  inputs: z.ZodType;
  figures: (inputs: unknown, context: Context) => Figures;
}

export function adapter<S extends z.ZodType>(inputs: S, figures: (inputs: z.output<S>, context: Context) => Figures): Adapter {
  return { inputs, figures: (given, context) => figures(given as z.output<S>, context) };
}
