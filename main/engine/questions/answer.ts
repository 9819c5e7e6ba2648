import { question, type Answer, type Question, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { PARSING, schemaFault } from '../calc-pack/json-path.ts';
import { resolveNames } from '../calc-pack/read-pack.ts';

/** Reads a parsed JSON document as a question: strict shape, and the pack inside it as strict as on its own. */
export function readQuestion(json: unknown): Result<Question> {
  const parsed = question.safeParse(json, PARSING);
  if (!parsed.success) return fail(schemaFault('bad-question', parsed.error, question));
  const { pack } = parsed.data;
  if (pack) {
    const resolved = resolveNames(pack);
    if (!resolved.ok) return fail({ ...resolved.fault, at: `pack.${resolved.fault.at ?? ''}` });
  }
  return succeed(parsed.data);
}

/** Answers a question from a table of evaluators. The fault says which questions there are when the name is unknown. */
export function answerFrom(table: QuestionTable, { ask, pack, params }: Question): Result<Answer> {
  const row = Object.hasOwn(table, ask) ? table[ask] : undefined;
  if (!row) {
    return fail({
      code: 'unknown-question',
      message: `There is no question called ${JSON.stringify(ask)}.`,
      at: 'ask',
      fix: `Known: ${Object.keys(table).sort().join(', ')}.`,
    });
  }
  const parsed = row.params.safeParse(params, PARSING);
  if (!parsed.success) {
    const fault = schemaFault('bad-question', parsed.error, row.params);
    return fail({ ...fault, at: `params.${fault.at ?? ''}` });
  }
  return row.answer(parsed.data, pack);
}
