import type { CalcPackResult } from '../../shared/calc-pack.ts';
import type { Answer } from '../../shared/question.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { computePack } from '../engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../engine/calc-pack/read-pack.ts';
import { readQuestion } from '../engine/questions/answer.ts';
import { answerQuestion } from './questions.ts';

/** What a document on its own comes to: the margin states of a calc pack, or the answer to a question. */
export type Computed = { kind: 'pack'; result: CalcPackResult } | { kind: 'question'; answer: Answer };

/** Computes the calc pack or the question in a file's text. Faults name the JSON path; nothing of the file is kept. */
export function computeDocument(text: string): Result<Computed> {
  const json = parsed(text);
  if (!json.ok) return json;
  if (isQuestion(json.value)) {
    const question = readQuestion(json.value);
    const answer = question.ok ? answerQuestion(question.value) : question;
    return answer.ok ? succeed({ kind: 'question', answer: answer.value }) : answer;
  }
  const pack = readCalcPack(json.value);
  const result = pack.ok ? computePack(pack.value) : pack;
  return result.ok ? succeed({ kind: 'pack', result: result.value }) : result;
}

function parsed(text: string): Result<unknown> {
  try {
    return succeed(JSON.parse(text) as unknown);
  } catch (error) {
    return fail({ code: 'not-json', message: `This is no JSON document: ${error instanceof Error ? error.message : String(error)}.` });
  }
}

function isQuestion(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'format' in json && String(json.format).startsWith('plimsoll/question@');
}
