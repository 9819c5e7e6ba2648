import type { FutureInstrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import type { RuleReference } from '../../../shared/explain.ts';
import { fromDecimalText, type Decimal } from '../../../shared/money.ts';
import { input, product as times, sum, type Figure } from '../figure/figure.ts';
import type { LayeredProduct, Rules } from '../packs/rules.ts';
import type { FutureRate } from '../packs/schema.ts';

/** Margin of one contract on a day, in the product's currency, with what it rests on. */
export interface ContractMargin {
  root: string;
  title: string;
  currency: string;
  /** What one contract counts: the terms' own, or the pack's where the terms do not say. */
  multiplier: Decimal;
  exchange: ContractRate;
  /** Null where no layer above the regulator's has the product. */
  house: ContractRate | null;
}

export interface ContractRate {
  initial: Figure;
  maintenance: Figure;
  rule: RuleReference;
}

/**
 * The margin of one contract under the rules on a day, or the reason why there is none. Where only the house has the
 * product, its rate stands for the exchange's too: a clearing firm never asks for less than the exchange.
 */
export function contractMargin(instrument: InstrumentId, terms: FutureInstrument, day: string, rules: Rules): ContractMargin | string {
  const roots = rootsOf(instrument, terms);
  const known = roots.map((name) => rules.future(name, 'house') ?? rules.future(name, 'exchange')).find((product) => product !== null);
  if (!known) return `no rule pack of ${rules.packs.join(', ')} knows the product ${roots[0] ?? instrument}`;
  const { root } = known;
  const [exchange, house] = (['exchange', 'house'] as const).map((by) => rateOf(rules.future(root, by), day, rules));
  const usable = [exchange, house].filter((rate) => typeof rate === 'object' && rate !== null);
  const [first] = usable;
  if (!first) return `${[exchange, house].find((rate) => typeof rate === 'string') ?? `no margin of ${root} is known`}, and no other margin says anything of ${day}: add a pack with the margins in force, as house-futures does`;
  const { title, currency, multiplier } = known.product;
  if (terms.currency !== currency) return `it is in ${terms.currency}, and the product ${root} of the rule packs in ${currency}`;
  if (terms.multiplier && terms.multiplier !== multiplier) return `it counts ${terms.multiplier} a contract, and the product ${root} of the rule packs ${multiplier}`;
  const houseRate = typeof house === 'object' ? house : null;
  return { root, title, currency, multiplier: fromDecimalText(multiplier), exchange: typeof exchange === 'object' && exchange ? exchange : standIn(first, exchange ?? null), house: houseRate };
}

/** `ESZ6`, `/ESZ26` and `6EH7:EUR` carry their product before a month letter and a year. */
const CONTRACT_NAME = /^\/?([A-Z0-9]{1,8})[FGHJKMNQUVXZ]\d{1,2}(?::[A-Z]+)?$/;

/** Names that the product may go by: what the contract is on, and the root of its own name. */
function rootsOf(instrument: InstrumentId, { underlying }: FutureInstrument): string[] {
  const own = CONTRACT_NAME.exec(instrument)?.[1];
  return [...(underlying ? [underlying.replace(/^\//, '').replace(/:[A-Z]+$/, '')] : []), ...(own === undefined ? [] : [own])];
}

/** Contracts that say the same here have the same margin. */
export function contractKey(instrument: InstrumentId, terms: FutureInstrument): string {
  return [...rootsOf(instrument, terms), terms.currency, terms.multiplier ?? ''].join(' ');
}

/** The house's rate in the exchange's place, which says so, and why the exchange's own is not there. */
function standIn({ initial, maintenance, rule }: ContractRate, reason: string | null): ContractRate {
  const why = reason ?? 'no pack has the exchange’s';
  const instead = (rate: Figure): Figure => sum(rate.unit, [rate], { label: `The house’s for the exchange’s, since ${why}`, rule });
  return { initial: instead(initial), maintenance: instead(maintenance), rule };
}

/** The rate in force on the day; a reason where the product is there but the day is not covered; null without the product. */
function rateOf(layered: LayeredProduct | null, day: string, rules: Rules): ContractRate | string | null {
  if (!layered) return null;
  const { root, pack, product } = layered;
  if (product.knownUntil !== undefined && day > product.knownUntil) return `${pack} knows the margins of ${root} only until ${product.knownUntil}`;
  const rates = product.rates.filter(({ effectiveFrom }) => effectiveFrom <= day).toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const rate = rates.at(-1);
  return rate ? figuresOf(layered, rate, rules) : `${pack} knows no margin of ${root} as early as ${day}`;
}

function figuresOf({ root, pack, product: { currency } }: LayeredProduct, rate: FutureRate, rules: Rules): ContractRate {
  const rule: RuleReference = { pack, cites: rate.cites, parameter: `futures.${root} from ${rate.effectiveFrom}`, status: rate.status };
  const unit = `${currency}/contract`;
  const stated = (amount: string, what: string): Figure => input(fromDecimalText(amount), unit, { label: `${what} margin of one ${root} contract`, rule, source: `rule pack ${pack}, in force from ${rate.effectiveFrom}` });
  const maintenance = stated(rate.maintenance, 'Maintenance');
  if (rate.initial !== undefined) return { initial: stated(rate.initial, 'Initial'), maintenance, rule };
  const speculator = rules.parameter('future.speculatorInitial');
  return { initial: times(unit, [speculator.figure, maintenance], { label: `Initial margin of one ${root} contract`, rule: speculator.rule }), maintenance, rule };
}
