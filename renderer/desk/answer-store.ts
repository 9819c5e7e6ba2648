import type { Channel, Input, Output } from '../../shared/contract.ts';
import type { Fault } from '../../shared/result.ts';
import type { DeskState } from './desk-state.ts';
import { shareEqual } from './share-equal.ts';
import { createValueStore, type ValueStore } from './value-store.ts';

/** The last answer to a question, and to which input it belongs. */
export interface KeptAnswer<T> {
  /** The input as text. */
  key: string | null;
  value: T | null;
  fault: Fault | null;
}

/** One question asked again and again: only once at a time, the last asking always answered. */
export interface AnswerStore<T> {
  kept: ValueStore<KeptAnswer<T>>;
  /** Asks with this input. `reason` is whatever made it worth asking: the same input for the same reason is not asked twice. What is asked beside, nobody waits for. */
  ask: (key: string, reason: unknown, isBeside?: boolean) => void;
}

export function createAnswerStore<C extends Channel>(desk: Pick<DeskState, 'ask' | 'askBeside'>, channel: C): AnswerStore<Output<C>> {
  const kept = createValueStore<KeptAnswer<Output<C>>>({ key: null, value: null, fault: null });
  let wanted: { key: string; reason: unknown; isBeside: boolean } | null = null;
  let busy = false;

  async function follow(): Promise<void> {
    busy = true;
    for (let asked: typeof wanted = null; wanted !== asked; ) {
      asked = wanted;
      if (asked === null) break;
      const { key, isBeside } = asked;
      const answer = await (isBeside ? desk.askBeside : desk.ask)(channel, JSON.parse(key) as Input<C>);
      if (key !== wanted?.key) continue;
      const before = kept.get();
      kept.set(answer.ok ? { key, value: shareEqual(before.value, answer.value), fault: null } : { key, value: before.key === key ? before.value : null, fault: answer.fault });
    }
    busy = false;
  }

  return {
    kept,
    ask(key, reason, isBeside = false) {
      if (wanted?.key === key && Object.is(wanted.reason, reason)) return;
      wanted = { key, reason, isBeside };
      if (!busy) void follow();
    },
  };
}
