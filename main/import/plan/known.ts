import { factKey, type FactName, type Facts, type FactTypes, type InstrumentFact } from '../../../shared/domain/facts.ts';
import type { InstrumentText, PositionColumns } from '../../../shared/domain/position-columns.ts';
import { saysTheSame } from './compare.ts';

type AnyFact = FactTypes[FactName];

/**
 * What the book holds of one kind of fact, looked up by a file's: 'the same' where it surely says that already, which
 * can be seen of an instrument that the book gave as text; null where it has none of that key.
 */
export type Known = (fact: AnyFact) => AnyFact | 'the same' | null;

export function knownOf(name: FactName, current: Facts, held: PositionColumns | undefined): Known {
  if (name === 'instrument' && held?.instrumentTexts) return knownInstruments(held.instruments, held.instrumentTexts);
  const keyOf = factKey[name] as (fact: AnyFact) => string;
  const facts: readonly AnyFact[] = current[name];
  const placeOf = finder(facts.length, (place) => keyOf(facts[place] as AnyFact));
  return (fact) => facts[placeOf(keyOf(fact))] ?? null;
}

function knownInstruments(ids: readonly string[], texts: readonly (InstrumentText | null)[]): Known {
  const placeOf = finder(ids.length, (place) => ids[place] as string);
  return (fact) => {
    const place = placeOf((fact as InstrumentFact).id);
    const text = texts[place];
    if (!text) return null;
    return saysTheSame(fact as InstrumentFact, text) ? 'the same' : instrumentIn(ids[place] as string, text);
  };
}

/** The instruments of a book that gave them as text. */
export function instrumentsIn({ instruments, instrumentTexts = [] }: PositionColumns): InstrumentFact[] {
  return instruments.flatMap((id, place) => {
    const text = instrumentTexts[place];
    return text ? [instrumentIn(id, text)] : [];
  });
}

function instrumentIn(id: string, { terms, identifiers }: InstrumentText): InstrumentFact {
  return { id, terms: JSON.parse(terms), identifiers: JSON.parse(identifiers) };
}

/** Finds the place of a key, -1 where there is none. A file and a book mostly have them in one order, so that the next one is looked at first. */
function finder(count: number, keyAt: (place: number) => string): (key: string) => number {
  let next = 0;
  let places: Map<string, number> | null = null;
  return (key) => {
    if (next >= count || keyAt(next) !== key) {
      if (count === 0) return -1;
      places ??= new Map(Array.from({ length: count }, (_, place) => [keyAt(place), place]));
      const place = places.get(key) ?? -1;
      if (place < 0) return -1;
      next = place;
    }
    next += 1;
    return next - 1;
  };
}
