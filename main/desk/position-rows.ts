import type { PositionRow } from '../../shared/views.ts';
import type { AccountState, PositionState, TriggerPrice } from '../../shared/domain/margin-state.ts';
import { fromDecimalText, toDecimalText } from '../../shared/money.ts';
import { daysBetween } from '../../shared/time.ts';
import { allPositions, ratio } from './account-row.ts';
import { positionKey, type AccountHoldings, type HeldPosition, type Holdings } from './holdings.ts';

export const stateKey = ({ subType, instrument }: { subType: string; instrument: string }, pool = ''): string => `${pool}\n${subType}\n${instrument}`;

/** The rows of the positions grid, in the order of their groups. `callPrices` is by instrument, where known. */
export function positionRows(
  holdings: Holdings,
  account: AccountHoldings,
  state: AccountState,
  callPrices: ReadonlyMap<string, TriggerPrice>,
): PositionRow[] {
  const found = account.given ? statesByPool(account, state) : statesByKey(account, state);
  const several = account.given !== undefined && state.pools.length > 1;
  return found.map(([position, margin]) => positionRow(holdings, account, position, margin, { callPrice: callPrices.get(position.instrument), several })).sort(byPlace);
}

/** One row; `several` where pools of the account are told apart. */
export function positionRow(holdings: Holdings, account: AccountHoldings, position: HeldPosition, margin: PositionState | undefined, { callPrice, several = false }: { callPrice?: TriggerPrice | undefined; several?: boolean } = {}): PositionRow {
  const fact = holdings.instruments.get(position.instrument);
  const mark = holdings.marks.get(position.instrument);
  const quantity = fromDecimalText(position.quantity);
  const expiry = fact && 'expiry' in fact.terms ? fact.terms.expiry : null;
  return {
    key: positionKey(position),
    account: position.account,
    // A leg closed on a branch stays with its underlying.
    group: `${margin?.group ?? (fact && 'underlying' in fact.terms ? fact.terms.underlying : position.instrument)}${several && position.place ? ` · ${position.place.pool}` : ''}`,
    strategy: margin?.strategy ?? '',
    instrument: position.instrument,
    kind: fact?.terms.kind ?? 'other',
    description: fact?.terms.description ?? null,
    subType: position.subType,
    side: quantity.isZero() ? 'flat' : quantity.isPositive() ? 'long' : 'short',
    quantity: position.quantity,
    currency: fact?.terms.currency ?? account.account.baseCurrency,
    mark: margin ? margin.price : (mark?.value ?? null),
    markAsOf: mark?.asOf ?? null,
    markSource: mark?.source ?? null,
    value: margin?.value ?? null,
    valueInBase: margin?.valueInPoolCurrency ?? null,
    ...requirements(margin),
    daysToExpiry: expiry && holdings.businessDate ? daysBetween(holdings.businessDate, expiry) : null,
    callPriceDown: callPrice?.down ?? null,
    callPriceUp: callPrice?.up ?? null,
    ...(margin?.liquidationPrice ? { liquidation: margin.liquidationPrice } : {}),
    ...(margin?.bankruptcyPrice ? { bankruptcy: margin.bankruptcyPrice } : {}),
    live: null,
    added: false,
  };
}

type Shown = [held: HeldPosition, margin: PositionState | undefined];

function statesByKey({ positions }: AccountHoldings, state: AccountState): Shown[] {
  const states = new Map(allPositions(state).map((margin) => [stateKey(margin), margin]));
  return positions.map((position) => [position, states.get(stateKey(position))]);
}

/**
 * In a calc pack a pool may hold one instrument in several lots, which margin as one position, or as two where a venue
 * margins its sides apart: there is a row for each of these, under the key of its first lot.
 */
function statesByPool({ positions }: AccountHoldings, { pools }: AccountState): Shown[] {
  const states = Map.groupBy(pools.flatMap(({ id, positions: margins }) => margins.map((margin) => [stateKey(margin, id), margin] as const)), ([key]) => key);
  const lots = Map.groupBy(positions, (position) => {
    const key = stateKey(position, position.place?.pool);
    return (states.get(key)?.length ?? 0) > 1 ? `${key}\n${position.quantity.startsWith('-')}` : key;
  });
  return [...lots.values()].map((held): Shown => {
    const [first] = held as [HeldPosition];
    const quantity = toDecimalText(held.reduce((sum, lot) => sum.plus(fromDecimalText(lot.quantity)), fromDecimalText('0')));
    const margins = (states.get(stateKey(first, first.place?.pool)) ?? []).map(([, margin]) => margin);
    return [{ ...first, quantity }, margins.length > 1 ? margins.find((margin) => margin.quantity.startsWith('-') === quantity.startsWith('-')) : margins[0]];
  });
}

function requirements(margin: PositionState | undefined) {
  const value = margin?.valueInPoolCurrency;
  return {
    regTInitial: margin?.regTInitial ?? '0',
    exchangeMaintenance: margin?.exchangeMaintenance ?? '0',
    houseInitial: margin?.houseInitial ?? '0',
    houseMaintenance: margin?.houseMaintenance ?? '0',
    maintenanceShare: margin && value ? ratio(fromDecimalText(margin.houseMaintenance), fromDecimalText(value).abs()) : null,
    rule: margin?.rule ?? '',
    badges: margin?.badges ?? [],
  };
}

const KIND_ORDER = ['equity', 'etf', 'index', 'bond', 'future', 'option'];

const places = new Map(KIND_ORDER.map((kind, at) => [kind, at]));

/** Group by group; inside a group the stock first, then its options by expiry and strike as their names sort. */
export function byPlace(a: PositionRow, b: PositionRow): number {
  const kind = (row: PositionRow): number => places.get(row.kind) ?? KIND_ORDER.length;
  return compare(a.group, b.group) || kind(a) - kind(b) || compare(a.instrument, b.instrument) || compare(a.subType, b.subType) || compare(a.key, b.key);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
