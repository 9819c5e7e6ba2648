import type { PositionRow } from '../../shared/views.ts';
import type { AccountState, PositionState, TriggerPrice } from '../../shared/domain/margin-state.ts';
import { fromDecimalText } from '../../shared/money.ts';
import { daysBetween } from '../../shared/time.ts';
import { allPositions, ratio } from './account-row.ts';
import { positionKey, type AccountHoldings, type Holdings } from './holdings.ts';

type Key = `${string} ${string}`;
const stateKey = ({ subType, instrument }: { subType: string; instrument: string }): Key => `${subType} ${instrument}`;

/** The rows of the positions grid, in the order of their groups. `callPrices` is by instrument, where known. */
export function positionRows(
  holdings: Holdings,
  account: AccountHoldings,
  state: AccountState,
  callPrices: ReadonlyMap<string, TriggerPrice>,
): PositionRow[] {
  const states = new Map(allPositions(state).map((position) => [stateKey(position), position]));
  const rows = account.positions.map((position): PositionRow => {
    const fact = holdings.instruments.get(position.instrument);
    const mark = holdings.marks.get(position.instrument);
    const margin = states.get(stateKey(position));
    const callPrice = callPrices.get(position.instrument);
    const quantity = fromDecimalText(position.quantity);
    const expiry = fact && 'expiry' in fact.terms ? fact.terms.expiry : null;
    return {
      key: positionKey(position),
      account: position.account,
      group: margin?.group ?? position.instrument,
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
      live: null,
      added: false,
    };
  });
  return rows.sort(byGroup);
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

/** Group by group; inside a group the stock first, then its options by expiry and strike as their names sort. */
function byGroup(a: PositionRow, b: PositionRow): number {
  const kind = (row: PositionRow): number => (KIND_ORDER.indexOf(row.kind) + KIND_ORDER.length + 1) % (KIND_ORDER.length + 1);
  return compare(a.group, b.group) || kind(a) - kind(b) || compare(a.instrument, b.instrument) || compare(a.subType, b.subType);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
