import type { z } from 'zod';
import type { Fault } from '../../../shared/result.ts';
import { keysAt, nearestName } from './nearest-name.ts';

const PLAIN_KEY = /^[A-Za-z_][\w-]*$/;

/** A place in a JSON document as people write it: `accounts[0].pools[0].cash.USD`, `instruments["XYZ P80"].price`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    const key = String(step);
    return PLAIN_KEY.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return steps.join('').replace(/^\./, '') || 'the document';
}

/** How documents are parsed: of what is not there it is said that it is missing, not that it is of the type "undefined". */
export const PARSING: z.core.ParseContext<z.core.$ZodIssue> = {
  error: ({ code, input }) => (input === undefined && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union') ? 'this key is missing' : undefined),
};

/**
 * The first thing wrong with a document, in one line, with its path and the number of further problems. For a key that is
 * not known, `schema` gives the nearest one that is.
 */
export function schemaFault(code: string, error: z.ZodError, schema: z.core.$ZodType): Fault {
  const [first] = error.issues;
  if (!first) return { code, message: 'The document does not have the expected shape.' };
  const { message, path, fix } = troubleOf(first, schema);
  const more = error.issues.length - 1;
  return { code, message: `${sentence(message)}${more > 0 ? ` (${more} more.)` : ''}`, at: jsonPath(path), ...(fix === null ? {} : { fix }) };
}

/** One issue in words: what, where, and what to do where that is known. */
export function troubleOf(issue: z.core.$ZodIssue, schema: z.core.$ZodType): { message: string; path: readonly PropertyKey[]; fix: string | null } {
  if (issue.code === 'custom' && typeof issue.params?.['fix'] === 'string') return { message: issue.message, path: issue.path, fix: issue.params['fix'] };
  // A key of a record that is not spelled as its keys are: what is wrong with it lies one step deeper.
  if (issue.code === 'invalid_key') return { message: issue.issues[0]?.message ?? issue.message, path: issue.path, fix: null };
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0]?.[0];
    // Of several shapes the one that the document misses least.
    if (nearest) return troubleOf({ ...nearest, path: [...issue.path, ...nearest.path] }, schema);
  }
  if (issue.code !== 'unrecognized_keys') return { message: issue.message, path: issue.path, fix: null };
  // Where there are several shapes, a key that none of them has comes before one that this shape lacks.
  const known = keysAt(schema, issue.path);
  const key = issue.keys.find((name) => !known.includes(name)) ?? issue.keys[0] ?? '';
  const nearest = known.includes(key) ? null : nearestName(key, known);
  return { message: 'this key is not known here', path: [...issue.path, key], fix: nearest === null ? null : `The nearest that is: ${JSON.stringify(nearest)}.` };
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`;
}
