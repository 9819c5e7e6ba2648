import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import { difference, sum, type Figure } from '../figure/figure.ts';
import { poolWorth } from '../pool/equity.ts';
import type { Holding, StockHolding } from '../pool/holding.ts';
import { holdingsOf, type PreparedPool } from '../pool/prepare-pool.ts';
import type { AddOnTable } from '../packs/schema.ts';
import { countOf, zeroFigure, type StrategyContext } from '../strategy/context.ts';
import { isFullyPaid } from '../strategy/stock-rates.ts';
import type { NoMeasure } from './measure.ts';

/** All that a pool holds of one stock or fund on one side: what a concentration is of. */
export interface Side {
  instrument: InstrumentId;
  short: boolean;
  /** Shares that secure credit; those paid in full are not charged, but count. */
  charged: StockHolding[];
  kind: StockHolding['terms']['kind'];
  /** Positive, in the pool's currency. */
  value: Figure;
  units: Figure;
}

/** What shares are taken of, each figure made once for the pool. */
export interface Exposure {
  sides: Side[];
  /** Σ |market value|, options left out: equity leaves their value out too. */
  gross: Record<AddOnTable['counts'], Figure>;
  /** Net market value of an industry: long less short. */
  sectorNet: ReadonlyMap<string, Figure>;
  /** What is owed with short positions marked to market: long market value less equity. Below zero for a credit. */
  debit: Figure;
  equity: Figure;
  /** Conditions of tables that are the same for every position, once they were looked at. */
  conditions: Map<string, NoMeasure | null>;
  /** Ends of bands in money or units, by what a share is of: made once for all positions. */
  limits: Map<Figure, Map<string, Figure>>;
}

export function exposureOf(pool: PreparedPool, context: StrategyContext): Exposure {
  const { currency, rules } = context;
  const held = holdingsOf(pool);
  const stock = held.filter((holding) => holding.class === 'stock');
  const sides = [...Map.groupBy(stock, ({ instrument, quantity }) => `${instrument}\n${quantity.isNegative()}`).values()].flatMap((holdings) => sideOf(holdings, context) ?? []);
  const total = (holdings: readonly Holding[], label: string): Figure => sum(currency, holdings.map((holding) => positive(holding, currency)), { label });
  const gross = { stock: total(stock.filter(({ terms }) => terms.kind === 'equity'), 'Gross market value of stock'), securities: total(held.filter(({ class: kind }) => kind !== 'option'), 'Gross market value of stock, funds and bonds') };
  // Without option value wherever the packs put it, or a table would depend on how its requirement is stated.
  const { equity } = poolWorth(pool, { ...rules, optionValueIn: 'requirement' });
  // Everything in the pool hangs together by these, also where no table charges yet: a root search must see that.
  context.thresholds.push(gross.securities, equity);
  const short = held.filter(({ class: kind, quantity }) => kind !== 'option' && quantity.isNegative());
  return {
    sides,
    gross,
    sectorNet: netBySector(stock, context),
    debit: difference(currency, [total(short, 'Short positions, marked to market'), pool.cash.equity], { label: 'Debit: short positions less cash and accruals' }),
    equity,
    conditions: new Map(),
    limits: new Map(),
  };
}

function sideOf(holdings: readonly StockHolding[], { currency }: StrategyContext): Side | null {
  const [first] = holdings;
  if (!first) return null;
  const { instrument, quantity, terms } = first;
  return {
    instrument,
    short: quantity.isNegative(),
    charged: holdings.filter((holding) => !isFullyPaid(holding)),
    kind: terms.kind,
    value: sum(currency, holdings.map((holding) => positive(holding, currency)), { label: `Position in ${instrument}`, subject: { instrument } }),
    units: sum('shares', holdings.map((holding) => countOf(holding, holding.quantity.abs())), { label: `Shares of ${instrument}`, subject: { instrument } }),
  };
}

function positive({ value, quantity, instrument }: Holding, currency: string): Figure {
  return quantity.isNegative() ? difference(currency, [zeroFigure(currency, 'Nothing'), value], { label: `Short market value of ${instrument}` }) : value;
}

function netBySector(stock: readonly StockHolding[], context: StrategyContext): Map<string, Figure> {
  const known = stock.flatMap((holding) => {
    const sector = sectorOf(holding.instrument, context);
    return sector === null ? [] : [{ sector, holding }];
  });
  const nets = [...Map.groupBy(known, ({ sector }) => sector)].map(([sector, members]): [string, Figure] => [
    sector,
    sum(context.currency, members.map(({ holding }) => holding.value), { label: `Net market value in ${sector}` }),
  ]);
  return new Map(nets);
}

/** The issuer's industry as the market data have it; null when they do not. */
export function sectorOf(instrument: InstrumentId, { market }: StrategyContext): string | null {
  return market.input.stats?.get(instrument)?.sector ?? null;
}
