import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import { difference, greatest, input, product, rounded, sum, type Figure } from '../../figure/figure.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { ScanLeg } from '../leg.ts';
import type { Cited, ScanRules } from '../rules.ts';
import type { Commodity } from '../section.ts';
import { nothing, scanRisk, scanTable, type ScanFrame, type ScanTable } from '../table.ts';
import { deltaBook, magnitude, sideOf, type DeltaBook } from './deltas.ts';

/** One commodity of a pool, scanned, with its deltas. */
export interface CommodityScan {
  id: string;
  terms: Cited<Commodity>;
  table: ScanTable;
  deltas: DeltaBook;
  /** Turns the commodity's currency into the pool's. */
  money: readonly Figure[];
}

/** What a commodity asks: of the clearing house, and of a client. */
export interface CommodityRequirement {
  clearing: Figure;
  initial: Figure;
  maintenance: Figure;
}

export function scanCommodity(id: string, terms: Cited<Commodity>, legs: readonly ScanLeg[], money: readonly Figure[], market: MarketView, frame: ScanFrame): CommodityScan {
  return { id, terms, table: scanTable(legs, frame), deltas: deltaBook(legs, terms, market), money };
}

/** The parts a commodity's requirement is made of, in the pool's currency. */
export interface CommodityParts {
  intra: Figure;
  credit: Figure;
}

/** The formulas by the order in which credit is taken off, as the clearing houses write them. */
export const FORMULAS = {
  creditThenMinimum: { commodityRisk: 'max(scan + intra + delivery - interCredit, SOM)', requirement: 'sum(commodityRisk) - NOV' },
  minimumThenCredit: { commodityRisk: 'max(scan + intra + delivery, SOM) - interCredit', requirement: 'sum(commodityRisk) - NOV' },
} as const;

/** Scan risk, charges and credit of one commodity put together in the order that the pack declares. */
export function commodityRequirement(commodity: CommodityScan, { intra, credit }: CommodityParts, { order }: ScanRules, frame: ScanFrame): CommodityRequirement {
  const { terms, table } = commodity;
  const { currency } = frame;
  const about = { subject: { group: terms.title } };
  const scan = scanRisk(table.gainFigure, table.row, frame, { label: 'Scan risk', ...about });
  const minimum = shortOptionMinimum(commodity, currency);
  const charged = sum(currency, [scan, intra, spotCharge(commodity, currency)], { label: 'Scan risk and charges', ...about });
  const label = `${terms.title}: ${FORMULAS[order.value].commodityRisk}`;
  const clearing =
    order.value === 'creditThenMinimum'
      ? greatest(currency, [difference(currency, [charged, credit], { label: 'Less credit between commodities' }), minimum], { label, rule: order.rule, ...about })
      : difference(currency, [greatest(currency, [charged, minimum], { label: 'At least the short option minimum' }), credit], { label, rule: order.rule, ...about });
  return { clearing, initial: clientAmount(clearing, terms, 'initial', currency), maintenance: clientAmount(clearing, terms, 'maintenance', currency) };
}

/** For each delta of a delivery month: one rate where spreads use it, another where it stays outright. */
function spotCharge({ terms, deltas, money }: CommodityScan, currency: string): Figure {
  const charges = (terms.spotMonths ?? []).flatMap(({ month, spread, outright }) => {
    const rate = (value: string, what: string): Figure => input(fromDecimalText(value), `${terms.currency}/delta`, { label: `Charge for ${what} in ${month}`, source: `rule pack ${terms.rule.pack}`, rule: terms.rule });
    return [...deltas.whole].flatMap(([expiry, whole]) => {
      const left = deltas.left.get(expiry);
      const side = sideOf(whole.amount);
      if (!expiry.startsWith(month) || !left || side === 0) return [];
      const remaining = magnitude(left, side);
      const used = difference('delta', [magnitude(whole, side), remaining], { label: 'Used by spreads' });
      return [
        product(currency, [used, rate(spread, 'deltas in spreads'), ...money], { label: `Delivery month ${month}, in spreads` }),
        product(currency, [remaining, rate(outright, 'outright deltas'), ...money], { label: `Delivery month ${month}, outright` }),
      ];
    });
  });
  return sum(currency, charges, { label: 'Delivery months' });
}

/** So much for each short option, or for those of the dearer side. */
function shortOptionMinimum({ terms, table, money }: CommodityScan, currency: string): Figure {
  const { shortOptionMinimum: minimum } = terms;
  if (!minimum) return nothing(currency, 'No short option minimum');
  const short = (right: 'call' | 'put'): Figure => {
    const legs = table.legs.filter((leg) => leg.terms.kind === 'option' && leg.terms.right === right && leg.quantity.isNegative());
    return sum('contracts', legs.map(({ instrument, quantity }) => input(quantity.abs(), 'contracts', { label: () => `Short ${instrument}`, source: 'position', subject: { instrument } })), { label: `Short ${right}s` });
  };
  const [calls, puts] = [short('call'), short('put')];
  const count = minimum.counts === 'all' ? sum('contracts', [calls, puts], { label: 'Short options' }) : greatest('contracts', [calls, puts], { label: 'Short options of the dearer side' });
  const rate = input(fromDecimalText(minimum.rate), `${terms.currency}/contract`, { label: 'Minimum for one short option', source: `rule pack ${terms.rule.pack}`, rule: terms.rule });
  return product(currency, [count, rate, ...money], { label: 'Short option minimum', rule: terms.rule });
}

/** A client's amount as a multiple of the clearing house's, rounded as the pack says. */
function clientAmount(clearing: Figure, { client, rule, title }: Cited<Commodity>, what: 'initial' | 'maintenance', currency: string): Figure {
  if (!client || (client[what] === '1' && !client.rounding)) return clearing;
  const multiple = input(new Decimal(client[what]), 'ratio', { label: `Client ${what}, of the clearing requirement`, source: `rule pack ${rule.pack}`, rule });
  const amount = product(currency, [multiple, clearing], { label: `${title}: client ${what}`, rule });
  return client.rounding ? rounded(amount, client.rounding) : amount;
}
