import type { Decimal } from '../../../shared/money.ts';
import { greatest, product, type Figure } from '../figure/figure.ts';
import type { BondHolding } from '../pool/holding.ts';
import type { ResolvedParameter } from '../packs/rules.ts';
import { anyUnverified, charge, countOf, marketValue, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { bondRates, type RateOfValue } from './bond-rates.ts';

/**
 * A bond leg: FINRA 4210(e)(2) long, 4210(c)(4) short; convertible bonds as stock. Reg T asks "good faith" of non-equity
 * securities (12 CFR 220.12(b)), which is what the exchange asks. A bond we know too little of takes the strictest rate.
 */
export function chargeBond(holding: BondHolding, quantity: Decimal, context: StrategyContext): LegCharge {
  const { currency } = context;
  const count = countOf(holding, quantity);
  const value = marketValue(holding, count, currency);
  const { exchange, house, houseInitial, regT } = bondRates(holding, context);
  const required = ({ rate, principal }: RateOfValue, label: string): Figure => {
    const share = charge(principal ? 'Share of market value' : label, rate.figure, value, currency, rate.rule);
    if (!principal) return share;
    const least = product(currency, [principal.figure, count, ...holding.conversion], { label: 'Share of principal', rule: principal.rule });
    return greatest(currency, [share, least], { label, rule: rate.rule });
  };
  const exchangeFigure = required(exchange, 'Exchange maintenance, bond');
  return legCharge(
    {
      holding,
      quantity,
      regT: regT ? charge('Regulation T', regT.figure, value, currency, regT.rule) : goodFaith(exchangeFigure, currency, exchange.rate),
      exchange: exchangeFigure,
      house: house && required(house, 'House maintenance, bond'),
      houseInitial: houseInitial && required(houseInitial, 'House initial, bond'),
      exchangeRule: exchange.rate.rule.cites,
      houseRule: house?.rate.rule.cites ?? null,
      exchangeParts: null,
      houseParts: null,
      unverified: anyUnverified([exchange.rate.rule, exchange.principal?.rule, house?.rate.rule, house?.principal?.rule]),
    },
    context,
  );
}

function goodFaith(exchange: Figure, currency: string, rate: ResolvedParameter): Figure {
  return greatest(currency, [exchange], { label: 'Regulation T, good faith: the exchange requirement', arithmetic: 'as the exchange asks', rule: { ...rate.rule, cites: '12 CFR 220.12(b)' } });
}
