import type { CalcPackResult } from '../../shared/calc-pack.ts';
import type { ComparisonWithOffers } from '../../shared/comparison.ts';
import type { Answer } from '../../shared/question.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { computePack, preparePack } from '../engine/calc-pack/compute-pack.ts';
import { differencesBetween } from '../engine/calc-pack/differences.ts';
import { readCalcPack } from '../engine/calc-pack/read-pack.ts';
import { verifyPack, type Verification } from '../engine/calc-pack/verify-pack.ts';
import { readQuestion } from '../engine/questions/answer.ts';
import { parseJson } from './parse-json.ts';
import { answerQuestion } from './questions.ts';
import { compareAccount } from './regimes.ts';

/** What a document on its own comes to: the margin states of a calc pack, or the answer to a question. */
export type Computed = { kind: 'pack'; result: CalcPackResult } | { kind: 'question'; answer: Answer };

/** Computes the calc pack or the question in a file's text. Faults name the JSON path; nothing of the file is kept. */
export function computeDocument(text: string): Result<Computed> {
  const json = parseJson(text);
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

/** Recomputes a calc pack or a question that carries its answer, and says where the two differ. */
export function verifyDocument(text: string): Result<Verification> {
  const json = parseJson(text);
  if (!json.ok) return json;
  if (!isQuestion(json.value)) {
    const pack = readCalcPack(json.value);
    return pack.ok ? verifyPack(pack.value) : pack;
  }
  const question = readQuestion(json.value);
  if (!question.ok) return question;
  const { answer: stated } = question.value;
  if (!stated) return fail({ code: 'nothing-to-verify', message: 'This question carries no answer to compare with.', at: 'answer' });
  const answer = answerQuestion(question.value);
  return answer.ok ? succeed({ differences: differencesBetween(stated, answer.value, ['answer']) }) : answer;
}

/** An account of a calc pack under the regimes named, as `compareAccount`. Faults name the JSON path. */
export function compareInPack(text: string, account: string, names: readonly string[]): Result<ComparisonWithOffers> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const pack = readCalcPack(json.value);
  const prepared = pack.ok ? preparePack(pack.value) : pack;
  if (!prepared.ok) return prepared;
  const { accounts, market, shelf } = prepared.value;
  const found = accounts.find(({ id }) => id === account);
  if (!found) return fail({ code: 'unknown-account', message: `This pack has no account ${JSON.stringify(account)}.`, fix: `It has ${accounts.map(({ id }) => id).join(', ')}.` });
  return compareAccount(found, names, market, shelf);
}

function isQuestion(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'format' in json && String(json.format).startsWith('plimsoll/question@');
}
