import { Decimal } from '../../../shared/money.ts';
import { choice, difference, greatest, input, sum, type Figure } from '../figure/figure.ts';
import { nearSum } from '../figure/near-total.ts';
import type { MarginModel, Requirement } from '../margin-model.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, SAME_SHAPE } from '../pool/assemble.ts';
import type { PoolWorth } from '../pool/equity.ts';
import { madeOf } from '../pool/kept.ts';
import { nearEach, nearFlat } from '../pool/near.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { byInstrument } from '../pool/prepared-group.ts';
import type { Charged } from './charged.ts';
import { contractsOf } from './contracts.ts';

/**
 * Futures at a fixed amount per contract and day: every contract is margined, long or short; contracts of the same month
 * net, different months get no spread credit. Equity is the money of the segment and the gains not yet paid out.
 */
export const fixedModel: MarginModel = (pool, market, rules) => {
  const { near, input: { id, currency } } = pool;
  const contracts = nearFlat(near, `${id} contracts`, pool.groups, (group) => madeOf(group, 'futures', () => contractsOf(group, pool.input, market, rules)));
  const charged = nearFlat(near, `${id} charged`, contracts, (contract) => contract.charged).toSorted((a, b) => byInstrument(a.holding, b.holding));
  const setAside = nearFlat(near, `${id} not charged`, contracts, (contract) => contract.setAside);
  const products = [...Map.groupBy(charged, ({ position: { group } }) => group)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const stack = (name: StackName, label: string): Figure => total(products, name, label, pool);
  const exchangeInitial = nearEach(near, `${id} exchangeInitial`, charged, (one) => one.exchangeInitial);
  const requirement: Requirement = {
    regT: stack('regT', 'Regulation T initial requirement'),
    exchangeInitial: nearSum(near, `${id} exchangeInitial`, currency, exchangeInitial, { label: 'Exchange initial requirement', subject: { pool: id } }),
    exchangeMaintenance: stack('exchange', 'Exchange maintenance requirement'),
    houseInitial: stack('houseInitial', 'Initial requirement'),
    houseMaintenance: stack('houseMaintenance', 'Maintenance requirement'),
    specialMemorandum: null,
  };
  const worth = worthOf(pool, charged);
  const positions = nearEach(near, `${id} margins`, charged, ({ position }) => position);
  const unpriced = nearFlat(near, `${id} not known`, charged, (one) => one.unpriced);
  const state = assemblePool({ ...pool, setAside }, rules, { requirement, positions: [positions], unpriced, ...SAME_SHAPE }, worth);
  const toRestore = restoreAmount(worth.equity, requirement, currency, rules);
  return Object.assign(state, { callAmount: callAmount(worth.equity, requirement, toRestore, currency, rules), restoreAmount: toRestore });
};

type StackName = keyof Charged['requirement'];

/** A stack's tree: pool → product → contract, so that the months of one product stand together. */
function total(products: readonly (readonly [name: string, legs: readonly Charged[]])[], stack: StackName, label: string, { input: { id, currency }, near }: PreparedPool): Figure {
  const children = products.map(([group, legs]) => {
    const asked = nearEach(near, `${id} ${stack} ${group}`, legs, ({ requirement }) => requirement[stack]);
    return nearSum(near, `${id} ${stack} ${group}`, currency, asked, { label: group, subject: { group } });
  });
  return sum(currency, children, { label, subject: { pool: id } });
}

function worthOf({ cash, input: { id, currency }, near }: PreparedPool, charged: readonly Charged[]): PoolWorth {
  const segment = cash.futuresSegment ? [cash.futuresSegment] : [];
  const gains = nearSum(near, `${id} gains`, currency, nearEach(near, `${id} gains`, charged, ({ variation }) => variation.figure), { label: 'Gains since the last settlement' });
  const parts = [cash.equity, ...segment, gains];
  return {
    netLiq: sum(currency, parts, { label: 'Net liquidation value' }),
    equity: sum(currency, parts, { label: 'Equity' }),
    gross: nearSum(near, `${id} notional`, currency, nearEach(near, `${id} notional`, charged, ({ notional }) => notional), { label: 'Gross notional value' }),
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

