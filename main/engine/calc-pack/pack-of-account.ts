import type { CalcPack } from '../../../shared/calc-pack.ts';
import type { PackAccount, PackPool, PackPosition } from '../../../shared/calc-pack/accounts.ts';
import type { PackInstrument } from '../../../shared/calc-pack/instruments.ts';
import type { PackMark, PackRate } from '../../../shared/calc-pack/market.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { AccountInput, MarketInput, PoolInput, PositionInput } from '../input.ts';
import { ENGINE_VERSION } from '../margin.ts';
import type { RulePack } from '../packs/schema.ts';
import { packInForce, type PackShelf } from '../packs/shelf.ts';
import { computePack } from './compute-pack.ts';

/**
 * An account's calc pack with its result, which is computed from the pack itself: what is written down is what anybody
 * gets who reads it.
 */
export function packOfAccount(account: AccountInput, market: MarketInput, shelf: PackShelf): Result<CalcPack> {
  const pack = inputsOfAccount(account, market, shelf);
  const result = computePack(pack);
  return result.ok ? succeed({ ...pack, result: result.value }) : result;
}

/**
 * Everything that one account's figures depend on: instruments and marks it reaches, exchange rates, its rule packs in
 * full. The same account gives the same bytes.
 */
export function inputsOfAccount(account: AccountInput, market: MarketInput, shelf: PackShelf): CalcPack {
  const ids = instrumentsOf(account, market);
  const rulePacks = rulePacksOf(account, shelf, market.businessDate);
  const fx = needsRates(account, market, ids, rulePacks) ? market.fx.map((fact) => ({ ...fact })) : [];
  const marks = Object.fromEntries(ids.flatMap((id) => markOf(market, id)));
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: market.asOf,
    businessDate: market.businessDate,
    baseCurrency: account.baseCurrency,
    minEngine: ENGINE_VERSION,
    fx: {},
    instruments: Object.fromEntries(ids.flatMap((id) => termsOf(market, id))),
    ...marketPart(market, ids, marks, fx),
    rulePacks: Object.fromEntries(rulePacks.map((rulePack) => [rulePack.id, { ...rulePack }])),
    groups: [],
    accounts: [accountPart(account)],
  };
}

/** What is held or was traded, and what it is on or delivers, sorted. */
function instrumentsOf({ pools, activity }: AccountInput, { instruments }: MarketInput): InstrumentId[] {
  const held = pools.flatMap(({ positions, collateral = [], debt = [], orders = [] }) => [...positions, ...collateral, ...debt, ...orders].map(({ instrument }) => instrument));
  const traded = (activity ?? []).flatMap(({ instrument }) => (instrument === null ? [] : [instrument]));
  const ids = new Set<InstrumentId>();
  for (const id of [...held, ...traded]) {
    ids.add(id);
    const terms = instruments.get(id);
    if (terms?.kind === 'future' || terms?.kind === 'perpetual') {
      if (terms.underlying) ids.add(terms.underlying);
      continue;
    }
    if (terms?.kind !== 'option') continue;
    ids.add(terms.underlying);
    for (const { instrument } of terms.deliverable ?? []) ids.add(instrument);
  }
  return [...ids].filter((id) => instruments.has(id)).toSorted();
}

/** Marks and whatever else is known of the market; sizes, arrays, dividends and bounds only of the instruments named. */
function marketPart(market: MarketInput, ids: readonly InstrumentId[], marks: Record<string, PackMark>, fx: PackRate[]): Pick<CalcPack, 'market' | 'riskArrays'> {
  const { curves, dividends, forwards, history, stats, riskArrays } = market;
  const of = <Value>(facts: ReadonlyMap<string, Value> | undefined): Record<string, Value> => Object.fromEntries(ids.flatMap((id) => (facts?.has(id) ? [[id, facts.get(id) as Value]] : [])));
  const reached = new Set(ids);
  const parts = {
    curves: Object.fromEntries([...(curves ?? [])].map(([currency, points]) => [currency, [...points]])),
    dividends: Object.fromEntries(Object.entries(of(dividends)).map(([id, rows]) => [id, [...rows]])),
    forwards: (forwards ?? []).filter(({ underlying }) => reached.has(underlying)),
    history: of(history),
    stats: of(stats),
  };
  const arrays = of(riskArrays);
  return {
    market: { marks, ...(fx.length > 0 ? { fx } : {}), ...Object.fromEntries(Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0)) },
    ...(Object.keys(arrays).length > 0 ? { riskArrays: arrays } : {}),
  };
}

