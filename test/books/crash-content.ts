import { account, position, stock } from './facts.ts';
import { changeOf, makePlan } from './make-plan.ts';

/** What the child that is killed writes at each entry, so that whoever survives it knows what must be there. */

export const IMPORT_EVERY = 8;
const POSITIONS = 200;
const ACCOUNTS = 5;

export const markValue = (sequence: number): string => String(1000 + sequence);

/** An import whose every position holds the entry's number: a torn one would show two numbers. */
export function crashFile(sequence: number): ReturnType<typeof makePlan> {
  const asOf = '2026-11-20';
  const stocks = Array.from({ length: POSITIONS }, (_, number) => changeOf('instrument', 'new', stock(`S${number}`)));
  const accounts = Array.from({ length: ACCOUNTS }, (_, number) => changeOf('account', 'new', account(`U${number}`, asOf)));
  const positions = Array.from({ length: POSITIONS }, (_, number) => changeOf('position', 'changed', position(`U${number % ACCOUNTS}`, `S${number}`, String(sequence), asOf)));
  return makePlan(asOf, [...stocks, ...accounts, ...positions], { text: `entry ${sequence}` });
}
