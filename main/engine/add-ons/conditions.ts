import { fromDecimalText } from '../../../shared/money.ts';
import { difference, input, product, type Figure } from '../figure/figure.ts';
import { spellMoney } from '../figure/spell.ts';
import { lowerEnd, type Limit } from '../packs/add-on-schema.ts';
import type { LayeredTable } from '../packs/rules.ts';
import type { AddOnTable } from '../packs/schema.ts';
import type { StrategyContext } from '../strategy/context.ts';
import type { Exposure, Side } from './exposure.ts';
import type { NoMeasure } from './measure.ts';

/** Why a table charges nothing though the position may be in one of its bands; null when all its conditions hold. */
export function unmetCondition({ name, table, rule }: LayeredTable, side: Side, exposure: Exposure, context: StrategyContext): NoMeasure | null {
  const ofPool = remember(exposure.conditions, name, () => unmetByPool(table, `rule pack ${rule.pack}, addOns.${name}`, exposure, context));
  if (ofPool) return ofPool;
  if (table.when?.positionCoversEquity) {
    const beyond = difference(context.currency, [side.value, exposure.equity], { label: 'Position less equity' });
    context.thresholds.push(beyond);
    if (isBelow(beyond)) return { known: true, reason: `the position is worth less than equity of ${spellMoney(exposure.equity.amount, context.currency)}` };
  }
  return null;
}

/** Conditions that are the same for every position of the pool. */
function unmetByPool({ when, counts }: AddOnTable, source: string, exposure: Exposure, context: StrategyContext): NoMeasure | null {
  const unmet = when?.debit ? belowDebit(when.debit, source, exposure, context) : null;
  if (unmet || when?.noIssuerAbove === undefined) return unmet;
  return greaterIssuer(fromDecimalText(when.noIssuerAbove), source, counts, exposure, context);
}

function remember<Value>(store: Map<string, Value>, key: string, make: () => Value): Value {
  const known = store.get(key);
  if (known !== undefined) return known;
  const value = make();
  store.set(key, value);
  return value;
}

function belowDebit(limit: Limit, source: string, { debit }: Exposure, { currency, rules, ruleMoney, thresholds }: StrategyContext): NoMeasure | null {
  if (!ruleMoney) return { known: false, reason: `no exchange rate from ${rules.currency} into ${currency} is known for its least debit` };
  const stated = input(lowerEnd(limit), rules.currency, { label: 'Debit from which the table applies', source });
  const least = ruleMoney.length === 0 ? stated : product(currency, [stated, ...ruleMoney], { label: `Debit from which the table applies, in ${currency}` });
  const beyond = difference(currency, [debit, least], { label: 'Debit less the limit' });
  thresholds.push(beyond);
  const met = 'from' in limit ? !isBelow(beyond) : beyond.amount.gt(0);
  return met ? null : { known: true, reason: `the debit is not ${'from' in limit ? 'as much as' : 'above'} ${spellMoney(least.amount, currency)}` };
}

function greaterIssuer(share: ReturnType<typeof fromDecimalText>, source: string, counts: AddOnTable['counts'], { sides, gross }: Exposure, { currency, thresholds }: StrategyContext): NoMeasure | null {
  const limit: Figure = product(currency, [input(share, 'ratio', { label: 'Greatest share of one issuer', source }), gross[counts]], { label: 'Most that one issuer may be' });
  const above = sides.filter(({ value }) => {
    const beyond = difference(currency, [value, limit], { label: 'Position less the most that one issuer may be' });
    thresholds.push(beyond);
    return beyond.amount.gt(0);
  });
  const [first] = above;
  return first ? { known: true, reason: `${first.instrument} alone has a greater share` } : null;
}

function isBelow({ amount }: Figure): boolean {
  return amount.isNegative() && !amount.isZero();
}
