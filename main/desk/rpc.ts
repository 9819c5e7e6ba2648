import { deserialize, serialize } from 'node:v8';
import type { MessagePort, Worker } from 'node:worker_threads';
import { fail, type Result } from '../../shared/result.ts';

/**
 * Questions and answers between two threads over one port. Every answer is a Result, so that a failure on the other
 * side arrives as a sentence and never as a stack trace. Notices (progress, changes) go one way, without an answer.
 */

type Line = Pick<MessagePort, 'postMessage' | 'on'> | Pick<Worker, 'postMessage' | 'on'>;
type Handler = (input: never) => Answered | Promise<Answered>;
type Table = Record<string, Handler>;

interface Question {
  question: string;
  number: number;
  input: unknown;
}
type Answer = { answerTo: number } & (PackedResult | { result: Result<unknown> });

/** A large result as bytes, which threads between the one that made it and the one that asked hand on without reading it. */
export interface PackedResult {
  packed: Uint8Array;
}
export type Answered = Result<unknown> | PackedResult;

export function packed(result: Result<unknown>): PackedResult {
  return { packed: serialize(result) };
}

function resultOf(answer: Answer): Result<unknown> {
  return 'packed' in answer ? (deserialize(answer.packed) as Result<unknown>) : answer.result;
}

interface Notice {
  notice: string;
  value: unknown;
}
type Message = Question | Answer | Notice;

export interface Caller {
  ask(question: string, input: unknown): Promise<Result<unknown>>;
  /** The same for whoever only hands the answer on: one that was packed stays so. */
  relay(question: string, input: unknown): Promise<Answered>;
  onNotice(listener: (notice: string, value: unknown) => void): void;
  /** Answers every waiting question with the fault, and every later one too: the other side is gone. */
  end(code: string, message: string): void;
}

/** Asks questions without an input for whoever gets this end of the line later. */
export function askAhead(line: Line, questions: readonly string[]): void {
  for (const [place, question] of questions.entries()) line.postMessage({ question, number: aheadNumber(place), input: {} } satisfies Question);
}

function aheadNumber(place: number): number {
  return -1 - place;
}

/** `ahead` are the questions that were asked on the line before: whoever asks one of them first has the answer to that. */
export function callerOn(line: Line, ahead: readonly string[] = []): Caller {
  const waiting = new Map<number, (answer: Answer) => void>();
  const early = new Map(ahead.map((question, place) => [question, new Promise<Answer>((resolve) => waiting.set(aheadNumber(place), resolve))]));
  const listeners: ((notice: string, value: unknown) => void)[] = [];
  let count = 0;
  let gone: Answer | null = null;

  line.on('message', (message: Message) => {
    if ('answerTo' in message) {
      waiting.get(message.answerTo)?.(message);
      waiting.delete(message.answerTo);
    } else if ('notice' in message) {
      for (const listener of listeners) listener(message.notice, message.value);
    }
  });

  function answerOf(question: string, input: unknown): Promise<Answer> {
    if (gone) return Promise.resolve(gone);
    const asked = early.get(question);
    if (asked) {
      early.delete(question);
      return asked;
    }
    count += 1;
    const number = count;
    return new Promise((resolve) => {
      waiting.set(number, resolve);
      line.postMessage({ question, number, input } satisfies Question);
    });
  }

  return {
    ask: async (question, input) => resultOf(await answerOf(question, input)),
    relay: async (question, input) => {
      const answer = await answerOf(question, input);
      return 'packed' in answer ? { packed: answer.packed } : answer.result;
    },
    onNotice(listener) {
      listeners.push(listener);
    },
    end(code, message) {
      gone = { answerTo: 0, result: fail({ code, message }) };
      for (const resolve of waiting.values()) resolve(gone);
      waiting.clear();
    },
  };
}

/** Answers the questions that arrive on the line from a table of handlers. */
export function answerOn(line: Line, table: Table): void {
  line.on('message', (message: Message) => {
    if (!('question' in message)) return;
    void answerOne(table, message).then((answered) => answerWith(line, message.number, answered));
  });
}

function answerWith(line: Line, answerTo: number, answered: Answered): void {
  if ('packed' in answered) line.postMessage({ answerTo, packed: answered.packed } satisfies Answer);
  else line.postMessage({ answerTo, result: answered } satisfies Answer, memoryOf(answered));
}

// Memory that goes over with an answer instead of being copied, by the answer's value.
const handed = new WeakMap<object, readonly ArrayBuffer[]>();

/** The value, whose memory goes to whoever asked: nobody here may look at it after it was answered. */
export function handedOver<T extends object>(value: T, memory: readonly ArrayBuffer[]): T {
  handed.set(value, memory);
  return value;
}

function memoryOf(result: Result<unknown>): ArrayBuffer[] {
  return result.ok && typeof result.value === 'object' && result.value !== null ? [...(handed.get(result.value) ?? [])] : [];
}

async function answerOne(table: Table, { question, input }: Question): Promise<Answered> {
  if (!Object.hasOwn(table, question)) return fail({ code: 'unknown-question', message: `Nobody here answers "${question}".` });
  const handler = table[question];
  try {
    return await (handler as (input: unknown) => Answered | Promise<Answered>)(input);
  } catch (error) {
    return brokenInvariant(question, error);
  }
}

/** A handler threw: a bug, told in one line to whoever asked and in full on the thread's standard error. */
export function brokenInvariant(question: string, error: unknown): Result<never> {
  console.error(`Plimsoll: "${question}" failed.`, error);
  const message = error instanceof Error ? error.message : String(error);
  return fail({ code: 'internal-error', message: `The desk could not answer "${question}": ${message}`, fix: 'Nothing was changed. Please report this with the file or account it happened on.' });
}

export function notify(line: Line, notice: string, value: unknown): void {
  line.postMessage({ notice, value } satisfies Notice);
}
