import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { difference, input, sum, type Figure } from '../figure/figure.ts';
import type { PositionMargin } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { allot, ownAndRest } from '../pool/allotment.ts';
import { contingencies } from './contingencies.ts';
import { chargeExpiry, type Expiry } from './expiry.ts';
import { coinCounts, perpetualCharge, type Linear } from './linear.ts';
import { chargeAlone, type Level, type OptionLeg } from './option-leg.ts';
import type { Contents } from './standard-options-model.ts';

/**
 * A row for each position; their requirements add up to the pool's. An option is asked its value (less than nothing where it
 * is owed) and its part of what its expiry is charged: what it is charged alone, and of what is spared by looking at the
 * expiry together a part by the size of that. On opening, its part of what doubt and peg ask.
 */
export function positionsOf({ linear, expiries, spots, asides }: Contents, currency: string, market: MarketView, rules: Rules): PositionMargin[] {
  const beside = new Map<object, Decimal>();
  for (const { figure, among } of contingencies(linear, expiries, spots, currency, market, rules)) allot({ amount: figure.amount, among }, beside);
  const opening = (holder: object, level: Level, name: string): Figure[] => (level === 'initial' && beside.has(holder) ? [input(beside.get(holder) ?? new Decimal(0), currency, { label: `Doubt and peg, the part of ${name}`, source: 'by size' })] : []);
  const shares = { initial: sharesOf(expiries, 'initial', spots, currency, rules), maintenance: sharesOf(expiries, 'maintenance', spots, currency, rules) };
  return [
    ...linear.map((row) => {
      const ask = (level: Level): Figure => sum(currency, [ofLinear(row, level, currency, rules), ...opening(row, level, row.instrument)], { label: `Requirement of ${row.instrument}` });
      const rule = row.kind === 'perpetual' ? rules.parameter('standardOptions.perpetual.maintenance').rule.cites : (coinCounts(row, 'maintenance', currency, rules).children[1]?.about.rule?.cites ?? 'no rule pack sets a weight for it');
      return margin({ ...row, price: row.quote.price, group: row.underlying, strategy: row.kind === 'coin' ? 'collateral' : 'perpetual', rule }, ask, currency);
    }),
    ...expiries.flatMap(({ legs }) => legs.map((leg) => {
      const ask = (level: Level): Figure => sum(currency, [leg.value, ...(shares[level].has(leg) ? [share(leg, level, shares[level].get(leg) ?? new Decimal(0), currency, rules)] : []), ...opening(leg, level, leg.instrument)], { label: `Requirement of ${leg.instrument}` });
      const isShort = leg.units.isNegative();
      return margin({ ...leg, group: leg.terms.underlying, strategy: isShort ? 'short option' : 'long option', rule: ruleOf(leg, 'maintenance', rules).cites }, ask, currency);
    })),
    ...asides.map(asideMargin),
  ];
}

function ofLinear(row: Linear, level: Level, currency: string, rules: Rules): Figure {
  return row.kind === 'perpetual' ? perpetualCharge(row, level, currency, rules) : difference(currency, [row.value, coinCounts(row, level, currency, rules)], { label: `Requirement of ${row.instrument}` });
}

/** Of each short option, its part of what its expiry is charged. */
function sharesOf(expiries: readonly Expiry[], level: Level, spots: Contents['spots'], currency: string, rules: Rules): Map<object, Decimal> {
  const totals = new Map<object, Decimal>();
  for (const expiry of expiries) {
    const spot = spots.get(expiry.underlying)?.price;
    const shorts = expiry.legs.filter(({ units }) => units.isNegative());
    if (!spot || shorts.length === 0) continue;
    const own = shorts.map((leg) => [leg, chargeAlone(leg, level, spot, currency, rules).amount] as const);
    ownAndRest(chargeExpiry(expiry, level, spot, currency, rules).amount, own, totals);
  }
  return totals;
}

function share({ instrument, ...leg }: OptionLeg, level: Level, amount: Decimal, currency: string, rules: Rules): Figure {
  return input(amount, currency, { label: `What the expiry is charged, the part of ${instrument}`, source: 'alone, less what is spared together', rule: ruleOf(leg, level, rules), subject: { instrument } });
}

function ruleOf({ terms: { right } }: Pick<OptionLeg, 'terms'>, level: Level, rules: Rules) {
  return rules.parameter(level === 'initial' ? 'standardOptions.initial.most' : `standardOptions.${right}.maintenance`).rule;
}

type Named = Pick<PositionMargin, 'instrument' | 'group' | 'strategy' | 'rule'> & { quantity: Decimal; price: Figure; value: Figure };

function margin({ instrument, quantity, price, value, group, strategy, rule }: Named, ask: (level: Level) => Figure, currency: string): PositionMargin {
  const regT = input(new Decimal(0), currency, { label: 'Regulation T does not apply under this model', source: 'by definition' });
  const [initial, maintenance] = [ask('initial'), ask('maintenance')];
  return { instrument, subType: 'margin', quantity: toDecimalText(quantity), price: toDecimalText(price.amount), localValue: value.amount, value, requirement: { regT, exchange: maintenance, houseInitial: initial, houseMaintenance: maintenance }, group, strategy, rule, parts: null, badges: maintenance.unverified ? ['unverifiedRule'] : [] };
}

function asideMargin({ instrument, quantity }: Contents['asides'][number]): PositionMargin {
  return { instrument, subType: 'margin', quantity, price: null, localValue: null, value: null, requirement: null, group: instrument, strategy: 'not included', rule: '', parts: null, badges: ['unpriced'] };
}
