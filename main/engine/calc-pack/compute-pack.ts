import type { CalcPack, CalcPackResult } from '../../../shared/calc-pack.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { AccountInput, MarketInput, PoolInput } from '../input.ts';
import { accountStateOf, ENGINE_VERSION, marginAccount } from '../margin.ts';
import { resolveRules, shippedPacks, withPacks, type PackShelf } from '../packs/shelf.ts';
import { callPrices, liquidationPrices, underlyingsBeside } from '../trigger.ts';
import { accountOfPack } from './account-of-pack.ts';
import { jsonPath } from './json-path.ts';
import { businessDateOf, marketOfPack } from './market-of-pack.ts';
import { isOlder } from './version.ts';

/** A pack made ready for the engine: its accounts, its market, and the shelf with its own rule packs on it. */
export interface PreparedPack {
  accounts: readonly AccountInput[];
  market: MarketInput;
  shelf: PackShelf;
}

/**
 * Checks that this engine may compute the pack and turns it into the engine's inputs. Faults: `engine-too-old`, a rule
 * pack that is not valid or not there, a part of a pool that the engine does not use.
 */
export function preparePack(pack: CalcPack): Result<PreparedPack> {
  if (isOlder(ENGINE_VERSION, pack.minEngine)) {
    return fail({
      code: 'engine-too-old',
      message: `This pack needs engine ${pack.minEngine} or newer; this is engine ${ENGINE_VERSION}.`,
      at: 'minEngine',
      fix: 'Open it with a newer Plimsoll.',
    });
  }
  const shelf = shelfOf(pack);
  if (!shelf.ok) return shelf;
  const accounts: AccountInput[] = [];
  for (const [index, account] of pack.accounts.entries()) {
    const input = accountOfPack(pack, account);
    if (!input.ok) return input;
    for (const [place, pool] of input.value.pools.entries()) {
      const rules = resolveRules(shelf.value, pool.packs, businessDateOf(pack));
      if (!rules.ok) return fail({ ...rules.fault, at: jsonPath(['accounts', index, 'pools', place, 'packs']) });
    }
    accounts.push(input.value);
  }
  return succeed({ accounts, market: marketOfPack(pack), shelf: shelf.value });
}

/**
 * Computes every account of a pack. The same pack gives the same bytes: accounts, pools and positions stand in the
 * pack's order, keys in the order of the margin state's schema.
 */
export function computePack(pack: CalcPack): Result<CalcPackResult> {
  const prepared = preparePack(pack);
  if (!prepared.ok) return prepared;
  const { accounts, market, shelf } = prepared.value;
  return succeed({
    engine: ENGINE_VERSION,
    accounts: accounts.map((account) => withCallPrices(accountStateOf(marginAccount(account, market, shelf)), account, market, shelf)),
  });
}

function withCallPrices(state: AccountState, account: AccountInput, market: MarketInput, shelf: PackShelf): AccountState {
  const beside = account.pools.map((pool) => underlyingsBeside(pool, market));
  const held = account.pools.flatMap(({ positions, collateral = [], debt = [] }) => [...positions, ...collateral, ...debt].map(({ instrument }) => instrument));
  const prices = callPrices(account, market, shelf, [...held, ...beside.flat()]);
  const priceOf = (instrument: string) => prices.get(instrument) ?? { down: null, up: null };
  const pools = state.pools.map((pool, index) => {
    const underlyings = (beside[index] ?? []).map((instrument) => ({ instrument, callPrice: priceOf(instrument) }));
    const liquidated = liquidationPrices(account, account.pools[index] as PoolInput, market, shelf, pool.positions.map(({ instrument }) => instrument));
    const positions = pool.positions.map((position) => {
      const liquidationPrice = liquidated.get(position.instrument);
      return { ...position, ...(liquidationPrice ? { liquidationPrice } : {}), callPrice: priceOf(position.instrument) };
    });
    return { ...pool, positions, ...(underlyings.length > 0 ? { underlyings } : {}) };
  });
  return { ...state, pools };
}

function shelfOf(pack: CalcPack): Result<PackShelf> {
  let shelf = shippedPacks();
  for (const [id, rulePack] of Object.entries(pack.rulePacks)) {
    const at = jsonPath(['rulePacks', id]);
    if (rulePack['id'] !== id) {
      return fail({ code: 'bad-rule-pack', message: `The rule pack under ${JSON.stringify(id)} says its id is ${JSON.stringify(rulePack['id'] ?? null)}.`, at: `${at}.id` });
    }
    const next = withPacks(shelf, [rulePack]);
    if (!next.ok) return fail({ ...next.fault, at: (next.fault.at ?? '').replace('packs[0]', at) });
    shelf = next.value;
  }
  return succeed(shelf);
}
