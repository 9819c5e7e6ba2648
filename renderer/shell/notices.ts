import { faultLine, type Fault } from '../../shared/result.ts';
import { createValueStore } from '../desk/value-store.ts';

/** One line for the person: something done, or something that went wrong and what to do about it. */
export interface Notice {
  id: number;
  tone: 'done' | 'trouble';
  text: string;
}

const SHOWN_MS = { done: 5_000, trouble: 20_000 };
const NOTICES_MAX = 4;

export const notices = createValueStore<readonly Notice[]>([]);
let lastId = 0;

export function dismiss(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id));
}

/** Takes back what went wrong before: what has now worked answers it. */
export function forgetTrouble(): void {
  if (notices.get().some((notice) => notice.tone === 'trouble')) notices.set(notices.get().filter((notice) => notice.tone !== 'trouble'));
}

/** Shows a line until it is dismissed or its time is up; screen readers hear it. */
export function say({ tone, text }: Omit<Notice, 'id'>): void {
  lastId += 1;
  const id = lastId;
  notices.set([...notices.get().filter((notice) => notice.text !== text), { id, tone, text }].slice(-NOTICES_MAX));
  setTimeout(() => dismiss(id), SHOWN_MS[tone]);
}

export function sayFault(fault: Fault): void {
  say({ tone: 'trouble', text: faultLine(fault) });
}
