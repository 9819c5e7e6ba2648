import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { choice, difference, greatest, input, product, sum, type Figure } from '../figure/figure.ts';
import { nearSum } from '../figure/near-total.ts';
import type { PoolInput, PositionInput } from '../input.ts';
import type { MarginModel, PositionMargin, Requirement, Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, SAME_SHAPE } from '../pool/assemble.ts';
import type { PoolWorth } from '../pool/equity.ts';
import type { SetAside } from '../pool/holding.ts';
import { madeOf } from '../pool/kept.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { byInstrument } from '../pool/prepared-group.ts';
import { prepareContract, rowsByContract, type FutureHolding } from './holding.ts';
import type { ContractRate } from './product.ts';
import { notionalOf, variationOf, type Variation } from './variation.ts';

/** A holding with its requirements and its gain since the last settlement. */
interface Charged {
  holding: FutureHolding;
  variation: Variation;
  requirement: NonNullable<PositionMargin['requirement']>;
  exchangeInitial: Figure;
  notional: Figure;
  position: PositionMargin;
}

/**
 * Futures at a fixed amount per contract and day: every contract is margined, long or short; contracts of the same month
 * net, different months get no spread credit. Equity is the money of the segment and the gains not yet paid out.
 */
export const fixedModel: MarginModel = (pool, market, rules) => {
  const { currency } = pool.input;
  const parts = pool.groups.flatMap((group) => madeOf(group, 'futures', () => rowsByContract(group.positions).map((rows) => chargedOnce(rows, pool.input, market, rules))));
  const charged = parts.flatMap((part) => part.charged ?? []).toSorted((a, b) => byInstrument(a.holding, b.holding));
  const setAside = parts.flatMap((part) => part.setAside ?? []);
  const requirement: Requirement = {
    regT: total(charged, 'regT', 'Regulation T initial requirement', pool),
    exchangeInitial: nearSum(pool.near, `${pool.input.id} exchangeInitial`, currency, charged.map((one) => one.exchangeInitial), { label: 'Exchange initial requirement', subject: { pool: pool.input.id } }),
    exchangeMaintenance: total(charged, 'exchange', 'Exchange maintenance requirement', pool),
    houseInitial: total(charged, 'houseInitial', 'Initial requirement', pool),
    houseMaintenance: total(charged, 'houseMaintenance', 'Maintenance requirement', pool),
    specialMemorandum: null,
  };
  const worth = worthOf(pool, charged);
  const state = assemblePool({ ...pool, setAside }, rules, { requirement, positions: [charged.map(({ position }) => position)], unpriced: charged.flatMap(unpricedOf), ...SAME_SHAPE }, worth);
  const toRestore = restoreAmount(worth.equity, requirement, currency, rules);
  return Object.assign(state, { callAmount: callAmount(worth.equity, requirement, toRestore, currency, rules), restoreAmount: toRestore });
};

/** What becomes of contracts: charged, set aside, or neither where nothing is left of them. */
interface ContractPart {
  charged?: Charged;
  setAside?: SetAside;
}

function chargedPart(rows: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): ContractPart {
  const prepared = prepareContract(rows, currency, market, rules);
  if (!prepared) return {};
  return 'reason' in prepared ? { setAside: prepared } : { charged: charge(prepared, currency) };
}

/** The same contracts at the same mark are charged what they were: a group may have hundreds, and an edit moves one. */
function chargedOnce(rows: readonly PositionInput[], { id, currency }: Pick<PoolInput, 'id' | 'currency'>, market: MarketView, rules: Rules): ContractPart {
  const { instrument, subType } = rows[0] as PositionInput;
  const of = [market.mark(instrument), market.terms(instrument), ...rows];
  const store = market.kept?.store;
  const before = store?.get(`contract ${id} ${subType} ${instrument}`) as { of: readonly unknown[]; part: ContractPart } | undefined;
  if (before?.of.length === of.length && of.every((one, at) => one === before.of[at])) return before.part;
  const part = chargedPart(rows, currency, market, rules);
  store?.set(`contract ${id} ${subType} ${instrument}`, { of, part });
  return part;
}

function charge(holding: FutureHolding, currency: string): Charged {
  const { exchange, house } = holding.margin;
  const leg = (what: 'initial' | 'maintenance'): Figure => {
    const asked = legFigure(holding, exchange, what, currency);
    if (!house) return asked;
    return greatest(currency, [asked, legFigure(holding, house, what, currency)], { label: () => `${holding.instrument}, house floored at the exchange`, subject: { instrument: holding.instrument } });
  };
  const nothing = input(new Decimal(0), currency, { label: 'Regulation T does not apply to futures', source: 'by definition' });
  const requirement = { regT: nothing, exchange: legFigure(holding, exchange, 'maintenance', currency), houseInitial: leg('initial'), houseMaintenance: leg('maintenance') };
  const variation = variationOf(holding, currency);
  return { holding, variation, requirement, exchangeInitial: legFigure(holding, exchange, 'initial', currency), notional: notionalOf(holding, currency), position: positionMargin(holding, variation, requirement) };
}