function termsOf({ instruments, impliedVols }: MarketInput, id: InstrumentId): [string, PackInstrument][] {
  const terms = instruments.get(id);
  const impliedVol = impliedVols?.get(id);
  return terms ? [[id, { ...terms, ...(impliedVol === undefined ? {} : { impliedVol }) }]] : [];
}

function markOf({ marks, bounds, confidences }: MarketInput, id: InstrumentId): [string, PackMark][] {
  const mark = marks.get(id);
  if (!mark) return [];
  const { instrument: _instrument, ...rest } = mark;
  return [[id, { ...rest, ...bounds?.get(id), ...(confidences?.has(id) ? { confidence: confidences.get(id) } : {}) }]];
}

/** The packs that the pools name, with those they extend, by id, each in the version of the day. One that is not on the shelf leaves its pool as it is here: unknown. */
function rulePacksOf({ pools }: AccountInput, shelf: PackShelf, day: IsoDate): RulePack[] {
  const found = new Map<string, RulePack>();
  const collect = (id: string): void => {
    const rulePack = packInForce(shelf, id, day);
    if (!rulePack.ok || found.has(id)) return;
    found.set(id, rulePack.value);
    if (rulePack.value.extends !== undefined) collect(rulePack.value.extends);
  };
  for (const { packs } of pools) for (const id of packs) collect(id);
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** All rates or none: which of them a conversion goes through depends on their order. */
function needsRates(account: AccountInput, market: MarketInput, ids: readonly InstrumentId[], rulePacks: readonly RulePack[]): boolean {
  const currencies = [
    account.baseCurrency,
    ...account.pools.flatMap((pool) => [pool.currency, ...pool.cash.map(({ currency }) => currency)]),
    ...(account.activity ?? []).map(({ currency }) => currency),
    ...ids.map((id) => market.instruments.get(id)?.currency ?? account.baseCurrency),
    ...rulePacks.flatMap(({ currency }) => currency ?? []),
  ];
  return new Set(currencies).size > 1;
}

function accountPart({ id, regime, baseCurrency, newAccount, prior, activity, activityCovers, priorExcess, pools, sweep, routes }: AccountInput): PackAccount {
  return {
    id,
    regime,
    baseCurrency,
    newAccount,
    prior,
    activity: activity?.map(({ account: _account, ...row }) => row) ?? null,
    ...(priorExcess === undefined ? {} : { priorExcess }),
    ...(activityCovers ? { activityCovers } : {}),
    pools: pools.map(poolPart),
    ...(sweep ? { sweep: { ...sweep } } : {}),
    ...(routes ? { routes: routes.map((route) => ({ ...route })) } : {}),
  };
}

function poolPart({ id, mode, model, currency, packs, cash, positions, excluded, collateral = [], debt = [], orders = [], external, priorRequirement }: PoolInput): PackPool {
  return {
    id,
    mode,
    model,
    currency,
    packs: [...packs],
    cash: {},
    cashRows: cash.map((row) => ({ ...row })),
    positions: positions.map(positionPart),
    excluded: excluded.map((row) => ({ ...row })),
    collateral: [...collateral],
    debt: [...debt],
    orders: [...orders],
    ...(external ? { external } : {}),
    ...(priorRequirement ? { priorRequirement } : {}),
  };
}

function positionPart({ instrument, quantity, entryPrice, subType, settledPrice, leverage }: PositionInput): PackPosition {
  return { instrument, quantity, entryPrice, subType, ...(settledPrice === undefined ? {} : { settledPrice }), ...(leverage === undefined ? {} : { leverage }) };
}
