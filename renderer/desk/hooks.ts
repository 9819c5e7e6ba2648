import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { AccountRow, BookInfo, Channel, HostInfo, Input, Output, Progress, QueueRow } from '../../shared/contract.ts';
import type { Fault } from '../../shared/result.ts';
import type { Connection } from './connect.ts';
import type { DeskState } from './desk-state.ts';
import type { KeyedStore } from './keyed-store.ts';
import type { ValueStore } from './value-store.ts';

const DeskContext = createContext<DeskState | null>(null);
export const DeskProvider = DeskContext.Provider;

/** The desk's stores and its `ask`. */
export function useDesk(): DeskState {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('used outside DeskProvider');
  return desk;
}

export function useValue<T>(store: ValueStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The rows of a keyed store, anew at every change. Grids don't use this: they subscribe themselves. */
export function useRows<Row>(store: KeyedStore<Row>): readonly Row[] {
  return useSyncExternalStore(store.subscribe, store.rows);
}

export const useBook = (): BookInfo | null => useValue(useDesk().book);
export const useHost = (): HostInfo | null => useValue(useDesk().host);
export const useConnection = (): Connection => useValue(useDesk().connection);
export const useAccounts = (): readonly AccountRow[] => useRows(useDesk().accounts);
export const useQueue = (): readonly QueueRow[] => useRows(useDesk().queue);

/** The progress of one job, while the desk reports any. */
export function useProgress(jobId: string | null): Progress | null {
  const jobs = useValue(useDesk().jobs);
  return jobId === null ? null : (jobs.get(jobId) ?? null);
}

/** An answer on its way, arrived or refused; `value` stays while a newer one is being fetched. */
export interface Answer<T> {
  value: T | null;
  fault: Fault | null;
  loading: boolean;
  ask(): void;
}

/**
 * Asks a question whenever its input changes, and again when `ask` is called or `refreshOn` changes. Only one question
 * is under way at a time, however often the book moves; the last one always follows the last change.
 */
export function useAnswer<C extends Channel>(channel: C, input: Input<C> | null, refreshOn: unknown = null): Answer<Output<C>> {
  const desk = useDesk();
  const key = input === null ? null : JSON.stringify(input);
  const [answer, setAnswer] = useState<{ key: string | null; value: Output<C> | null; fault: Fault | null }>({ key: null, value: null, fault: null });
  const run = useRef({ busy: false, again: false, key });

  const ask = useCallback(() => {
    const current = run.current;
    if (current.key === null) return;
    if (current.busy) {
      current.again = true;
      return;
    }
    current.busy = true;
    const asked = current.key;
    void desk.ask(channel, JSON.parse(asked) as Input<C>).then((result) => {
      current.busy = false;
      if (asked === current.key) {
        setAnswer((before) =>
          result.ok ? { key: asked, value: result.value, fault: null } : { key: asked, value: before.key === asked ? before.value : null, fault: result.fault },
        );
      }
      if (current.again || asked !== current.key) {
        current.again = false;
        ask();
      }
    });
  }, [desk, channel]);

  useEffect(() => {
    run.current.key = key;
    ask();
  }, [ask, key, refreshOn]);

  const current = answer.key === key;
  return { value: current ? answer.value : null, fault: current ? answer.fault : null, loading: key !== null && !current, ask };
}
