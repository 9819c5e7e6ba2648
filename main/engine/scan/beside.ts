import { toDecimalText } from '../../../shared/money.ts';
import { product, sum, type Figure } from '../figure/figure.ts';
import type { PositionMargin } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { Holding } from '../pool/holding.ts';
import { chargeBond } from '../strategy/bond.ts';
import { strategyContext, countOf, marketValue, zeroFigure } from '../strategy/context.ts';

/** Holdings of a portfolio-margin pool that are charged by rule beside the scan. */
export interface Beside {
  charges: Figure[];
  positions: PositionMargin[];
}

/** Debt securities are no eligible product of FINRA 4210(g), and stock without loan value is no margin equity security. */
export function isScanned({ class: kind, terms }: Holding): boolean {
  return kind !== 'bond' && !(terms.kind === 'equity' && terms.marginable === false) && !(terms.kind === 'etf' && terms.marginable === false);
}

/** Bonds as the exchange rules ask outside portfolio margin; securities without loan value in full. */
export function chargeBeside(holdings: readonly Holding[], currency: string, market: MarketView, rules: Rules): Beside {
  const context = strategyContext(currency, market, rules);
  const charged = holdings.map((holding) => {
    if (holding.class === 'bond') {
      const { houseMaintenance, rule } = chargeBond(holding, holding.quantity.abs(), context);
      return { holding, figure: houseMaintenance, rule };
    }
    const { figure, rule } = rules.parameter('exchange.fullyPaid');
    const value = marketValue(holding, countOf(holding, holding.quantity.abs()), currency);
    return { holding, figure: product(currency, [figure, value], { label: () => `${holding.instrument}, without loan value`, rule, subject: { instrument: holding.instrument } }), rule: rule.cites };
  });
  return {
    charges: charged.map(({ figure }) => figure),
    positions: charged.map(({ holding, figure, rule }) => position(holding, figure, rule, currency)),
  };
}

export function besideRequirement(charges: readonly Figure[], currency: string): Figure {
  return sum(currency, charges, { label: 'Beside portfolio margin: bonds, and securities without loan value' });
}

function position({ instrument, subType, quantity, price, localValue, value }: Holding, figure: Figure, rule: string, currency: string): PositionMargin {
  const regT = zeroFigure(currency, 'Regulation T does not apply under this model');
  return {
    instrument,
    subType,
    quantity: toDecimalText(quantity),
    price: toDecimalText(price.amount),
    localValue,
    value,
    requirement: { regT, exchange: figure, houseInitial: figure, houseMaintenance: figure },
    group: instrument,
    strategy: 'beside portfolio margin',
    rule,
    parts: null,
    badges: figure.unverified ? ['unverifiedRule'] : [],
  };
}
