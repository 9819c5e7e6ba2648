import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, product, sum, type Figure } from '../figure/figure.ts';
import type { Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { PoolWorth } from '../pool/equity.ts';
import { digitsProblem } from '../pool/digits.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { bracketTerms } from './terms.ts';

type Collateral = NonNullable<PreparedPool['input']['collateral']>[number];

/**
 * What a venue pool is worth: its money, the segment's, gains not yet paid out, and assets put up, which count for their
 * value in net liquidation value and for that less a haircut in equity.
 */
export function bracketWorth({ cash, input: pool }: PreparedPool, gains: readonly Figure[], gross: readonly Figure[], market: MarketView, rules: Rules): { worth: PoolWorth; unpriced: Unpriced[] } {
  const { currency, collateral = [], external } = pool;
  const assets = [...collateral].toSorted((a, b) => (a.instrument < b.instrument ? -1 : 1)).map((row) => ({ row, valued: assetValue(row, currency, market, rules) }));
  const valued = assets.flatMap(({ valued: asset }) => ('value' in asset ? [asset] : []));
  const outside = external?.unrealisedPnl === undefined ? [] : [input(fromDecimalText(external.unrealisedPnl), currency, { label: 'Gains of positions not seen one by one', source: 'external' })];
  const segment = cash.futuresSegment ? [cash.futuresSegment] : [];
  const gain = sum(currency, gains, { label: 'Gains of positions, and options' });
  const parts = (counted: readonly Figure[]): Figure[] => [cash.equity, ...segment, gain, ...outside, ...counted];
  return {
    worth: {
      netLiq: sum(currency, parts(valued.map(({ value }) => value)), { label: 'Net liquidation value' }),
      equity: sum(currency, parts(valued.map(({ counted }) => counted)), { label: 'Equity' }),
      gross: sum(currency, gross, { label: 'Gross notional value' }),
      grossBy: 'notional value',
    },
    unpriced: assets.flatMap(({ row, valued: asset }) => ('reason' in asset ? [{ instrument: row.instrument, reason: asset.reason, indeterminate: false }] : [])),
  };
}

/** An asset that cannot be valued counts for nothing, which is never too much. */
function assetValue({ instrument, quantity, haircut }: Collateral, currency: string, market: MarketView, rules: Rules): { value: Figure; counted: Figure } | { reason: string } {
  const terms = market.terms(instrument);
  const price = market.price(instrument);
  if (!terms) return { reason: 'put up, but its terms are not known' };
  if (!price) return { reason: `put up, but ${market.priceProblem(instrument)}` };
  const conversion = market.conversion(terms.currency, currency);
  if (!conversion) return { reason: `put up, but no exchange rate from ${terms.currency} into ${currency} is known` };
  const cut = haircut === undefined ? bracketTerms(rules).haircut(instrument) : input(fromDecimalText(haircut), 'ratio', { label: `Haircut on ${instrument}`, source: 'stated with the collateral' });
  if (!cut) return { reason: 'put up, but no rule pack sets its haircut' };
  const tooLong = digitsProblem([fromDecimalText(quantity), price.amount, cut.amount, ...conversion.map(({ amount }) => amount)], market.decimalsMax, 'quantity, price, haircut and exchange rate');
  if (tooLong !== null) return { reason: `put up, but ${tooLong}` };
  const count = input(fromDecimalText(quantity), 'units', { label: `${instrument} put up`, source: 'collateral', subject: { instrument } });
  const value = product(currency, [count, price, ...conversion], { label: `Value of ${instrument} put up`, subject: { instrument } });
  const kept = difference('ratio', [input(new Decimal(1), 'ratio', { label: 'All of its value', source: 'by definition' }), cut], { label: 'Share that counts' });
  return { value, counted: product(currency, [value, kept], { label: `${instrument} put up, less its haircut`, subject: { instrument } }) };
}
