import { computePack } from '../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../main/engine/calc-pack/read-pack.ts';
import { readQuestion } from '../../main/engine/questions/answer.ts';
import { answerQuestion } from '../../main/desk/questions.ts';
import type { CalcPackInput } from '../../shared/calc-pack.ts';
import type { AccountState } from '../../shared/domain/margin-state.ts';
import type { Answer } from '../../shared/question.ts';
import { faultLine, type Result } from '../../shared/result.ts';

/** The ways into the desk that an adapter may use: the same that a script has. Faults are thrown as one line. */
export interface Tools {
  /** Computes a calc pack with one account and returns its state. */
  account: (pack: CalcPackInput) => AccountState;
  /** Asks a question. */
  ask: (ask: string, params: Answer, pack?: CalcPackInput) => Answer;
  /** Which doors were used: a vector's kind says which one it must go through. */
  used: ReadonlySet<'pack' | 'question'>;
}

export function openTools(): Tools {
  const used = new Set<'pack' | 'question'>();
  return {
    used,
    account(pack) {
      used.add('pack');
      const [account] = valueOf(computePack(valueOf(readCalcPack(pack)))).accounts;
      if (!account) throw new Error('The pack has no account.');
      return account;
    },
    ask(ask, params, pack) {
      used.add('question');
      return valueOf(answerQuestion(valueOf(readQuestion({ format: 'plimsoll/question@1', ask, params, ...(pack ? { pack } : {}) }))));
    },
  };
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}
