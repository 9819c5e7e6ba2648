import type { SubType } from '../../../shared/domain/facts.ts';
import type { FutureInstrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText, isDecimalText, toDecimalText } from '../../../shared/money.ts';
import { quantityInLots } from '../../../shared/quantum.ts';
import type { Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { digitsProblem } from '../pool/digits.ts';
import type { SetAside } from '../pool/holding.ts';
import { contractMargin, type ContractMargin } from './product.ts';

/** Contracts of one future whose margin is known: rows of the same instrument and sub-type added up. */
export interface FutureHolding {
  instrument: InstrumentId;
  subType: SubType;
  terms: FutureInstrument;
  /** Signed and netted; zero where longs and shorts of different settlement prices cancel. */
  quantity: Decimal;
  rows: readonly PositionInput[];
  margin: ContractMargin;
  /** Null without a mark: the requirement does not need one, the gain since the last settlement does. */
  price: Figure | null;
  /** Factors that turn the product's currency into the pool's: none or one. */
  conversion: readonly Figure[];
}

/** Rows that are one holding, by instrument and sub-type: contracts that can be margined, or why they cannot; null where nothing is left of them. */
export function prepareContract(rows: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): FutureHolding | SetAside | null {
  const prepared = prepareFuture(rows.toSorted(bySettlement), currency, market, rules);
  return 'reason' in prepared || !isFlat(prepared) ? prepared : null;
}

function prepareFuture(rows: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): FutureHolding | SetAside {
  const { instrument, subType } = rows[0] as PositionInput;
  const terms = market.terms(instrument);
  const price = market.price(instrument);
  const total = rows.reduce((sum, row) => sum.plus(fromDecimalText(row.quantity)), new Decimal(0));
  const refuse = (reason: string, badge: SetAside['badges'][number] = 'notMarginedYet'): SetAside => ({
    instrument,
    subType,
    quantity: writable(total) ?? (rows[0] as PositionInput).quantity,
    price: price && toDecimalText(price.amount),
    group: instrument,
    reason,
    // Long or short, a future can lose more than was ever paid for it.
    indeterminate: true,
    badges: [badge],
  });
  if (!terms) return refuse('its terms are not known');
  if (terms.kind !== 'future') return refuse(`positions of kind ${terms.kind} have no margin per contract`);
  if (terms.expiry && terms.expiry < market.businessDate) return refuse(`it expired on ${terms.expiry}`, 'expired');
  if (rows.some(({ quantity }) => !quantityInLots(quantity, rules.quantityLot).ok)) return refuse(`the quantity ${writable(total) ?? ''} is not a whole number of contracts`);
  const margin = contractMargin(instrument, terms, market.businessDate, rules);
  if (typeof margin === 'string') return refuse(margin);
  const conversion = market.conversion(margin.currency, currency);
  if (!conversion) return refuse(`no exchange rate from ${margin.currency} into ${currency} is known`);
  const widest = rows.map((row) => fromDecimalText(row.quantity).abs()).reduce((sum, quantity) => sum.plus(quantity), new Decimal(0));
  const prices = [...(price ? [price.amount] : []), ...rows.flatMap(({ settledPrice }) => (settledPrice ? [fromDecimalText(settledPrice)] : []))];
  const tooLong = [...prices, margin.exchange.initial.amount, margin.house?.initial.amount ?? new Decimal(0)]
    .map((amount) => digitsProblem([widest, margin.multiplier, amount.abs().plus(1), ...conversion.map((rate) => rate.amount)], market.decimalsMax))
    .find((problem) => problem !== null);
  if (tooLong !== undefined) return refuse(tooLong);
  return { instrument, subType, terms, quantity: total, rows, margin, price, conversion };
}

/** Nothing is left of it, neither contracts nor a gain that is still to be paid. */
function isFlat({ quantity, rows }: FutureHolding): boolean {
  return quantity.isZero() && new Set(rows.filter((row) => row.quantity !== '0').map(({ settledPrice }) => settledPrice)).size <= 1;
}

function bySettlement(a: PositionInput, b: PositionInput): number {
  const key = ({ settledPrice, quantity }: PositionInput): string => `${settledPrice ?? ''}\n${quantity}`;
  return key(a) < key(b) ? -1 : Number(key(a) > key(b));
}

function writable(amount: Decimal): string | null {
  const text = toDecimalText(amount);
  return isDecimalText(text) ? text : null;
}
