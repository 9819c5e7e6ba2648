import { z } from 'zod';

/** Something expected went wrong: what happened, where, and what to do, in one line for a person. */
export const fault = z.strictObject({
  /** A stable kebab-case name that scripts and tests may rely on, such as `missing-price`. */
  code: z.string(),
  /** One plain sentence. */
  message: z.string(),
  /** Where: a file and line, an account, a JSON path. */
  at: z.string().optional(),
  /** What the person can do about it. */
  fix: z.string().optional(),
});
export type Fault = z.infer<typeof fault>;

/** Expected trouble is a value; broken invariants throw. */
export type Result<T> = { ok: true; value: T } | { ok: false; fault: Fault };

export function succeed<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function fail(problem: Fault): { ok: false; fault: Fault } {
  return { ok: false, fault: problem };
}

/** The fault as the one line that people read on every host. */
export function faultLine({ message, at, fix }: Fault): string {
  return [at ? `${at}: ` : '', message, fix ? ` ${fix}` : ''].join('');
}

/** Throws when an invariant is broken. Stays on in production: a wrong figure is worse than a stop. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
