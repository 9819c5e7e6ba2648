import { answerFrom } from '../engine/questions/answer.ts';
import { INTRADAY_QUESTIONS } from '../engine/questions/intraday.ts';
import { ENGINE_QUESTIONS } from '../engine/questions/table.ts';
import type { Answer, Question, QuestionTable } from '../../shared/question.ts';
import type { Result } from '../../shared/result.ts';
import { CALL_QUESTIONS } from './call-questions.ts';

const QUESTIONS: QuestionTable = { ...ENGINE_QUESTIONS, ...INTRADAY_QUESTIONS, ...CALL_QUESTIONS };

/** Answers any question: the engine's own, and those about calls and the calendar. */
export function answerQuestion(question: Question): Result<Answer> {
  return answerFrom(QUESTIONS, question);
}
