import type { RuleReference } from '../../../shared/explain.ts';
import type { Figure } from '../figure/figure.ts';
import type { BondHolding, Holding, StockHolding } from '../pool/holding.ts';
import type { ResolvedParameter } from '../packs/rules.ts';
import { chargeBond } from './bond.ts';
import { anyUnverified, charge, countOf, marketValue, zeroFigure, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import type { Leg } from './pairing.ts';
import { chargeLongStock } from './stock.ts';

/** What can be long against short stock: the same security, or one that can be turned into it. */
export type LongAgainst = StockHolding | BondHolding;

/** 12 CFR 220.4(b)(2): a short sale against the box is treated as a long sale, so neither leg needs margin. */
const REG_T_BOX: Omit<RuleReference, 'pack'> = { cites: '12 CFR 220.4(b)(2)', status: 'verified' };
/** 12 CFR 220.12(c)(2): 100 % of the short market value, which are its proceeds. */
const REG_T_EXCHANGEABLE: Omit<RuleReference, 'pack'> = { cites: '12 CFR 220.12(c)(2)', status: 'verified' };

/**
 * Long and short in one security: 5 % of the long market value (FINRA 4210(e)(1)); a security that can be exchanged into
 * the one sold short, 10 %. The long leg carries it. The rule's text was not found: both rates are recalled.
 */
export function chargeAgainst(long: Leg<LongAgainst>, short: Leg<StockHolding>, context: StrategyContext): LegCharge[] | null {
  const same = long.holding.instrument === short.holding.instrument;
  const rate = context.rules.parameter(same ? 'exchange.stock.box' : 'exchange.stock.exchangeable');
  const house = context.rules.optional(same ? 'house.stock.box' : 'house.stock.exchangeable');
  const regT = same ? zeroOf('The long leg of a box', REG_T_BOX, context) : ownRegT(long, context);
  if (!regT) return null;
  const value = marketValue(long.holding, countOf(long.holding, long.quantity), context.currency);
  const required = (label: string, { figure, rule }: ResolvedParameter): Figure => charge(label, figure, value, context.currency, rule);
  const carried = { holding: long.holding, quantity: long.quantity, regT, exchange: required('Exchange maintenance, long and short', rate), house: house && required('House maintenance, long and short', house) };
  const nothing = zeroFigure(context.currency, `Charged with ${long.holding.instrument}`);
  const offset = { holding: short.holding, quantity: short.quantity, regT: zeroOf('The short leg: its proceeds are enough', same ? REG_T_BOX : REG_T_EXCHANGEABLE, context), exchange: nothing, house: house && nothing };
  const about = { houseInitial: null, exchangeRule: rate.rule.cites, houseRule: house?.rule.cites ?? null, exchangeParts: null, houseParts: null, unverified: anyUnverified([rate.rule, house?.rule]) };
  return [legCharge({ ...carried, ...about }, context), legCharge({ ...offset, ...about }, context)];
}

function ownRegT({ holding, quantity }: Leg<LongAgainst>, context: StrategyContext): Figure | null {
  return (holding.class === 'bond' ? chargeBond(holding, quantity, context) : chargeLongStock(holding, quantity, context)).regT;
}

function zeroOf(label: string, rule: Omit<RuleReference, 'pack'>, { currency, rules }: StrategyContext): Figure {
  const zero = zeroFigure(currency, label);
  return { ...zero, about: { ...zero.about, rule: { ...rule, pack: rules.packs[0] ?? '' } } };
}

/** The stock that a holding can be turned into, and how much of it one unit gives; null when it cannot. */
export function exchangesInto(holding: Holding): { instrument: string; quantity: string } | null {
  return holding.class === 'stock' || holding.class === 'bond' ? (('exchangeableInto' in holding.terms ? holding.terms.exchangeableInto : undefined) ?? null) : null;
}
