import type { AccountView } from '../../shared/views.ts';
import type { TriggerPrice } from '../../shared/domain/margin-state.ts';
import type { AccountInput, MarketInput } from '../engine/input.ts';
import type { PackShelf } from '../engine/packs/shelf.ts';
import { callPrices, underlyingsBeside } from '../engine/trigger.ts';

/** Call prices of one account, searched for when the account is looked at. */
export interface AccountCallPrices {
  byInstrument: ReadonlyMap<string, TriggerPrice>;
  /** Those of underlyings that are not held themselves. */
  underlyings: AccountView['underlyings'];
}

/** The call prices of every position's instrument, and of the underlyings of options that stand alone, by name. */
export function accountCallPrices(account: AccountInput, market: MarketInput, shelf: PackShelf): AccountCallPrices {
  const held = new Set(account.pools.flatMap(({ positions }) => positions.map(({ instrument }) => instrument)));
  const beside = [...new Set(account.pools.flatMap((pool) => underlyingsBeside(pool, market)))].filter((instrument) => !held.has(instrument)).toSorted();
  const byInstrument = callPrices(account, market, shelf, [...held, ...beside]);
  return { byInstrument, underlyings: beside.map((instrument) => ({ instrument, callPrice: byInstrument.get(instrument) ?? { down: null, up: null } })) };
}
