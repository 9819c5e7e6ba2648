import { succeed, fail, type Result } from '../../../../shared/result.ts';
import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { IsoDate } from '../../../../shared/time.ts';
import { hasAddOns } from '../../add-ons/add-ons.ts';
import type { Rules } from '../../packs/rules.ts';
import { settings, type Settings } from '../../packs/schema.ts';
import { addMonths } from '../../strategy/years.ts';
import { LOAN_VALUE_MONTHS } from '../../strategy/option.ts';

/** The choices that the lane knows, of everything a pack may set about options: another choice is for the explaining engine. */
const FORMULAS: Record<string, readonly string[]> = {
  'option.uncovered': ['percentOfUnderlying', 'cashSecured'],
  'option.coveredCall': ['strikeCap', 'stockOnly'],
  'option.spread': ['largestLoss'],
  'option.straddle': ['dearerSide', 'eachAlone'],
  'option.protective': ['untilTheStrike', 'none'],
  'option.indexCover': ['none'],
  'option.vertical': ['lesserOfAlone'],
  'option.unequalCondor': ['largestLoss'],
};

/** The choices of those that the lane knows two of. */
export interface Formulas {
  /** A short option that nothing covers is asked its strike or its underlying, in cash. */
  isCashSecured: boolean;
  /** Stock under a short call is charged as it is alone, and the call nothing. */
  isStockOnly: boolean;
  /** A short call and a short put may be charged together. */
  hasStraddles: boolean;
  /** A long option lowers what its stock is asked. */
  protects: boolean;
}

/** Parameters that ask something of what the lane holds, and that it knows; bonds, boxes and exchangeable stock are not in it. */
const PARAMETERS = new Set([
  'regT.stock.long', 'regT.stock.short', 'regT.fullyPaid', 'exchange.fullyPaid', 'exchange.leverage.cap',
  'exchange.stock.long', 'exchange.stock.short.rate', 'exchange.stock.short.perShare', 'exchange.stock.short.lowPrice.rate', 'exchange.stock.short.lowPrice.perShare',
  'exchange.option.long', 'exchange.option.long.overNineMonths', 'exchange.option.long.overTheCounter',
  'exchange.option.short.equity', 'exchange.option.short.broad', 'exchange.option.short.minimum', 'exchange.option.protective.strike',
  'house.stock.long.maintenance', 'house.stock.long.initial', 'house.stock.short.maintenance', 'house.stock.short.initial', 'house.stock.fullyPaidBelow',
  'house.option.long.overNineMonths', 'house.option.short.equity', 'house.option.short.broad', 'house.option.short.minimumPerShare',
]);
const OF_OTHERS = /^(?:exchange|house)\.(?:bond|stock\.(?:box|exchangeable)$)/;
const ASKS = /^(?:regT|exchange|house)\./;
/** Decimals of a rate; more would leave large accounts no room. */
const RATE_DECIMALS_MAX = 4;

/** Rates of long and short stock without a rate of its own, as fractions; amounts a share in the rules' currency. Null: not set. */
export interface StrategyTerms {
  rules: Rules;
  formulas: Formulas;
  /** Options that expire later lend value. */
  lendsAfter: IsoDate;
  longOption: Decimal;
  longOptionLending: Decimal;
  houseOptionLending: Decimal | null;
  /** Least amounts a share of short stock, and the rate of low-priced shares. */
  shortPerShare: Decimal;
  shortLowPerShare: Decimal;
  shortLowRate: Decimal;
  regTShort: Decimal;
  /** A house's least amount a share of a short option. */
  optionFloor: Decimal | null;
  fullyPaidBelow: Decimal | null;
  fullyPaid: Decimal;
}

