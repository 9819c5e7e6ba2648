import { instrumentId } from '../../../shared/domain/instrument.ts';

// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f]/;

/** Why a symbol cannot name an instrument; null when it can. */
export function nameProblem(id: string): { code: string; reason: string } | null {
  if (UNPRINTABLE.test(id)) return { code: 'bad-symbol', reason: 'The symbol holds control characters.' };
  if (id === '' || id.length > (instrumentId.maxLength ?? 0)) return { code: 'bad-symbol', reason: `The symbol has ${id.length} characters, which no instrument's has.` };
  return null;
}
