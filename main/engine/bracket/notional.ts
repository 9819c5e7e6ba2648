import { Decimal } from '../../../shared/money.ts';
import { difference, input, product, quotient, sum, type Figure } from '../figure/figure.ts';
import { COIN_PLACES, countFigure, entryPrice, multiplierFigure, referencePrice, type Leg } from './leg.ts';

/**
 * What `size` contracts stand for at a price, in the currency they are paid in and never negative: size × multiplier ×
 * price, or of a contract paid in coin size × multiplier ÷ price.
 */
export function notionalOf(leg: Leg, size: Decimal, price: Figure): Figure {
  const { instrument, settlesIn } = leg;
  const about = { label: () => `Notional value of ${instrument}`, subject: { instrument } };
  const count = countFigure(leg, size, `Contracts of ${instrument}`);
  if (!leg.inverse) return product(settlesIn, [count, multiplierFigure(leg), price], about);
  const quoted = product(leg.terms.currency, [count, multiplierFigure(leg)], { label: () => `${instrument} in ${leg.terms.currency}`, subject: { instrument } });
  return quotient(settlesIn, quoted, price, COIN_PLACES, about);
}

/** An amount in the currency a leg is paid in, in the pool's. */
export function inPool(leg: Leg, figure: Figure, currency: string): Figure {
  return leg.conversion.length === 0 ? figure : product(currency, [figure, ...leg.conversion], { label: figure.about.label, subject: { instrument: leg.instrument } });
}

/** The price that a venue applies its rates at: the mark given, or what the leg was opened at where that is known. */
export function ratedPrice(leg: Leg, at: 'mark' | 'entry', price: Figure): Figure {
  const entry = at === 'entry' ? entryPrice(leg.lots) : null;
  return entry ? input(entry, price.unit, { label: () => `Entry price of ${leg.instrument}`, source: 'position', subject: { instrument: leg.instrument } }) : price;
}

/** What the leg is worth to its holder: gains not yet paid out, less funding that is due. In the currency it is paid in. */
export function gainOf(leg: Leg): Figure {
  const { instrument, lots, settlesIn } = leg;
  const parts = lots.flatMap(({ quantity, since }) => (since ? [lotGain(leg, quantity, since)] : []));
  const funding = fundingOf(leg);
  const about = { label: () => `Gain on ${instrument}`, subject: { instrument }, ...(parts.length === 0 && !funding ? { arithmetic: 'paid out up to the mark' } : {}) };
  return sum(settlesIn, funding ? [...parts, funding] : parts, about);
}

function lotGain(leg: Leg, quantity: Decimal, since: Decimal): Figure {
  const { instrument, price, settlesIn } = leg;
  const subject = { instrument };
  const about = { label: () => `Gain on ${instrument}, not yet paid out`, subject };
  const count = countFigure(leg, quantity);
  const reference = referencePrice(leg, since);
  if (!leg.inverse) return product(settlesIn, [count, multiplierFigure(leg), difference(price.unit, [price, reference], { label: () => `${instrument}, moved since`, subject })], about);
  const quoted = product(leg.terms.currency, [count, multiplierFigure(leg)], { label: () => `${instrument} in ${leg.terms.currency}`, subject });
  const coins = (at: Figure, when: string): Figure => quotient(settlesIn, quoted, at, COIN_PLACES, { label: () => `${instrument} in ${settlesIn}, ${when}`, subject });
  return difference(settlesIn, [coins(reference, 'then'), coins(price, 'now')], about);
}

/** Funding gathered since it was last paid: a long owes its share of notional value where the rate is above zero. */
function fundingOf(leg: Leg): Figure | null {
  const { fundingShare, quantity, price, instrument, settlesIn } = leg;
  if (!fundingShare || quantity.isZero()) return null;
  const owed = notionalOf(leg, quantity.abs(), price);
  const side = input(new Decimal(quantity.isNegative() ? 1 : -1), 'factor', { label: quantity.isNegative() ? 'Received by shorts' : 'Paid by longs', source: 'by definition' });
  return product(settlesIn, [side, owed, fundingShare], { label: () => `Funding on ${instrument} since it was last paid`, subject: { instrument } });
}
