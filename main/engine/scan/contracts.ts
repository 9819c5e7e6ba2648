import type { FutureInstrument, InstrumentId, PerpetualInstrument } from '../../../shared/domain/instrument.ts';
import type { SubType } from '../../../shared/domain/facts.ts';
import { Decimal, fromDecimalText, isDecimalText, toDecimalText } from '../../../shared/money.ts';
import { quantityInLots } from '../../../shared/quantum.ts';
import { input, type Figure } from '../figure/figure.ts';
import { variationOf } from '../fixed/variation.ts';
import type { PoolInput, PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { digitsProblem } from '../pool/digits.ts';
import type { SetAside } from '../pool/holding.ts';

/** Futures of a pool: rows of one instrument and sub-type added up, with what the next settlement pays. */
export interface ContractHolding {
  instrument: InstrumentId;
  subType: SubType;
  terms: FutureInstrument | PerpetualInstrument;
  quantity: Decimal;
  price: Figure | null;
  multiplier: Figure;
  conversion: readonly Figure[];
  /** Gain since the last settlement, in the pool's currency and in its own. */
  gain: Figure;
  localGain: Decimal;
  /** Why the gain is not known. */
  problem: string | null;
}

/** The futures that can be scanned, and those that cannot, with the reason: either side can lose more than was paid. */
export function prepareContracts(pool: Pick<PoolInput, 'currency'> & { positions: readonly PositionInput[] }, market: MarketView, rules: Rules): { contracts: ContractHolding[]; setAside: SetAside[] } {
  const rows = pool.positions.filter(({ instrument }) => isContract(market.terms(instrument)?.kind));
  const contracts: ContractHolding[] = [];
  const setAside: SetAside[] = [];
  const groups = [...Map.groupBy(rows, ({ instrument, subType }) => `${instrument}\n${subType}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [, same] of groups) {
    const prepared = prepareContract(same, pool.currency, market, rules);
    if ('reason' in prepared) setAside.push(prepared);
    else contracts.push(prepared);
  }
  return { contracts, setAside };
}

export function isContract(kind: string | undefined): boolean {
  return kind === 'future' || kind === 'perpetual';
}

function prepareContract(rows: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): ContractHolding | SetAside {
  const { instrument, subType } = rows[0] as PositionInput;
  const terms = market.terms(instrument) as ContractHolding['terms'];
  const price = market.price(instrument);
  const quantity = rows.reduce((sum, row) => sum.plus(fromDecimalText(row.quantity)), new Decimal(0));
  const written = toDecimalText(quantity);
  const refuse = (reason: string, badge: SetAside['badges'][number] = 'notMarginedYet'): SetAside => ({
    instrument,
    subType,
    quantity: isDecimalText(written) ? written : (rows[0] as PositionInput).quantity,
    price: price && toDecimalText(price.amount),
    group: instrument,
    reason,
    indeterminate: true,
    badges: [badge],
  });
  if (terms.kind === 'future' && terms.expiry && terms.expiry < market.businessDate) return refuse(`it expired on ${terms.expiry}`, 'expired');
  if (terms.settlement === 'inverse') return refuse('inverse contracts are not scanned by this method');
  if (terms.multiplier === null || terms.multiplier === undefined) return refuse('its multiplier is not known');
  if (!isDecimalText(written) || rows.some((row) => !quantityInLots(row.quantity, rules.quantityLot).ok)) return refuse(`its quantity is not a whole number of lots of ${rules.quantityLot}`);
  const conversion = market.conversion(terms.currency, currency);
  if (!conversion) return refuse(`no exchange rate from ${terms.currency} into ${currency} is known`);
  const multiplier = fromDecimalText(terms.multiplier);
  const widest = rows.reduce((sum, row) => sum.plus(fromDecimalText(row.quantity).abs()), new Decimal(0));
  const prices = [price?.amount ?? new Decimal(0), ...rows.flatMap(({ settledPrice }) => (settledPrice ? [fromDecimalText(settledPrice)] : []))];
  const tooLong = prices.map((amount) => digitsProblem([widest, multiplier, amount.abs().plus(1), ...conversion.map((rate) => rate.amount)], market.decimalsMax)).find((problem) => problem !== null);
  if (tooLong !== undefined) return refuse(tooLong);
  const { figure, local, problem } = variationOf({ instrument, rows, price, quantity, conversion, margin: { multiplier } }, currency);
  return { instrument, subType, terms, quantity, price, multiplier: input(multiplier, 'factor', { label: () => `Multiplier of ${instrument}`, source: 'contract terms' }), conversion, gain: figure, localGain: local, problem };
}
