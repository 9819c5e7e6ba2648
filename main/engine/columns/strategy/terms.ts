import { succeed, fail, type Result } from '../../../../shared/result.ts';
import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { IsoDate } from '../../../../shared/time.ts';
import { hasAddOns } from '../../add-ons/add-ons.ts';
import type { Rules } from '../../packs/rules.ts';
import { addMonths } from '../../strategy/years.ts';
import { LOAN_VALUE_MONTHS } from '../../strategy/option.ts';

/** The formulas that the lane knows: a pack that chooses another one is for the explaining engine. */
const FORMULAS = {
  'option.uncovered': 'percentOfUnderlying',
  'option.coveredCall': 'strikeCap',
  'option.spread': 'largestLoss',
  'option.straddle': 'dearerSide',
  'option.protective': 'untilTheStrike',
} as const;

/** Rates of long and short stock without a rate of its own, as fractions; amounts a share in the rules' currency. Null: not set. */
export interface StrategyTerms {
  rules: Rules;
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
  for (const [name, known] of Object.entries(FORMULAS)) {
    const chosen = rules.setting(name as keyof typeof FORMULAS);
    if (chosen !== known) return `the choice ${chosen} of ${name}`;
  }
  if (hasAddOns(rules)) return 'add-ons of the account';
  if (rules.sections('overlay').length > 0) return 'an overlay';
  if (rules.optional('house.option.short.minimumPerContract')) return 'a least amount a contract';
  if (!fromDecimalText(rules.quantityLot).lte(1) || !new Decimal(1).div(fromDecimalText(rules.quantityLot)).isInteger()) return `lots of ${rules.quantityLot}`;
  const finest = rules.keys.find((key) => /^(?:regT|exchange|house)\.(?:stock|option|fullyPaid)/.test(key) && rules.parameter(key).figure.amount.decimalPlaces() > 4);
  return finest === undefined ? null : `${finest} with more than four decimals`;
}
