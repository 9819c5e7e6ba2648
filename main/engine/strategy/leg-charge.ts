import type { Decimal } from '../../../shared/money.ts';
import { greatest, sum, type Figure } from '../figure/figure.ts';
import type { Holding } from '../pool/holding.ts';
import { ZERO, countOf, marketValue, type StrategyContext } from './context.ts';

/** An option leg's requirement in parts, in the pool's currency; see `optionParts` in shared/domain/margin-state.ts. */
export interface Parts {
  risk: Decimal;
  shortOptionValue: Decimal;
  longPremium: Decimal;
  /** Market value of the leg when it is short, else 0. */
  shortMarketValue: Decimal;
}

/** What one leg (a holding, or part of one) is charged under each stack, in the pool's currency. */
export interface LegCharge {
  holding: Holding;
  /** Units of the holding in this leg, positive. */
  quantity: Decimal;
  regT: Figure;
  exchange: Figure;
  /** What the exchange asks when it is opened: more than `exchange` only for stock that an option protects. */
  exchangeInitial: Figure;
  houseInitial: Figure;
  houseMaintenance: Figure;
  /** Citation of the rule that decided the house maintenance. */
  rule: string;
  parts: Parts | null;
  /** True when a parameter that took part is only recalled. */
  unverified: boolean;
}

/** A leg's own requirements, before the house is floored at the exchange. */
export interface OwnRequirements {
  holding: Holding;
  quantity: Decimal;
  regT: Figure;
  exchange: Figure;
  /** Left out where it is the maintenance. */
  exchangeInitial?: Figure;
  /** The house's own maintenance and initial; null where the house sets none. */
  house: Figure | null;
  houseInitial: Figure | null;
  exchangeRule: string;
  houseRule: string | null;
  /** Parts of the exchange requirement, and of the house's own. */
  exchangeParts: Parts | null;
  houseParts: Parts | null;
  unverified: boolean;
}

/**
 * Floors the house at the exchange, leg by leg, and the initial requirement at everything it may not be less than
 * (FINRA 4210(b): the greatest of Reg T, the exchange's maintenance and what the house asks).
 */
export function legCharge(own: OwnRequirements, context: StrategyContext): LegCharge {
  const { currency } = context;
  const { holding, quantity } = own;
  const houseMaintenance = own.house ? greatest(currency, [own.exchange, own.house], { label: () => `House maintenance, ${holding.instrument}` }) : own.exchange;
  const houseWon = own.house !== null && houseMaintenance.chosen === 1;
  const initials: [Figure, ...Figure[]] = [own.regT, own.exchange];
  const exchangeInitial = own.exchangeInitial ? greatest(currency, [own.exchange, own.exchangeInitial], { label: () => `Exchange initial, ${holding.instrument}` }) : own.exchange;
  if (own.exchangeInitial) initials.push(own.exchangeInitial);
  if (own.houseInitial) initials.push(own.houseInitial);
  if (own.house) initials.push(houseMaintenance);
  const houseInitial = greatest(currency, initials, {
    label: () => `House initial, ${holding.instrument}`,
    rule: { pack: context.rules.packs[0] ?? '', cites: 'FINRA 4210(b)', status: 'secondary' },
  });
  const stated = { regT: own.regT, exchange: own.exchange, exchangeInitial, houseInitial, houseMaintenance };
  return {
    holding,
    quantity,
    ...(context.rules.optionValueIn === 'equity' && holding.class === 'option' ? shifted(stated, holding, quantity, context) : stated),
    rule: (houseWon ? own.houseRule : null) ?? own.exchangeRule,
    parts: houseWon ? own.houseParts : own.exchangeParts,
    unverified: own.unverified,
  };
}

type Stated = Pick<LegCharge, 'regT' | 'exchange' | 'exchangeInitial' | 'houseInitial' | 'houseMaintenance'>;

function shifted(stated: Stated, holding: Holding, quantity: Decimal, context: StrategyContext): Stated {
  const shift = (figure: Figure): Figure => withOptionValue(figure, holding, quantity, context);
  return { regT: shift(stated.regT), exchange: shift(stated.exchange), exchangeInitial: shift(stated.exchangeInitial), houseInitial: shift(stated.houseInitial), houseMaintenance: shift(stated.houseMaintenance) };
}

/**
 * The rules are written for equity without option value. Where the pack puts option value into equity, each requirement
 * takes on the option's signed value too, so that what is left over is the same.
 */
export function withOptionValue(figure: Figure, holding: Holding, quantity: Decimal, { currency }: StrategyContext): Figure {
  const signed = marketValue(holding, countOf(holding, holding.quantity.isNegative() ? quantity.neg() : quantity), currency);
  return sum(currency, [figure, signed], { label: 'Requirement, stated against equity with option value' });
}

/** The house maintenance of a leg as the rules state it, before any option value was put into it. */
export function asTheRulesState({ holding, houseMaintenance }: LegCharge, { rules }: StrategyContext): Figure {
  const [stated] = rules.optionValueIn === 'equity' && holding.class === 'option' ? houseMaintenance.children : [houseMaintenance];
  return stated ?? houseMaintenance;
}

export function noParts(): Parts {
  return { risk: ZERO, shortOptionValue: ZERO, longPremium: ZERO, shortMarketValue: ZERO };
}
