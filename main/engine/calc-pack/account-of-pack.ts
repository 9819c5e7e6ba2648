import type { CalcPack } from '../../../shared/calc-pack.ts';
import type { PackAccount, PackActivity, PackPool, PackPosition } from '../../../shared/calc-pack/accounts.ts';
import type { ActivityFact, SubType } from '../../../shared/domain/facts.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { AccountInput, CashInput, PoolInput, PositionInput } from '../input.ts';
import { PARTS_USED, type PoolPart } from '../models.ts';
import { jsonPath } from './json-path.ts';
import { businessDateOf } from './market-of-pack.ts';

/**
 * An account of a pack as the engine takes it. A fault when the pack holds something that this engine would have to
 * leave out of its figures: better no figure than one that quietly forgets a debt.
 */
export function accountOfPack(pack: CalcPack, account: PackAccount): Result<AccountInput> {
  const currency = account.baseCurrency ?? pack.baseCurrency;
  for (const [index, pool] of account.pools.entries()) {
    const part = unsupportedPart(pool);
    if (part) {
      return fail({
        code: 'not-supported-yet',
        message: `The ${pool.model} model of this engine does not use "${part}"; leaving it out would make the figures wrong.`,
        at: jsonPath(['accounts', pack.accounts.indexOf(account), 'pools', index, part]),
        fix: 'Remove it, or compute the pack with a newer Plimsoll.',
      });
    }
  }
  return succeed({
    id: account.id,
    baseCurrency: currency,
    regime: account.regime,
    newAccount: account.newAccount,
    prior: account.prior,
    activity: account.activity?.map((row, index) => activityOf(pack, account.id, currency, row, index)) ?? null,
    ...(account.priorExcess === undefined ? {} : { priorExcess: account.priorExcess }),
    ...(account.activityCovers ? { activityCovers: account.activityCovers } : {}),
    pools: account.pools.map((pool) => poolOf(pack, account, pool, currency)),
    sweep: account.sweep ?? null,
    ...(account.routes ? { routes: account.routes } : {}),
  });
}

function unsupportedPart(pool: PackPool): PoolPart | null {
  const held = Object.keys(partsOf(pool)) as PoolPart[];
  return held.find((part) => !PARTS_USED[pool.model].includes(part)) ?? null;
}

function partsOf({ collateral, debt, orders, external }: PackPool): Pick<PoolInput, PoolPart> {
  return {
    ...(collateral.length > 0 ? { collateral } : {}),
    ...(debt.length > 0 ? { debt } : {}),
    ...(orders.length > 0 ? { orders } : {}),
    ...(external ? { external } : {}),
  };
}

function poolOf(pack: CalcPack, account: PackAccount, pool: PackPool, baseCurrency: Currency): PoolInput {
  const layers = [...(pool.rulePack === undefined ? [] : [pool.rulePack]), ...(pool.packs ?? [])];
  const positions = pool.positions.filter(({ instrument }) => pack.instruments[instrument]?.kind !== 'cash');
  return {
    id: pool.id,
    mode: pool.mode,
    model: pool.model,
    currency: pool.currency ?? baseCurrency,
    packs: [...new Set(layers)],
    cash: [...balances(pool), ...cashPositions(pack, pool)],
    positions: positions.map((position) => positionOf(pack, account, position)),
    excluded: pool.excluded,
    ...partsOf(pool),
    ...(pool.priorRequirement ? { priorRequirement: pool.priorRequirement } : {}),
  };
}

function balances(pool: PackPool): CashInput[] {
  return [
    ...Object.entries(pool.cash).map(([currency, amount]) => ({ currency, kind: 'tradeDate' as const, amount, valueDate: null })),
    ...pool.cashRows.map((row) => ({ ...row, valueDate: row.valueDate ?? null })),
  ];
}

/** Positions in a cash instrument are money: one unit is one unit of its currency. */
function cashPositions(pack: CalcPack, pool: PackPool): CashInput[] {
  return pool.positions.flatMap(({ instrument, quantity }) => {
    const terms = pack.instruments[instrument];
    return terms?.kind === 'cash' ? [{ currency: terms.currency, kind: 'tradeDate' as const, amount: quantity, valueDate: null }] : [];
  });
}

function positionOf(pack: CalcPack, account: PackAccount, position: PackPosition): PositionInput {
  const { instrument, quantity, entryPrice, settledPrice, leverage, subType } = position;
  const stated = { ...(settledPrice === undefined ? {} : { settledPrice }), ...(leverage === undefined ? {} : { leverage }) };
  return { instrument, quantity, entryPrice: entryPrice ?? null, ...stated, subType: subType ?? usualSubType(pack, account, position) };
}

/** Where a broker would carry it when nobody says: short stock in the short account, else margin, or cash. */
function usualSubType(pack: CalcPack, account: PackAccount, { instrument, quantity }: PackPosition): SubType {
  if (account.regime === 'cash') return 'cash';
  const kind = pack.instruments[instrument]?.kind;
  if (kind === 'future' || kind === 'perpetual') return 'futures';
  const isStock = kind === 'equity' || kind === 'etf';
  return isStock && quantity.startsWith('-') ? 'short' : 'margin';
}

function activityOf(pack: CalcPack, account: string, currency: Currency, row: PackActivity, index: number): ActivityFact {
  return {
    account,
    id: row.id ?? `pack:${index}`,
    kind: row.kind,
    instrument: row.instrument ?? null,
    tradeDate: row.tradeDate ?? businessDateOf(pack),
    settleDate: row.settleDate ?? null,
    quantity: row.quantity ?? null,
    price: row.price ?? null,
    amount: row.amount ?? null,
    currency: row.currency ?? currency,
    detail: row.detail ?? null,
  };
}
