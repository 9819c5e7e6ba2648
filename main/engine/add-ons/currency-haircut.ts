import { difference, greatest, product, sum, type Figure } from '../figure/figure.ts';
import { holdingsOf, type PreparedPool } from '../pool/prepare-pool.ts';
import { zeroFigure, type StrategyContext } from '../strategy/context.ts';

/**
 * A share of what the pool is net long or short in each foreign currency, cash and market values together: what a move of
 * the exchange rate would cost. `house.fx.haircut` is the share, `house.fx.haircut.EUR` one currency's own. Null where the
 * packs set neither or nothing is held in a foreign currency.
 */
export function currencyHaircut(pool: PreparedPool, { currency, rules }: StrategyContext): Figure | null {
  const parts = new Map<string, Figure[]>();
  for (const [foreign, figures] of pool.cash.byCurrency) parts.set(foreign, [...figures]);
  for (const { terms, value } of holdingsOf(pool)) parts.set(terms.currency, [...(parts.get(terms.currency) ?? []), value]);
  const charged = [...parts]
    .filter(([foreign]) => foreign !== currency)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([foreign, figures]) => {
      const share = rules.optional(`house.fx.haircut.${foreign}`) ?? rules.optional('house.fx.haircut');
      if (!share) return [];
      const net = sum(currency, figures, { label: `Net exposure in ${foreign}` });
      const size = greatest(currency, [net, difference(currency, [zeroFigure(currency, 'Nothing'), net], { label: `Net short exposure in ${foreign}` })], { label: `Size of the exposure in ${foreign}` });
      return [product(currency, [share.figure, size], { label: `Haircut on ${foreign}`, rule: share.rule })];
    });
  return charged.length > 0 ? sum(currency, charged, { label: 'Currency haircut' }) : null;
}
