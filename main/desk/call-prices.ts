import type { AccountView } from '../../shared/views.ts';
import type { AccountState, TriggerPrice } from '../../shared/domain/margin-state.ts';
import type { AccountInput, MarketInput } from '../engine/input.ts';
import type { PackShelf } from '../engine/packs/shelf.ts';
import { liquidationPrices, searchingCallPrices, underlyingsBeside } from '../engine/trigger.ts';
import type { Slices } from './rows/slices.ts';

/** Call prices of one account, searched for when the account is looked at. */
export interface AccountCallPrices {
  byInstrument: ReadonlyMap<string, TriggerPrice>;
  /** Those of underlyings that are not held themselves. */
  underlyings: AccountView['underlyings'];
}

/** Where they are not looked for. */
export const NO_CALL_PRICES: AccountCallPrices = { byInstrument: new Map(), underlyings: [] };

/** The call prices of every position's instrument, and of the underlyings of options that stand alone, by name. */
export function* accountCallPrices(account: AccountInput, market: MarketInput, shelf: PackShelf): Slices<AccountCallPrices> {
  const held = new Set(account.pools.flatMap(({ positions, collateral = [], debt = [] }) => [...positions, ...collateral, ...debt].map(({ instrument }) => instrument)));
  const beside = [...new Set(account.pools.flatMap((pool) => underlyingsBeside(pool, market)))].filter((instrument) => !held.has(instrument)).toSorted();
  const byInstrument = yield* searchingCallPrices(account, market, shelf, [...held, ...beside]);
  return { byInstrument, underlyings: beside.map((instrument) => ({ instrument, callPrice: byInstrument.get(instrument) ?? { down: null, up: null } })) };
}

/** The state with the liquidation prices of its loans, which are searched for when somebody looks, not with every computation. */
export function withLoanPrices(state: AccountState, account: AccountInput, market: MarketInput, shelf: PackShelf): AccountState {
  if (!account.pools.some(({ model }) => model === 'lending')) return state;
  const pools = state.pools.map((pool) => {
    const given = account.pools.find(({ id }) => id === pool.id);
    if (!given) return pool;
    const prices = liquidationPrices(account, given, market, shelf, pool.positions.map(({ instrument }) => instrument));
    const positions = pool.positions.map((position) => {
      const liquidationPrice = prices.get(position.instrument);
      return liquidationPrice ? { ...position, liquidationPrice } : position;
    });
    return { ...pool, positions };
  });
  return { ...state, pools };
}
