import type { IsoInstant } from '../../shared/time.ts';
import { Decimal, fromDecimalText } from '../../shared/money.ts';
import { difference, greatest, input, product, type Figure } from './figure/figure.ts';
import type { AccountInput, TransferRoute } from './input.ts';
import type { PoolMargin } from './margin-model.ts';
import type { MarketView } from './market/market-view.ts';

/** What one pool could send to another, and when it would be there. No figure of the receiving pool includes it. */
export interface Movable {
  from: string;
  to: string;
  /** Free in the sending pool, in its currency: what its equity has beyond its initial requirement. */
  free: Figure;
  /** What would arrive, in the receiving pool's currency. */
  amount: Figure;
  arrivesAt: IsoInstant;
}

const MINUTE = 60_000;

/**
 * The free collateral that routes between an account's pools could move, one route at a time: the same money is free for
 * each of them until it is sent. A pool of which not everything is known has nothing to spare. Routes that name no pool, or
 * between currencies without a rate, move nothing and are left out.
 */
export function movableOf({ routes = [] }: AccountInput, pools: readonly PoolMargin[], market: MarketView): Movable[] {
  const sorted = routes.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return sorted.flatMap((route) => {
    const [from, to] = [route.from, route.to].map((id) => pools.find((pool) => pool.id === id));
    const conversion = from && to && from !== to ? market.conversion(from.currency, to.currency) : null;
    return from && to && conversion ? [along(route, from, to, conversion, market.input.asOf)] : [];
  });
}

function along({ from: id, to: target, haircut, delayMinutes }: TransferRoute, from: PoolMargin, to: PoolMargin, conversion: readonly Figure[], asOf: IsoInstant): Movable {
  const nothing = input(new Decimal(0), from.currency, { label: 'Nothing to spare', source: 'by definition' });
  const free = from.status === 'indeterminate' ? nothing : greatest(from.currency, [from.figures.available, nothing], { label: `Free in pool ${id}`, subject: { pool: id } });
  const cut = input(fromDecimalText(haircut), 'ratio', { label: 'Haircut on the way', source: `route from ${id} to ${target}` });
  const kept = difference('ratio', [input(new Decimal(1), 'ratio', { label: 'All of it', source: 'by definition' }), cut], { label: 'Part that arrives' });
  const arrivesAt = new Date(Date.parse(asOf) + Number(delayMinutes) * MINUTE).toISOString().replace('.000Z', 'Z');
  const amount = product(to.currency, [free, kept, ...conversion], { label: `Could arrive in pool ${target} by ${arrivesAt}`, arithmetic: () => `not counted before it arrives`, subject: { pool: target } });
  return { from: id, to: target, free, amount, arrivesAt };
}

function keyOf({ from, to, delayMinutes }: TransferRoute): string {
  return `${to}\n${from}\n${delayMinutes.padStart(9, '0')}`;
}
