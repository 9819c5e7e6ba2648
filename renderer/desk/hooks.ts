import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Channel, Input, Output } from '../../shared/contract.ts';
import type { AccountRow, BookInfo, HostInfo } from '../../shared/views.ts';
import type { Fault } from '../../shared/result.ts';
import { createAnswerStore } from './answer-store.ts';
import type { Connection } from './connect.ts';
import type { DeskState, Job } from './desk-state.ts';
import type { GridStore } from './keyed-store.ts';
import type { PackedStore } from './packed-store.ts';
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

/** One row of a list, anew when that row has changed. */
export function useRow<Row>(store: PackedStore<Row>, key: string | null): Row | undefined {
  return useSyncExternalStore(store.subscribe, () => (key === null ? undefined : store.row(key)));
}

/** How many rows a list has. Grids don't look at rows through React: they subscribe themselves. */
export function useCount(store: Pick<GridStore<unknown>, 'subscribe' | 'count'>): number {
  return useSyncExternalStore(store.subscribe, store.count);
}

/** Whether a list's first answer has come, which an empty one does without changing the count. */
export function useLoaded(store: Pick<GridStore<unknown>, 'subscribe' | 'loaded'>): boolean {
  return useSyncExternalStore(store.subscribe, store.loaded);
}

export const useBook = (): BookInfo | null => useValue(useDesk().book);
export const useHost = (): HostInfo | null => useValue(useDesk().host);
export const useConnection = (): Connection => useValue(useDesk().connection);

/** All accounts, anew when some come, go or are put in another order; what a row says is always the newest. */
export function useAccounts(): readonly AccountRow[] {
  const { accounts } = useDesk();
  return useSyncExternalStore(accounts.subscribe, accounts.rows);
}

/** Calls that stand or would be raised now; the other rows of the queue are there because their account is indeterminate. */
export function useCallCount(): number {
  const { queue } = useDesk();
  return useSyncExternalStore(queue.subscribe, () => queue.filled('type'));
}

/** The progress of one job, while the desk reports any. */
export function useJob(jobId: string): Job | null {
  return useValue(useDesk().jobs).get(jobId) ?? null;
}

/** An answer on its way, arrived or refused; `value` stays while a newer one is being fetched. */
export interface Answer<T> {
  value: T | null;
  fault: Fault | null;
  loading: boolean;
}

/** Asks a question whenever its input or `refreshOn` changes; however often the book moves, the last answer is the newest. */
export function useAnswer<C extends Channel>(channel: C, input: Input<C> | null, refreshOn: unknown = null, isBeside = false): Answer<Output<C>> {
  const desk = useDesk();
  const store = useMemo(() => createAnswerStore(desk, channel), [desk, channel]);
  const key = input === null ? null : JSON.stringify(input);
  useEffect(() => {
    if (key !== null) store.ask(key, refreshOn, isBeside);
  }, [store, key, refreshOn, isBeside]);
  const kept = useValue(store.kept);
  const current = kept.key === key;
  return { value: current ? kept.value : null, fault: current ? kept.fault : null, loading: key !== null && !current };
}
