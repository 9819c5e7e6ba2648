import type { SpanContract } from './parameters.ts';
import type { Skip } from './spn-commodity.ts';
import { around, childOf, childrenOf, textIn, type Surroundings, type Unit } from './walk-units.ts';
import { dayOf, numberText, periodText } from './values.ts';

/** A `fut` or an `opt` with its array; null, and told, when it has none or cannot be named. */
export function readContract(unit: Unit, surroundings: Surroundings, scenarios: number, skip: Skip): SpanContract | null {
  const product = around(surroundings, 'pfCode');
  const isOption = unit.name === 'opt';
  const what = `${isOption ? 'option' : 'future'} of ${product ?? 'a product without a code'}`;
  const expiry = dayOf(periodText(textIn(unit, 'pe') ?? around(surroundings, 'pe')));
  const side = textIn(unit, 'o');
  const strike = isOption ? numberText(textIn(unit, 'k')) : null;
  if (product === null || expiry === null || (isOption && (strike === null || (side !== 'C' && side !== 'P')))) return missing(what, 'it has no code, expiry, strike or side');
  // The first array is of the first requirement class; files that have one class have one array.
  const array = childOf(unit, 'ra');
  const losses = childrenOf(array, 'a').map(({ text }) => numberText(text));
  if (losses.length !== scenarios || losses.includes(null)) return missing(what, `its risk array does not have ${scenarios} numbers`);
  return {
    product,
    kind: isOption ? 'option' : 'future',
    expiry,
    right: isOption ? (side === 'C' ? 'call' : 'put') : null,
    strike,
    underlyingExpiry: null,
    underlyingProduct: null,
    european: exerciseOf(around(surroundings, 'exercise')),
    currency: around(surroundings, 'currency'),
    multiplier: positive(numberText(textIn(unit, 'cvf') ?? around(surroundings, 'cvf'))),
    price: numberText(textIn(unit, 'p')),
    losses: losses.filter((loss) => loss !== null),
    compositeDelta: numberText(textIn(array, 'd') ?? (isOption ? null : textIn(unit, 'd'))),
  };

  function missing(of: string, reason: string): null {
    skip(of, reason);
    return null;
  }
}

function exerciseOf(text: string | null): boolean | null {
  if (text === null) return null;
  return text.toUpperCase().startsWith('EUR');
}

function positive(text: string | null): string | null {
  return text === null || text === '0' || text.startsWith('-') ? null : text;
}
