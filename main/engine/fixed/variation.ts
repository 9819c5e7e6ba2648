import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, product, sum, type Figure } from '../figure/figure.ts';
import type { FutureHolding } from './holding.ts';

/** Gains less losses since the last settlement, and why they are not known where they are not. */
export interface Variation {
  /** In the pool's currency. */
  figure: Figure;
  /** In the product's own. */
  local: Decimal;
  problem: string | null;
}

/** As much of a holding of futures as its gain depends on. */
export type Settling = Pick<FutureHolding, 'instrument' | 'rows' | 'price' | 'quantity' | 'conversion'> & { margin: Pick<FutureHolding['margin'], 'multiplier'> };

/**
 * What the next settlement will pay: quantity × multiplier × (mark − price settled at), in the pool's currency. A row that
 * names no settlement price has been paid up to the mark.
 */
export function variationOf(holding: Settling, currency: string): Variation {
  const { instrument, rows, price } = holding;
  const open = rows.filter(({ quantity, settledPrice }) => quantity !== '0' && settledPrice !== undefined);
  const label = (): string => `Gain on ${instrument} since its last settlement`;
  const subject = { instrument };
  // Rows with one settlement price are one row, so that splitting a position changes nothing.
  const groups = [...Map.groupBy(open, ({ settledPrice }) => settledPrice ?? null)].map(([settled, same]) => ({ settled, quantity: same.reduce((total, row) => total.plus(fromDecimalText(row.quantity)), new Decimal(0)) }));
  const moving = groups.filter(({ quantity }) => !quantity.isZero());
  const problem = !price && !holding.quantity.isZero() ? `${instrument} has no mark` : moving.some(({ settled }) => settled === null) ? `the price at which ${instrument} was last settled is not known` : null;
  if (problem !== null || !price) return { figure: input(new Decimal(0), currency, { label, source: problem ?? 'nothing is open', subject }), local: new Decimal(0), problem };
  const parts = moving.map(({ settled, quantity }) => gain(holding, price, fromDecimalText(settled ?? '0'), quantity, currency));
  const local = moving.reduce((total, { settled, quantity }) => total.plus(quantity.times(holding.margin.multiplier).times(price.amount.minus(settled ?? '0'))), new Decimal(0));
  return { local, figure: sum(currency, parts, { label, subject, ...(parts.length === 0 ? { arithmetic: 'paid out up to the mark' } : {}) }), problem: null };
}

function gain({ instrument, margin, conversion }: Settling, price: Figure, settledPrice: Decimal, quantity: Decimal, currency: string): Figure {
  const subject = { instrument };
  const settled = input(settledPrice, price.unit, { label: () => `Price at which ${instrument} was last settled`, source: 'position', subject });
  const moved = difference(price.unit, [price, settled], { label: () => `${instrument}, moved since`, subject });
  const count = input(quantity, 'contracts', { label: () => `Quantity of ${instrument}`, source: 'position', subject });
  return product(currency, [count, multiplierFigure(instrument, margin.multiplier), moved, ...conversion], { label: () => `Gain on ${instrument}`, subject });
}

/** |quantity| × multiplier × |mark|: what the contracts stand for, in the pool's currency. Zero without a mark. */
export function notionalOf({ instrument, quantity, margin, price, conversion }: FutureHolding, currency: string): Figure {
  const about = { label: () => `Notional value of ${instrument}`, subject: { instrument } };
  if (!price) return input(new Decimal(0), currency, { ...about, source: 'no mark' });
  const size = price.amount.isNegative() ? quantity.abs().neg() : quantity.abs();
  const count = input(size, 'contracts', { label: () => `Contracts of ${instrument}`, source: 'position', subject: { instrument } });
  return product(currency, [count, multiplierFigure(instrument, margin.multiplier), price, ...conversion], about);
}

function multiplierFigure(instrument: string, multiplier: Decimal): Figure {
  return input(multiplier, 'factor', { label: `Multiplier of ${instrument}`, source: 'contract terms' });
}
