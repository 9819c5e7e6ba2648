import { Decimal } from '../../../shared/money.ts';
import { difference, input, product, sum, type Figure } from '../figure/figure.ts';
import type { OptionHolding } from '../pool/holding.ts';
import { coveredByFund } from './covered.ts';
import { marketValue, countOf, ZERO, type StrategyContext } from './context.ts';
import { chargeNaked } from './option.ts';
import { optionBasis, isStandard } from './option-basis.ts';
import { isFullyPaid } from './stock-rates.ts';
import { chargedGroup, chargedStrategy } from './charged-group.ts';
import type { PricedGroup, PricedStrategy } from './priced-group.ts';

/** What is left of the funds that track one index, by market value in the pool's currency. */
interface Cover {
  worth: Figure;
  used: Figure[];
}

/**
 * Index calls that nothing else covers, against long fund shares of the same index that nothing else uses: where a house
 * allows it (`option.indexCover`), a call is covered while the shares are worth at least what it is on. Whole contracts,
 * after the pairing, those dearest alone for what they are on first. The shares keep their own charge at the market.
 */
export function coverByFunds(groups: readonly PricedGroup[], context: StrategyContext): readonly PricedGroup[] {
  if (context.rules.optionalSetting('option.indexCover') !== 'fund') return groups;
  const covers = fundsByIndex(groups, context);
  return groups.map((group) => {
    const cover = covers.get(group.id);
    return cover ? chargedGroup(group, coverCalls(group, cover, context), context) : group;
  });
}

function fundsByIndex(groups: readonly PricedGroup[], context: StrategyContext): Map<string, Cover> {
  const shares = groups.flatMap(({ strategies }) => strategies).filter(({ strategy }) => strategy.kind === 'single').flatMap(({ strategy }) => strategy.legs);
  const funds = shares.flatMap(({ holding, quantity }) => {
    const index = holding.class === 'stock' && !holding.quantity.isNegative() && !isFullyPaid(holding) && holding.terms.kind === 'etf' ? holding.terms.tracks : undefined;
    return index === undefined ? [] : [{ index, worth: marketValue(holding, countOf(holding, quantity), context.currency) }];
  });
  return new Map([...Map.groupBy(funds, ({ index }) => index)].map(([index, held]) => [index, { worth: sum(context.currency, held.map(({ worth }) => worth), { label: `Funds that track ${index}` }), used: [] }]));
}

function coverCalls({ id, strategies }: PricedGroup, cover: Cover, context: StrategyContext): PricedStrategy[] {
  const calls = strategies.filter(isOpenCall).toSorted((a, b) => aloneForEach(b).cmp(aloneForEach(a)));
  const split = new Map(calls.map((one) => [one, splitOff(id, one, cover, context)]));
  return strategies.flatMap((one) => split.get(one) ?? [one]);
}

function isOpenCall({ strategy: { kind, legs } }: PricedStrategy): boolean {
  const [leg] = legs;
  return kind === 'single' && leg?.holding.class === 'option' && leg.holding.quantity.isNegative() && leg.holding.terms.right === 'call' && isStandard(leg.holding);
}

function aloneForEach({ strategy, charges }: PricedStrategy): Decimal {
  const { quantity, holding } = strategy.legs[0] as { quantity: Decimal; holding: OptionHolding };
  return charges.reduce((total: Decimal, { houseMaintenance }) => total.plus(houseMaintenance.amount), ZERO).div(quantity.times(holding.multiplier.amount));
}

/** The contracts that the funds are worth, and the rest as it stood. */
function splitOff(group: string, one: PricedStrategy, cover: Cover, context: StrategyContext): PricedStrategy[] {
  const { holding, quantity } = one.strategy.legs[0] as { quantity: Decimal; holding: OptionHolding };
  const { spot } = optionBasis(holding, context.market);
  if (!spot) return [one];
  const { currency } = context;
  const each = product(currency, [holding.multiplier, spot, ...holding.conversion], { label: `What one ${holding.instrument} is on` });
  const left = difference(currency, [cover.worth, ...cover.used], { label: 'Funds not used yet' });
  const covered = each.amount.gt(0) ? Decimal.min(quantity.floor(), Decimal.max(left.amount, 0).div(each.amount).floor()) : ZERO;
  const worthOf = (contracts: Decimal): Figure => product(currency, [input(contracts, 'contracts', { label: 'Contracts looked at', source: 'position' }), each], { label: `What ${contracts.toFixed()} contracts are on` });
  // One contract fewer or more is covered from here on.
  context.thresholds.push(difference(currency, [left, worthOf(covered)], { label: 'Funds beyond the contracts covered' }));
  if (covered.lt(quantity)) context.thresholds.push(difference(currency, [left, worthOf(covered.plus(1))], { label: 'Funds short of one contract more' }));
  if (covered.isZero()) return [one];
  cover.used.push(worthOf(covered));
  const part = chargedStrategy(group, 'index call covered by a fund', { kind: 'single', legs: [{ holding, quantity: covered }] }, [coveredByFund(holding, covered, spot, context)], context);
  const open = quantity.minus(covered);
  const rest = open.gt(0) ? chargeNaked(holding, open, context) : null;
  return rest ? [part, chargedStrategy(group, one.name, { kind: 'single', legs: [{ holding, quantity: open }] }, [rest], context)] : [part];
}
