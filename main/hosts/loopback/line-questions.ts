import { WebSocket, type RawData } from 'ws';
import type { Desk } from '../../../shared/contract.ts';
import type { LineAnswer, LineQuestion } from '../../../shared/line.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { answer, type HostAnswers } from '../../desk/door.ts';
import { NO_SESSION } from './gate.ts';

/** Answers that one browser may have asked for and not taken; whoever asks for more does not read what it asks for. */
const UNANSWERED_MAX = 256;
/** The WebSocket protocol's words for a message that breaks the rules of the line. */
export const POLICY_VIOLATION = 1008;

export interface QuestionsOptions {
  desk: Desk;
  hostAnswers: HostAnswers;
  /** Whether the session that opened the line still stands. */
  isSession: () => boolean;
}

/** Puts what one browser asks on its line to the desk's door. Whoever sends anything but questions is cut off. */
export function answerQuestions(client: WebSocket, { desk, hostAnswers, isSession }: QuestionsOptions): void {
  let unanswered = 0;

  function reply(number: number, result: Result<unknown>): void {
    const isPacked = result.ok && result.value instanceof Uint8Array;
    const message: LineAnswer = isPacked ? { answer: number, packed: true } : { answer: number, result };
    const done = (): void => void (unanswered -= 1);
    client.send(JSON.stringify(message), isPacked ? undefined : done);
    if (isPacked) client.send(result.value as Uint8Array, done);
  }

  client.on('message', (data, isBinary) => {
    // What was sent behind the message that ended the line still arrives.
    if (client.readyState !== WebSocket.OPEN) return;
    const question = isBinary ? null : readQuestion(data);
    unanswered += 1;
    if (question === null || unanswered > UNANSWERED_MAX) return client.close(POLICY_VIOLATION);
    const { ask, number, input } = question;
    if (!isSession()) {
      reply(number, fail(NO_SESSION));
      return client.close(POLICY_VIOLATION);
    }
    answer(desk, ask, input, hostAnswers)
      .then((result) => reply(number, result))
      .catch((error: unknown) => {
        // A bug: told on our side in full, and to the browser without its inside.
        console.error('Plimsoll: a question failed.', error);
        client.terminate();
      });
  });
}

function readQuestion(data: RawData): LineQuestion | null {
  try {
    const { ask, number, input, ...more } = JSON.parse((data as Buffer).toString('utf8')) as Record<string, unknown>;
    return typeof ask === 'string' && Number.isSafeInteger(number) && Object.keys(more).length === 0 ? { ask, number: number as number, input } : null;
  } catch {
    return null;
  }
}
