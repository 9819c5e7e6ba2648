import { z } from 'zod';
import { calcPack, type CalcPack } from './calc-pack.ts';
import type { Result } from './result.ts';

const json = z.record(z.string(), z.json());

/**
 * A figure that is no account state: a price at which a call comes, a cure amount, a due date. `ask` names the
 * evaluator, which is one that the desk itself uses; `params` has that evaluator's own strict schema; `answer` is what
 * was computed, and `verify` recomputes it.
 */
export const question = z.strictObject({
  format: z.literal('plimsoll/question@1'),
  ask: z.string().min(1),
  /** Left out or `{}` for questions that need no account. */
  pack: z.preprocess((value) => (isEmptyObject(value) ? undefined : value), calcPack.optional()),
  params: json.default({}),
  answer: json.optional(),
});
export type Question = z.infer<typeof question>;
export type QuestionInput = z.input<typeof question>;

/** Figures by name: decimal text, a word, a list; null where the figure does not exist. */
export type Answer = z.infer<typeof json>;

/** One question that can be asked: the strict schema of its parameters and what answers it. */
export interface QuestionRow {
  /** What it answers, in one sentence. */
  about: string;
  params: z.ZodType;
  answer: (params: unknown, pack: CalcPack | undefined) => Result<Answer>;
}
export type QuestionTable = Readonly<Record<string, QuestionRow>>;

/** Makes a row of a question table; the evaluator gets its parameters as its schema types them. */
export function questionRow<S extends z.ZodType>(
  about: string,
  params: S,
  answer: (params: z.output<S>, pack: CalcPack | undefined) => Result<Answer>,
): QuestionRow {
  return { about, params, answer: (given, pack) => answer(given as z.output<S>, pack) };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}
