import { Decimal } from '../../../shared/money.ts';
import { choice, difference, greatest, sum, type Figure } from '../figure/figure.ts';
import type { OptionHolding } from '../pool/holding.ts';
import type { StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { nakedCharge, type UnitCharge } from './naked.ts';
import { shortLeg } from './option.ts';

/**
 * A short straddle or strangle: one side is charged as if it stood alone, the other its market value (FINRA 4210(f)(2)).
 * Which side is charged is a setting: `dearerSide` takes the one that makes the two together dearer, so that the charge
 * never jumps; `greaterRequirement` the one that is asked more alone, market value included, as the rule's words can be
 * read. Null when the underlying cannot be priced.
 */
export function chargeStraddle(call: OptionHolding, put: OptionHolding, quantity: Decimal, context: StrategyContext): LegCharge[] | null {
  const sides = [nakedCharge(call, context), nakedCharge(put, context)] as const;
  const [a, b] = sides;
  if (!a.exchange || !b.exchange) return null;
  const exchange = shared([a.exchange, b.exchange], [a.basis.premium, b.basis.premium], context);
  // The house's own is floored at the exchange within each side, so that one side wins for the whole stack.
  const house = a.house || b.house ? shared([effective(a.exchange, a.house), effective(b.exchange, b.house)], [a.basis.premium, b.basis.premium], context) : null;
  return [call, put].map((holding, side) => legCharge(shortLeg(holding, quantity, exchange[side] as UnitCharge, house && (house[side] as UnitCharge), context, 'Side of a short straddle'), context));
}

/**
 * House maintenance that one unit of a straddle saves against its sides alone, in the pool's currency: the amounts of
 * `chargeStraddle` without their trees, since a large book has thousands of such pairs. Null when it has no charge.
 */
export function straddleSaving(call: OptionHolding, put: OptionHolding, unit: Decimal, context: StrategyContext): Decimal | null {
  const [a, b] = [nakedCharge(call, context), nakedCharge(put, context)];
  if (!a.exchange || !b.exchange) return null;
  const premiums = [a.basis.premium.amount, b.basis.premium.amount] as const;
  const exchange = [a.exchange.gross.amount, b.exchange.gross.amount] as const;
  const house = [Decimal.max(exchange[0], a.house?.gross.amount ?? exchange[0]), Decimal.max(exchange[1], b.house?.gross.amount ?? exchange[1])] as const;
  const byRisk = isByRisk(context);
  const [byExchange, byHouse] = [sidesOf(exchange, premiums, byRisk), sidesOf(house, premiums, byRisk)];
  const together = Decimal.max(byExchange[0], byHouse[0]).plus(Decimal.max(byExchange[1], byHouse[1]));
  const perUnit = house[0].plus(house[1]).minus(together);
  return [...a.basis.scale, ...call.conversion].reduce((saving: Decimal, { amount }) => saving.times(amount), perUnit.times(unit));
}

/** True where the sides' risks decide, and not what each is asked alone. */
export function isByRisk({ rules }: StrategyContext): boolean {
  return rules.setting('option.straddle') !== 'greaterRequirement';
}

/** What each side is charged: the one the setting names its whole charge, the other its market value. */
function sidesOf(alone: readonly [Decimal, Decimal], premiums: readonly [Decimal, Decimal], byRisk: boolean): [Decimal, Decimal] {
  const secondLeads = byRisk ? alone[0].plus(premiums[1]).lt(alone[1].plus(premiums[0])) : alone[0].lt(alone[1]);
  return secondLeads ? [premiums[0], alone[1]] : [alone[0], premiums[1]];
}

function effective(exchange: UnitCharge, house: UnitCharge | null): UnitCharge {
  if (!house) return exchange;
  const gross = greatest(exchange.gross.unit, [exchange.gross, house.gross], { label: 'House, at least the exchange' });
  return { ...(gross.chosen === 0 ? exchange : house), gross };
}

/** Per unit: the winning side keeps its whole charge, the other one its market value. */
function shared(alone: readonly [UnitCharge, UnitCharge], premiums: readonly [Figure, Figure], context: StrategyContext): [UnitCharge, UnitCharge] {
  const [first, second] = alone;
  const { unit } = first.gross;
  const withFirst = sum(unit, [first.gross, premiums[1]], { label: 'Call charged alone, and the put’s market value' });
  const withSecond = sum(unit, [second.gross, premiums[0]], { label: 'Put charged alone, and the call’s market value' });
  const compared: [Figure, Figure] = isByRisk(context) ? [withFirst, withSecond] : [first.gross, second.gross];
  const lead = difference(unit, compared, { label: 'Call side less put side' });
  context.thresholds.push(lead);
  const winner = lead.amount.isNegative() && !lead.amount.isZero() ? 1 : 0;
  const side = (index: 0 | 1): UnitCharge => {
    const own = alone[index];
    const won = winner === index;
    const gross = choice(unit, [own.gross, premiums[index]], won ? 0 : 1, {
      label: won ? (isByRisk(context) ? 'The dearer side of a short straddle' : 'The side with the greater requirement of a short straddle') : 'The other side of a short straddle: its market value',
      rule: own.rule,
    });
    // Market value alone holds no risk; `risk: null` says that all of it is the option's own value.
    return { gross, risk: won ? own.risk : null, rule: own.rule };
  };
  return [side(0), side(1)];
}
