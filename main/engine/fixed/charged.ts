import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { greatest, input, product, type Figure } from '../figure/figure.ts';
import type { PositionMargin, Unpriced } from '../margin-model.ts';
import type { FutureHolding } from './holding.ts';
import type { ContractRate } from './product.ts';
import { notionalOf, variationOf, type Variation } from './variation.ts';

/** A holding with its requirements and its gain since the last settlement. */
export interface Charged {
  holding: FutureHolding;
  variation: Variation;
  requirement: NonNullable<PositionMargin['requirement']>;
  exchangeInitial: Figure;
  notional: Figure;
  position: PositionMargin;
  unpriced: readonly Unpriced[];
}

export function charge(holding: FutureHolding, currency: string): Charged {
  const { exchange, house } = holding.margin;
  const leg = (what: 'initial' | 'maintenance'): Figure => {
    const asked = legFigure(holding, exchange, what, currency);
    if (!house) return asked;
    return greatest(currency, [asked, legFigure(holding, house, what, currency)], { label: () => `${holding.instrument}, house floored at the exchange`, subject: { instrument: holding.instrument } });
  };
  const nothing = input(new Decimal(0), currency, { label: 'Regulation T does not apply to futures', source: 'by definition' });
  const requirement = { regT: nothing, exchange: legFigure(holding, exchange, 'maintenance', currency), houseInitial: leg('initial'), houseMaintenance: leg('maintenance') };
  const variation = variationOf(holding, currency);
  return { holding, variation, requirement, exchangeInitial: legFigure(holding, exchange, 'initial', currency), notional: notionalOf(holding, currency), position: positionMargin(holding, variation, requirement), unpriced: unpricedOf(holding, variation) };
}

function legFigure({ instrument, quantity, conversion }: FutureHolding, rate: ContractRate, what: 'initial' | 'maintenance', currency: string): Figure {
  const side = quantity.isNegative() ? 'Short' : 'Long';
  const count = input(quantity.abs(), 'contracts', { label: () => `${side} ${instrument}`, source: 'position', subject: { instrument } });
  return product(currency, [count, rate[what], ...conversion], { label: () => `${side} ${instrument}, per contract`, rule: rate.rule, subject: { instrument } });
}

/** Named apart from the stock that may carry the same letters. */
function groupOf({ margin }: FutureHolding): string {
  return `${margin.root} futures`;
}

function positionMargin(holding: FutureHolding, variation: Variation, requirement: Charged['requirement']): PositionMargin {
  const { instrument, subType, quantity, price, margin } = holding;
  const { rule } = requirement.houseMaintenance.chosen === 1 && margin.house ? margin.house : margin.exchange;
  return {
    instrument,
    subType,
    quantity: toDecimalText(quantity),
    price: price && toDecimalText(price.amount),
    localValue: price && variation.local,
    value: price ? variation.figure : null,
    requirement,
    group: groupOf(holding),
    strategy: 'future, per contract',
    rule: rule.cites,
    parts: null,
    badges: [...(rule.status === 'unverified' ? ['unverifiedRule' as const] : []), ...(variation.problem === null ? [] : ['unpriced' as const])],
  };
}

/** A gain that is not known could be a loss, whichever side is held. */
function unpricedOf({ instrument }: FutureHolding, { problem }: Variation): Unpriced[] {
  return problem === null ? [] : [{ instrument, reason: problem, indeterminate: true }];
}
