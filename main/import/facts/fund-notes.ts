import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import { readFundText } from '../symbols/fund-text.ts';

const NAMES_SHOWN_MAX = 8;

/** What a person should know about the funds of a file: whose leverage was taken, whose was not, whose class is ours. */
export function fundNotes(instruments: readonly InstrumentFact[]): string[] {
  const leveraged: string[] = [];
  const doubtful: string[] = [];
  const broad: string[] = [];
  for (const fact of instruments) {
    if (fact.terms.kind !== 'etf') continue;
    const said = readFundText(fact.id, fact.terms.description);
    if (fact.terms.leverage !== undefined) leveraged.push(`${fact.id} ${fact.terms.leverage}x`);
    else if (said.maybeLeveraged) doubtful.push(fact.id);
    if (fact.terms.class === 'broad' && said.class === 'broad') broad.push(fact.id);
  }
  return [
    ...note('Leverage as the file gives it', leveraged),
    ...note('The name suggests leverage but gives no number, so none is taken', doubtful),
    ...note("Taken as broad-market funds from Plimsoll's own list", broad),
  ];
}

function note(text: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > NAMES_SHOWN_MAX ? ` and ${names.length - NAMES_SHOWN_MAX} more` : '';
  return [`${text}: ${names.toSorted().slice(0, NAMES_SHOWN_MAX).join(', ')}${more}.`];
}
