import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';

/**
 * One instrument as two sources show it. What `better` says stands; where it says nothing, `lesser` fills in. An
 * adjusted contract stays adjusted whatever the other source believes.
 */
export function mergeInstrument(better: InstrumentFact, lesser: InstrumentFact): InstrumentFact {
  const identifiers = { ...lesser.identifiers, ...better.identifiers };
  if (better.terms.kind !== lesser.terms.kind) {
    // A plain stock without a class is what a file shows that does not tell stocks from funds or indices.
    const terms = isUnspecific(better.terms) && !isUnspecific(lesser.terms) ? lesser.terms : better.terms;
    return { id: better.id, terms, identifiers };
  }
  const terms = mergeTerms(better.terms, lesser.terms);
  return { id: better.id, terms, identifiers };
}

function isUnspecific(terms: Instrument): boolean {
  return terms.kind === 'equity' && terms.class === undefined;
}

function mergeTerms(better: Instrument, lesser: Instrument): Instrument {
  // Both are of one kind, so their fields are the same ones; the compiler cannot follow that through a spread.
  const merged = { ...lesser, ...stated(better) } as Instrument;
  if (merged.kind === 'bond' && better.kind === 'bond' && lesser.kind === 'bond') {
    if (better.issuer === 'unknown') merged.issuer = lesser.issuer;
    if (better.grade === 'unknown' && lesser.grade !== undefined) merged.grade = lesser.grade;
  }
  if (merged.kind === 'option' && (isAdjusted(better) || isAdjusted(lesser))) {
    merged.adjusted = true;
    merged.multiplier = null;
  }
  return merged;
}

function isAdjusted(terms: Instrument): boolean {
  return terms.kind === 'option' && terms.adjusted === true;
}

function stated(terms: Instrument): Partial<Instrument> {
  const said: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(terms)) if (value !== null && value !== undefined) said[field] = value;
  return said;
}

/** A text that is the same for the same instrument, whatever order its fields were set in. */
export function instrumentText({ id, terms, identifiers }: InstrumentFact): string {
  return JSON.stringify([id, sorted(terms), sorted(identifiers)]);
}

function sorted(record: object): [string, unknown][] {
  return Object.entries(record)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
