import type { SubType } from '../../../shared/domain/facts.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { input, product, rounded, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Holding, SetAside } from '../pool/holding.ts';
import { slopeAt, volatilityNow } from '../scan/options/option-array.ts';
import type { ContractHolding } from '../scan/contracts.ts';

/** A holding with the money its price stands for when the underlying moves: quantity × multiplier × delta × price. */
export interface DeltaLeg {
  instrument: string;
  subType: SubType;
  quantity: Decimal;
  price: Figure | null;
  value: Figure;
  localValue: Decimal | null;
  underlying: string;
  /** Signed, in the pool's currency. */
  exposure: Figure;
  /** Why a short position's figure must not be relied on. */
  problem: string | null;
}

/** Places of an exposure in money: a model's delta is in it. Half to even. */
const MONEY_PLACES = 4;
/** Places of a model's delta; what comes after is noise. */
const DELTA_PLACES = 6;

type Held = Pick<Holding | ContractHolding, 'instrument' | 'subType' | 'quantity' | 'multiplier' | 'conversion'> & { terms: Instrument; price: Figure | null; value: Figure; localValue: Decimal | null };

/** The leg of a holding, or why there is none. */
export function deltaLeg(held: Held, currency: string, market: MarketView, rate: number): DeltaLeg | SetAside {
  const { instrument, terms, quantity, multiplier, conversion } = held;
  const underlying = terms.kind === 'option' ? terms.underlying : instrument;
  const price = market.price(underlying);
  if (!price) return aside(held, underlying, market.priceProblem(underlying));
  const subject = { instrument };
  const count = input(quantity, terms.kind === 'option' ? 'contracts' : 'units', { label: () => `Quantity of ${instrument}`, source: 'position', subject });
  const scale = multiplier.amount.eq(1) ? [] : [multiplier];
  const about = { label: () => `Delta of ${instrument}, in money`, subject };
  if (terms.kind !== 'option') return { ...held, underlying, exposure: product(currency, [count, ...scale, price, ...conversion], about), problem: null };
  const now = volatilityNow(instrument, terms, market, { rate });
  if (typeof now === 'string') return aside(held, underlying, now);
  const slope = new Decimal(slopeAt(now.option, now.option.spot, now.volatility)).toDecimalPlaces(DELTA_PLACES).plus(0);
  const delta = input(slope, 'delta', { label: () => `Delta of one ${instrument}`, source: () => `model at volatility ${now.volatility.toFixed(6)}`, subject });
  return { ...held, underlying, exposure: rounded(product(currency, [count, ...scale, delta, price, ...conversion], about), { name: 'half-even', places: MONEY_PLACES }), problem: now.problemWhenShort ?? null };
}

function aside({ instrument, subType, quantity, price, terms }: Held, group: string, reason: string): SetAside {
  const paid = terms.kind === 'option' && !quantity.isNegative();
  return { instrument, subType, quantity: toDecimalText(quantity), price: price && toDecimalText(price.amount), group, reason, indeterminate: !paid, badges: ['unpriced'] };
}