function legFigure({ instrument, quantity, conversion }: FutureHolding, rate: ContractRate, what: 'initial' | 'maintenance', currency: string): Figure {
  const side = quantity.isNegative() ? 'Short' : 'Long';
  const count = input(quantity.abs(), 'contracts', { label: () => `${side} ${instrument}`, source: 'position', subject: { instrument } });
  return product(currency, [count, rate[what], ...conversion], { label: () => `${side} ${instrument}, per contract`, rule: rate.rule, subject: { instrument } });
}

type StackName = keyof Charged['requirement'];

/** A stack's tree: pool → product → contract, so that the months of one product stand together. */
function total(charged: readonly Charged[], stack: StackName, label: string, { input: { id, currency }, near }: PreparedPool): Figure {
  const groups = [...Map.groupBy(charged, ({ holding }) => groupOf(holding))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const children = groups.map(([group, legs]) => nearSum(near, `${id} ${stack} ${group}`, currency, legs.map(({ requirement }) => requirement[stack]), { label: group, subject: { group } }));
  return sum(currency, children, { label, subject: { pool: id } });
}

/** Named apart from the stock that may carry the same letters. */
function groupOf({ margin }: FutureHolding): string {
  return `${margin.root} futures`;
}

function worthOf({ cash, input: { id, currency }, near }: PreparedPool, charged: readonly Charged[]): PoolWorth {
  const segment = cash.futuresSegment ? [cash.futuresSegment] : [];
  const gains = nearSum(near, `${id} gains`, currency, charged.map(({ variation }) => variation.figure), { label: 'Gains since the last settlement' });
  const parts = [cash.equity, ...segment, gains];
  return {
    netLiq: sum(currency, parts, { label: 'Net liquidation value' }),
    equity: sum(currency, parts, { label: 'Equity' }),
    gross: nearSum(near, `${id} notional`, currency, charged.map(({ notional }) => notional), { label: 'Gross notional value' }),
    grossBy: 'notional value',
  };
}

/** What equity lacks of the level that calls restore, breach or no breach: what a call that is open asks for. */
function restoreAmount(equity: Figure, { houseInitial, houseMaintenance }: Requirement, currency: string, rules: Rules): Figure {
  const toInitial = rules.setting('future.callRestoresTo') === 'initial';
  const nothing = input(new Decimal(0), currency, { label: 'Nothing is missing', source: 'by definition' });
  const missing = difference(currency, [toInitial ? houseInitial : houseMaintenance, equity], { label: `${toInitial ? 'Initial' : 'Maintenance'} requirement less equity` });
  return greatest(currency, [nothing, missing], { label: 'Missing to the level that calls restore' });
}

/** Nothing while equity is at least maintenance; below it, what restores equity to the level the pack names. */
function callAmount(equity: Figure, { houseMaintenance }: Requirement, missing: Figure, currency: string, rules: Rules): Figure {
  const toInitial = rules.setting('future.callRestoresTo') === 'initial';
  const nothing = input(new Decimal(0), currency, { label: 'No call', source: 'by definition' });
  const isBelow = equity.amount.lt(houseMaintenance.amount);
  return choice(currency, [nothing, missing], isBelow ? 1 : 0, {
    label: 'Margin call on futures',
    arithmetic: isBelow ? `equity is below maintenance: the call restores it to ${toInitial ? 'initial' : 'maintenance'} margin` : 'equity is not below maintenance',
    rule: rules.settingRule('future.callRestoresTo'),
  });
}

function positionMargin(holding: FutureHolding, variation: Variation, requirement: Charged['requirement']): PositionMargin {
  const { instrument, subType, quantity, price, margin } = holding;
  const { rule } = requirement.houseMaintenance.chosen === 1 && margin.house ? margin.house : margin.exchange;
  return {
    instrument,
    subType,
    quantity: toDecimalText(quantity),
    price: price && toDecimalText(price.amount),
    localValue: price && variation.local,
    value: price ? variation.figure : null,
    requirement,
    group: groupOf(holding),
    strategy: 'future, per contract',
    rule: rule.cites,
    parts: null,
    badges: [...(rule.status === 'unverified' ? ['unverifiedRule' as const] : []), ...(variation.problem === null ? [] : ['unpriced' as const])],
  };
}

/** A gain that is not known could be a loss, whichever side is held. */
function unpricedOf({ holding, variation }: Charged): Unpriced[] {
  return variation.problem === null ? [] : [{ instrument: holding.instrument, reason: variation.problem, indeterminate: true }];
}
