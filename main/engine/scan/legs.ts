import type { Instrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Unpriced } from '../margin-model.ts';
import type { Holding, SetAside } from '../pool/holding.ts';
import { rangeOf } from './classes/portfolio-type.ts';
import type { ContractHolding } from './contracts.ts';
import { givenArray } from './given-array.ts';
import { isTooLong, type ScanLeg, type UnitArray } from './leg.ts';
import { optionArray } from './options/option-array.ts';
import { futureArray, stockArray } from './range-array.ts';
import type { ScanRules } from './rules.ts';
import { commodityOf } from './span/find-commodity.ts';

/** A pool's legs by what they are scanned with: an underlying, or a commodity. */
export interface GroupedLegs {
  groups: Map<string, ScanLeg[]>;
  setAside: SetAside[];
  unpriced: Unpriced[];
  /** By their holdings, but for those of contracts. */
  legOf: ReadonlyMap<Holding, ScanLeg>;
}

const ZERO = new Decimal(0);

/** Every holding with its array; those for which there is none stand aside with the reason. Legs of holdings that were scanned before are those of then. */
export function legsOf(holdings: readonly Holding[], contracts: readonly ContractHolding[], market: MarketView, scan: ScanRules, before?: GroupedLegs['legOf']): GroupedLegs {
  const groups = new Map<string, ScanLeg[]>();
  const setAside: SetAside[] = [];
  const put = (group: string, leg: ScanLeg): ScanLeg => {
    const own = groups.get(group);
    if (own) own.push(leg);
    else groups.set(group, [leg]);
    return leg;
  };
  const take = (leg: Omit<ScanLeg, 'array'>, known?: ScanLeg): ScanLeg | null => {
    const group = groupOf(leg.instrument, leg.terms, market, scan);
    if (known && group !== null) return put(group, known);
    const array = group === null ? `no commodity of the rule packs has it` : arrayOf(leg, group, market, scan);
    const problem = typeof array === 'string' ? array : isTooLong({ ...leg, array }) ? 'quantity and risk array have too many digits to multiply' : null;
    if (problem !== null || typeof array === 'string') setAside.push(asideOf(leg, group ?? leg.instrument, problem ?? ''));
    else if (group !== null) return put(group, { ...leg, array });
    return null;
  };
  const legOf = new Map<Holding, ScanLeg>();
  for (const holding of holdings) {
    const { instrument, subType, terms, quantity, price, multiplier, value, localValue, conversion } = holding;
    const leg = take({ instrument, subType, terms, quantity, price, multiplier, value, localValue, conversion }, before?.get(holding));
    if (leg) legOf.set(holding, leg);
  }
  for (const { gain, localGain, ...contract } of contracts) take({ ...contract, value: gain, localValue: contract.price && localGain });
  const unsure = [...groups.values()].flat().flatMap(({ instrument, quantity, array: { problemWhenShort } }) => (problemWhenShort !== undefined && quantity.isNegative() ? [{ instrument, reason: problemWhenShort, indeterminate: true }] : []));
  const unpriced = contracts.flatMap(({ instrument, problem }) => (problem === null ? [] : [{ instrument, reason: problem, indeterminate: true }]));
  return { groups: new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))), setAside, unpriced: [...unpriced, ...unsure], legOf };
}

function groupOf(instrument: InstrumentId, terms: Instrument, market: MarketView, scan: ScanRules): string | null {
  if (scan.method === 'commodities') return commodityOf(instrument, terms, market, scan);
  return terms.kind === 'option' || terms.kind === 'future' ? (terms.underlying ?? instrument) : instrument;
}

/** Given with the market, else computed from what the packs say of the range. */
function arrayOf({ instrument, terms, price }: Omit<ScanLeg, 'array'>, group: string, market: MarketView, scan: ScanRules): UnitArray | string {
  const given = market.input.riskArrays?.get(instrument);
  if (given) return givenArray(instrument, given, scan.set, terms.currency);
  const { scenarios } = scan.set;
  if (scan.method === 'commodities') {
    return arrayInCommodity(instrument, terms, group, market, scan);
  }
  const range = rangeOf(group, market, scan);
  if (!range) return `no portfolio type of the rule packs takes ${group}`;
  if (terms.kind === 'option') return optionArray(instrument, terms, { down: range.down, up: range.up, vol: range.vol, extreme: scan.extreme }, market, scan);
  if (terms.kind === 'perpetual' || (terms.kind === 'future' && !terms.underlying)) return `positions of kind ${terms.kind} are not scanned by class`;
  return price ? stockArray(instrument, price, scenarios, range, scan.extreme) : market.priceProblem(instrument);
}

/** From the scan ranges of the commodity: a future's exactly, an option's by a model on what it is on. */
function arrayInCommodity(instrument: InstrumentId, terms: Instrument, group: string, market: MarketView, scan: ScanRules): UnitArray | string {
  const commodity = scan.commodities.get(group);
  if (!commodity || commodity.priceScanRange === undefined) return 'it has no risk array, and its commodity no price scan range';
  if (terms.currency !== commodity.currency) return `it is in ${terms.currency}, and its commodity in ${commodity.currency}`;
  const range = fromDecimalText(commodity.priceScanRange);
  const extreme = commodity.extreme ?? scan.extreme;
  if (terms.kind === 'future' || terms.kind === 'perpetual') return futureArray(instrument, range, scan.set.scenarios, extreme, terms.currency);
  if (terms.kind !== 'option') return 'it has no risk array';
  const price = market.price(terms.underlying);
  if (commodity.volScanRange === undefined) return 'it has no risk array, and its commodity no volatility scan range';
  if (!price?.amount.gt(0)) return price ? `${terms.underlying} has no price above zero` : market.priceProblem(terms.underlying);
  if (!terms.multiplier) return 'its multiplier is not known';
  // The range is money of a contract; the model wants it as a share of the price.
  const share = range.div(terms.multiplier).div(price.amount);
  return optionArray(instrument, terms, { down: share, up: share, vol: fromDecimalText(commodity.volScanRange), extreme }, market, scan);
}

function asideOf({ instrument, subType, quantity, price, terms }: Omit<ScanLeg, 'array'>, group: string, reason: string): SetAside {
  // A long option or stock can lose no more than its value, which then counts for nothing; anything else is not known.
  const paid = quantity.gt(ZERO) && terms.kind !== 'future' && terms.kind !== 'perpetual';
  return { instrument, subType, quantity: toDecimalText(quantity), price: price && toDecimalText(price.amount), group, reason, indeterminate: !paid, badges: ['unpriced'] };
}
