import type { IsoDate } from '../../../../shared/time.ts';
import { statusSeverity } from '../../../../shared/domain/status.ts';
import { toDecimalText } from '../../../../shared/money.ts';
import type { ResolvedParameter, Rules } from '../../packs/rules.ts';
import type { StatusMetric } from '../../packs/schema.ts';
import { compare, exactOf, isPositive, type Exact } from './exact.ts';

/** A rung of the status ladder: breached where left is on the wrong side of right × `value`. */
export interface ExactRung {
  severity: number;
  metric: StatusMetric;
  isBelow: boolean;
  strict: boolean;
  value: Exact;
}

/** What figures of a pool need of its rules beside its amounts, read once for all pools under them. */
export interface RuleTerms {
  model: Rules['model'];
  businessDate: IsoDate;
  ladder: readonly ExactRung[];
  /** Where the ladder says at what share of a requirement positions are liquidated. */
  liquidation: ExactRung | null;
  /** Decimals of a health ratio. */
  healthPlaces: number;
  /** Of the strategy model. */
  regT: RegTTerms | null;
  /** Of futures: whether calls restore initial margin. */
  restoresInitial: boolean | null;
}

/** The balance of Reg T, and what it buys: see strategy/special-memorandum.ts and strategy/buying-power.ts. */
export interface RegTTerms {
  highWater: boolean;
  /** Null where Reg T asks nothing. */
  rate: Exact | null;
  maintenance: Exact | null;
}

const RATIO_PLACES = 6;
const LOAN_HEALTH_PLACES = 18;
/** Rungs that equity can be held against. */
const LEVELS: ReadonlySet<StatusMetric> = new Set(['equityToMaintenance', 'equityToExchangeMaintenance', 'healthRatio']);

export function ruleTerms(rules: Rules, businessDate: IsoDate): RuleTerms {
  const ladder = rules.statusLadder.map(({ status, metric, comparison, strict, value }): ExactRung => ({ severity: statusSeverity(status), metric, isBelow: comparison === 'below', strict, value: exactOf(value) }));
  const { model } = rules;
  return {
    model,
    businessDate,
    ladder,
    liquidation: ladder.find(({ severity, isBelow, metric }) => severity === statusSeverity('liquidation') && isBelow && LEVELS.has(metric)) ?? null,
    healthPlaces: model === 'lending' ? LOAN_HEALTH_PLACES : RATIO_PLACES,
    regT: model === 'strategy' ? regTTerms(rules) : null,
    restoresInitial: model === 'fixed' ? rules.setting('future.callRestoresTo') === 'initial' : null,
  };
}

function regTTerms(rules: Rules): RegTTerms {
  const rate = amountOf(rules.parameter('regT.stock.long'));
  const exchange = amountOf(rules.parameter('exchange.stock.long'));
  const listed = rules.optional('house.stock.long.maintenance');
  const house = listed && amountOf(listed);
  const higher = house && compare(house, exchange) > 0 ? house : exchange;
  return { highWater: rules.optionalSetting('regT.memorandum') !== 'leastOfBalanceAndExcess', rate: isPositive(rate) ? rate : null, maintenance: isPositive(higher) ? higher : null };
}

function amountOf({ figure }: ResolvedParameter): Exact {
  return exactOf(toDecimalText(figure.amount));
}
