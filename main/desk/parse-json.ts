import { fail, succeed, type Result } from '../../shared/result.ts';

/** The JSON document in a text; the fault `not-json` says where it ends being one. */
export function parseJson(text: string): Result<unknown> {
  try {
    return succeed(JSON.parse(text) as unknown);
  } catch (error) {
    return fail({ code: 'not-json', message: `This is no JSON document: ${error instanceof Error ? error.message : String(error)}.` });
  }
}
