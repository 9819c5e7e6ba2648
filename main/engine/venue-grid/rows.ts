import type { PositionBadge } from '../../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { input, type Figure } from '../figure/figure.ts';
import type { PositionMargin } from '../margin-model.ts';
import { allot, ownAndRest } from '../pool/allotment.ts';
import { gainSoFar, optionNow, scenarioLabel } from './figures.ts';
import { optionPrice } from './grid.ts';
import type { VenueGridSection } from './section.ts';
import type { GridOutcome } from './venue-grid-model.ts';

type Own = [holder: object, loss: Decimal][];
const ZERO = new Decimal(0);

/**
 * A row for each position, whose requirements add up to the pool's (but for what orders reserve): the factor of the stack
 * times what it loses in the scenario that decides, below zero for a hedge, and its part of each charge. What is rounded or
 * dampened of the whole is borne by the size of the own losses.
 */
export function positionsOf(found: GridOutcome, currency: string): PositionMargin[] {
  const { contents, assets, grid } = found;
  const [maintenance, initial] = [requirementsOf(found, 'maintenance'), requirementsOf(found, 'initial')];
  const asked = (holder: object, instrument: string, stack: ReadonlyMap<object, Decimal>, label: string): Figure => input(stack.get(holder) ?? ZERO, currency, { label: `${label}, the part of ${instrument}`, source: sourceOf(found), rule: found.rule, subject: { instrument } });
  const row = (holder: object, instrument: string, quantity: Decimal, price: Decimal | null, value: Figure, group: string, strategy: string): PositionMargin =>
    margin({ instrument, quantity, price, value, group, strategy, rule: found.rule.cites }, { initial: asked(holder, instrument, initial, 'Initial requirement'), maintenance: asked(holder, instrument, maintenance, 'Maintenance requirement') }, currency, isUnverified(found) ? ['unverifiedRule'] : []);
  const options = contents.expiries.flatMap((expiry) => expiry.options.map((option) => {
    const value = optionNow(option, expiry, grid, currency);
    return row(option, option.instrument, option.quantity, value.children[1]?.amount ?? null, value, expiry.underlying, 'venue portfolio margin');
  }));
  const futures = contents.futures.map((future) => row(future, future.instrument, future.quantity, future.quote.price.amount, gainSoFar(future, currency), future.underlying, 'venue portfolio margin'));
  const collateral = assets.map((asset) => row(asset, asset.instrument, asset.quantity, asset.price.amount, asset.value, 'collateral', 'collateral'));
  const asides = contents.unpriced.map(({ instrument, quantity }): PositionMargin => ({ instrument, subType: 'margin', quantity: toDecimalText(quantity), price: null, localValue: null, value: null, requirement: null, group: instrument, strategy: 'not included', rule: '', parts: null, badges: ['unpriced'] }));
  return [...options, ...futures, ...collateral, ...asides];
}

/** By position: what is asked of it, in one stack. */
function requirementsOf({ loss, charges: { allotments }, factors, ...found }: GridOutcome, stack: 'maintenance' | 'initial'): Map<object, Decimal> {
  const factor = factors[stack].amount;
  const totals = new Map<object, Decimal>();
  const own = ownLosses(found);
  if (own.length > 0) ownAndRest(loss.amount.times(factor), own.map(([holder, lost]) => [holder, lost.times(factor)] as const), totals);
  for (const { amount, among } of allotments.scaled) allot({ amount: amount.times(factor), among }, totals);
  for (const part of [...allotments.both, ...(stack === 'initial' ? allotments.opening : [])]) allot(part, totals);
  return totals;
}

/** What each position loses where the pool loses most. */
function ownLosses({ results, worst, basis, assets, grid }: Pick<GridOutcome, 'results' | 'worst' | 'basis' | 'assets' | 'grid'>): Own {
  if (worst === -2) return [];
  const decides = results[worst];
  if (!decides) return basis.parts.flatMap(({ expiry, loss, scale }) => expiry.options.map((option): Own[number] => [option, loss.times(scale).neg().div(expiry.options.length).toDecimalPlaces(20)]));
  const { scenario } = decides;
  const options = decides.expiries.flatMap((row) => lossesOf(row, scenario, grid));
  const futures = decides.futures.map(({ future, gain }): Own[number] => [future, gain.neg().times(scenario.counts)]);
  const moved = scenario.vol === 'linear' || scenario.vol === 'absolute' ? ZERO : new Decimal(scenario.price).minus(1);
  const collateral = assets.map((asset): Own[number] => [asset, asset.moves ? asset.value.amount.times(moved).neg().times(scenario.counts) : ZERO]);
  return [...options, ...futures, ...collateral];
}

/** Of an expiry's options; where a gain is charged as a loss, with their signs turned round. */
function lossesOf({ expiry, value, discount, now, gain }: GridOutcome['results'][number]['expiries'][number], scenario: GridOutcome['results'][number]['scenario'], grid: VenueGridSection): Own {
  const turned = value.times(discount).minus(now).eq(gain) ? -1 : 1;
  return expiry.options.map((option) => {
    const before = option.units.times(optionPrice(option, expiry, { price: '1', vol: 'none', counts: '1', tail: false }, grid.inverse ? { inverse: grid.inverse } : {})).times(expiry.into);
    const after = option.units.times(optionPrice(option, expiry, scenario, grid)).times(expiry.into).times(discount);
    return [option, after.minus(before).times(turned).times(scenario.counts)];
  });
}

function isUnverified({ rule, loss, charges }: GridOutcome): boolean {
  return rule.status === 'unverified' || loss.unverified || charges.roll.unverified || charges.deltaShock.unverified;
}

function sourceOf({ results, worst }: GridOutcome): string {
  const decides = results[worst];
  return decides ? `its part where the pool loses most: ${scenarioLabel(decides)}, and of the charges` : worst === -1 ? 'its part of forwards apart from spot, and of the charges' : 'nothing loses: its part of the charges';
}

type Named = Pick<PositionMargin, 'instrument' | 'value' | 'group' | 'strategy' | 'rule'> & { quantity: Decimal; price: Decimal | null };

function margin({ quantity, price, value, ...named }: Named, { initial, maintenance }: { initial: Figure; maintenance: Figure }, currency: string, badges: readonly PositionBadge[]): PositionMargin {
  const regT = input(ZERO, currency, { label: 'Regulation T does not apply under this model', source: 'by definition' });
  return { ...named, subType: 'margin', quantity: toDecimalText(quantity), price: price && toDecimalText(price), localValue: value?.amount ?? null, value, requirement: { regT, exchange: maintenance, houseInitial: initial, houseMaintenance: maintenance }, parts: null, badges };
}
