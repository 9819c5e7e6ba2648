import type { AccountInput, PoolInput, PositionInput } from '../engine/input.ts';
import type { AccountHoldings, HeldPosition } from './holdings.ts';

/** A debt is stated as what is owed; held, it is a negative quantity. */
export function negated(quantity: string): string {
  return quantity === '0' ? quantity : quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`;
}

/** The account as the engine takes it, with the quantities and the cash that are held now: a what-if changes them. */
export function givenAccount(given: AccountInput, { positions, cash }: AccountHoldings): AccountInput {
  return { ...given, pools: given.pools.map((pool) => givenPool(pool, positions, cash)) };
}

function givenPool(pool: PoolInput, positions: readonly HeldPosition[], cash: AccountHoldings['cash']): PoolInput {
  const held = positions.filter(({ place, quantity }) => place?.pool === pool.id && quantity !== '0');
  const collateral = held.flatMap(({ place, quantity }) => (place?.part === 'collateral' ? [{ ...place.row, quantity }] : []));
  const debt = held.flatMap(({ place, quantity }) => (place?.part === 'debt' ? [{ ...place.row, quantity: negated(quantity) }] : []));
  return {
    ...pool,
    positions: held.flatMap(({ place, quantity }): PositionInput[] => (place?.part === 'position' ? [{ ...place.row, quantity }] : [])),
    cash: cash.filter((row) => row.pool === pool.id).map(({ currency, kind, amount, valueDate, arrivesAt }) => ({ currency, kind, amount, valueDate, ...(arrivesAt === undefined ? {} : { arrivesAt }) })),
    ...(pool.collateral ? { collateral } : {}),
    ...(pool.debt ? { debt } : {}),
  };
}