/** What the strategy lane reads of the rules, once for all accounts under them; the reason where it does not know them all. */
export function strategyTerms(rules: Rules, businessDate: IsoDate): Result<StrategyTerms> {
  const unknown = unknownTo(rules);
  if (unknown !== null) return fail({ code: 'not-in-lane', message: `The fast lane of the strategy model does not know ${unknown}; the explaining engine computes these accounts.` });
  const value = (key: string): Decimal => rules.parameter(key).figure.amount;
  const optional = (key: string): Decimal | null => rules.optional(key)?.figure.amount ?? null;
  return succeed({
    rules,
    formulas: {
      isCashSecured: rules.setting('option.uncovered') === 'cashSecured',
      isStockOnly: rules.setting('option.coveredCall') === 'stockOnly',
      hasStraddles: rules.setting('option.straddle') !== 'eachAlone',
      protects: rules.setting('option.protective') !== 'none',
    },
    lendsAfter: addMonths(businessDate, LOAN_VALUE_MONTHS),
    longOption: value('exchange.option.long'),
    longOptionLending: value('exchange.option.long.overNineMonths'),
    houseOptionLending: optional('house.option.long.overNineMonths'),
    shortPerShare: value('exchange.stock.short.perShare'),
    shortLowPerShare: value('exchange.stock.short.lowPrice.perShare'),
    shortLowRate: value('exchange.stock.short.lowPrice.rate'),
    regTShort: value('regT.stock.short'),
    optionFloor: optional('house.option.short.minimumPerShare'),
    fullyPaidBelow: optional('house.stock.fullyPaidBelow'),
    fullyPaid: value('exchange.fullyPaid'),
  });
}

function unknownTo(rules: Rules): string | null {
  if (rules.model !== 'strategy') return `the model ${rules.model}`;
  if (rules.optionValueIn !== 'requirement') return 'equity that carries option value';
  for (const name of Object.keys(settings.shape) as (keyof Settings)[]) {
    const chosen = name.startsWith('option.') ? rules.optionalSetting(name) : null;
    if (chosen !== null && FORMULAS[name]?.includes(chosen) !== true) return `the choice ${chosen} of ${name}`;
  }
  const strange = rules.keys.find((key) => ASKS.test(key) && !PARAMETERS.has(key) && !OF_OTHERS.test(key));
  if (strange !== undefined) return strange;
  if (rules.parameter('exchange.fullyPaid').figure.amount.gt(1)) return 'more than all of it, in cash';
  if (hasAddOns(rules)) return 'add-ons of the account';
  if (rules.sections('overlay').length > 0) return 'an overlay';
  if (!fromDecimalText(rules.quantityLot).lte(1) || !new Decimal(1).div(fromDecimalText(rules.quantityLot)).isInteger()) return `lots of ${rules.quantityLot}`;
  const finest = rules.keys.find((key) => PARAMETERS.has(key) && rules.parameter(key).figure.amount.decimalPlaces() > RATE_DECIMALS_MAX);
  return finest === undefined ? null : `${finest} with more than ${RATE_DECIMALS_MAX} decimals`;
}

/**
 * True where what is held in the cash part of an account is asked what it would be asked elsewhere in it: stock and options
 * in full, and no house that says otherwise. See `isFullyPaid` and `mayLend` in the explaining engine.
 */
export function asksInFull(rules: Rules): boolean {
  const asksAlike = (one: string, other: string): boolean => rules.parameter(one).figure.amount.eq(rules.parameter(other).figure.amount);
  const isAlike = asksAlike('regT.stock.long', 'regT.fullyPaid') && asksAlike('exchange.stock.long', 'exchange.fullyPaid') && asksAlike('exchange.leverage.cap', 'exchange.fullyPaid') && asksAlike('exchange.option.long.overNineMonths', 'exchange.option.long');
  const hasHouse = ['house.stock.long.maintenance', 'house.stock.long.initial', 'house.option.long.overNineMonths'].some((key) => rules.optional(key) !== null);
  return isAlike && !hasHouse && rules.sections('perInstrument').length === 0 && rules.setting('option.protective') === 'none';
}
