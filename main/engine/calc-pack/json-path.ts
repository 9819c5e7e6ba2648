import type { z } from 'zod';
import type { Fault } from '../../../shared/result.ts';

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

/** The first thing wrong with a document, in one line, with its path and the number of further problems. */
export function schemaFault(code: string, error: z.ZodError): Fault {
  const [first] = error.issues;
  if (!first) return { code, message: 'The document does not have the expected shape.' };
  const unknownKey = first.code === 'unrecognized_keys' ? first.keys[0] : undefined;
  const more = error.issues.length - 1;
  return {
    code,
    message: `${unknownKey === undefined ? sentence(first.message) : 'This key is not known here.'}${more > 0 ? ` (${more} more.)` : ''}`,
    at: jsonPath(unknownKey === undefined ? first.path : [...first.path, unknownKey]),
  };
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`;
}
