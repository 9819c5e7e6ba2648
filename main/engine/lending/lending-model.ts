import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { difference, input, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel, PoolMargin, PositionMargin, Unpriced } from '../margin-model.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import type { PoolWorth } from '../pool/equity.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import type { Row } from './balances.ts';
import { contentsOf, countsOf, type Contents, type Counts } from './counts.ts';
import { weightOf } from './terms.ts';
import { valueOf } from './token.ts';

/** As lending protocols state a health factor. */
const HEALTH_PLACES = 18;

/**
 * Loans against collateral, balances at weights. A requirement is equity less what counts, so excess is what counts of
 * assets less what counts of liabilities; health is the first by the second, and is not there without a debt.
 */
export const lendingModel: MarginModel = (pool, market, rules) => {
  const { currency } = pool.input;
  const contents = contentsOf(pool, market, rules);
  const initial = countsOf(contents, pool, 'initial', market, rules);
  const maintenance = countsOf(contents, pool, 'maintenance', market, rules);
  const worth = worthOf(pool, contents);
  const ask = (counts: Counts, label: string): Figure => difference(currency, [worth.equity, counts.net], { label, subject: { pool: pool.input.id } });
  const requirement = riskRequirement(currency, ask(initial, 'Initial requirement: equity less what counts'), ask(maintenance, 'Maintenance requirement: equity less what counts'));
  const unknown = [...new Set([...contents.problems, ...initial.problems, ...maintenance.problems])];
  const unweighted = contents.rows.filter((row) => row.units.amount.gt(0) && weightOf(row.instrument, 'collateral', 'maintenance', rules, row.own) === null);
  const unpriced: Unpriced[] = [
    ...unweighted.map(({ instrument }) => ({ instrument, reason: `${NO_WEIGHT}: it counts for nothing`, indeterminate: false })),
    ...contents.unvalued.map(({ instrument, part, quantity, reason }) => ({ instrument, reason, indeterminate: part === 'debt' || quantity.isNegative() })),
    ...unknown.map((reason) => ({ instrument: pool.input.id, reason, indeterminate: true })),
  ];
  const positions: PositionMargin[] = [...contents.unvalued.map(unvaluedMargin), ...contents.rows.map((row, index) => rowMargin(row, initial.byRow[index] as Figure, maintenance.byRow[index] as Figure, unweighted.includes(row), currency)), ...perpetualMargins(contents, initial, maintenance, currency), ...writtenMargins(contents)];
  const health = { dividend: maintenance.assets, divisor: maintenance.liabilities, otherwise: 'nothing is owed', places: HEALTH_PLACES };
  return knownStanding(assemblePool({ ...pool, setAside: [] }, rules, { requirement, positions: [positions], unpriced, health, ...SAME_SHAPE }, worth), unweighted, currency);
};

const NO_WEIGHT = 'no rule pack and no terms of the account say what counts of it';

/** A pool that is below its line only for an asset whose weight nobody set is not known to be: that asset may be enough. */
function knownStanding(state: PoolMargin, unweighted: readonly Row[], currency: string): PoolMargin {
  const [first] = unweighted;
  if (!first || (state.status !== 'call' && state.status !== 'liquidation' && state.status !== 'warning')) return state;
  const most = unweighted.reduce((total, row) => total.plus(valueOf(row, currency).amount), state.figures.excess.amount);
  if (most.isNegative()) return state;
  const others = unweighted.length > 1 ? `, and ${unweighted.length - 1} more` : '';
  return { ...state, status: 'indeterminate', statusReason: `Not all of it is known: ${first.instrument}: ${NO_WEIGHT}, and it may be enough${others}.` };
}

function worthOf({ input: { currency }, cash }: PreparedPool, { rows, perpetuals }: Contents): PoolWorth {
  const parts = [cash.equity, ...rows.map((row) => valueOf(row, currency)), ...perpetuals.map(({ gain }) => gain)];
  const minus = input(new Decimal(-1), 'factor', { label: 'As what is owed', source: 'by definition' });
  const gross = rows.map((row) => {
    const value = valueOf(row, currency);
    return value.amount.isNegative() ? difference(currency, [input(new Decimal(0), currency, { label: minus.about.label, source: 'by definition' }), value], { label: value.about.label }) : value;
  });
  return {
    netLiq: sum(currency, parts, { label: 'Net liquidation value' }),
    equity: sum(currency, parts, { label: 'Equity' }),
    gross: sum(currency, gross, { label: 'Gross value of assets and debts' }),
    grossBy: 'market value',
  };
}

function rowMargin(row: Row, initial: Figure, maintenance: Figure, isUnweighted: boolean, currency: string): PositionMargin {
  const value = valueOf(row, currency);
  const ask = (counts: Figure): Figure => difference(currency, [value, counts], { label: () => `Requirement of ${row.instrument}`, subject: { instrument: row.instrument } });
  return {
    ...shared(row.instrument, row.quantity, toDecimalText(row.price.amount), value),
    requirement: stacksOf(ask(initial), ask(maintenance), currency),
    group: row.part === 'balance' ? row.instrument : row.part,
    movesWith: row.instrument,
    strategy: row.part,
    rule: isUnweighted ? NO_WEIGHT : (maintenance.children[maintenance.chosen]?.about.rule?.cites ?? ''),
    badges: isUnweighted ? ['notMarginedYet'] : [],
  };
}

function perpetualMargins({ perpetuals }: Contents, initial: Counts, maintenance: Counts, currency: string): PositionMargin[] {
  return perpetuals.map((perpetual, index) => {
    const ask = (counts: Counts): Figure => difference(currency, [perpetual.gain, counts.byPerpetual[index] as Figure], { label: () => `Requirement of ${perpetual.instrument}`, subject: { instrument: perpetual.instrument } });
    return { ...shared(perpetual.instrument, perpetual.quantity, toDecimalText(perpetual.price.amount), perpetual.gain), subType: 'futures' as const, requirement: stacksOf(ask(initial), ask(maintenance), currency), group: perpetual.instrument, strategy: 'perpetual', rule: '' };
  });
}

function writtenMargins({ written }: Contents): PositionMargin[] {
  return written.map(({ instrument, quantity, charge }) => ({ ...shared(instrument, quantity, null, null), requirement: stacksOf(charge, charge, charge.unit), group: instrument, strategy: 'written option', rule: charge.about.rule?.cites ?? '' }));
}

function unvaluedMargin({ instrument, part, quantity }: Contents['unvalued'][number]): PositionMargin {
  return { ...shared(instrument, quantity, null, null), requirement: null, group: part === 'balance' ? instrument : part, strategy: 'not included', rule: '', badges: ['unpriced'] };
}

function shared(instrument: string, quantity: Decimal, price: string | null, value: Figure | null): Pick<PositionMargin, 'instrument' | 'subType' | 'quantity' | 'price' | 'localValue' | 'value' | 'parts' | 'badges'> {
  return { instrument, subType: 'margin', quantity: toDecimalText(quantity), price, localValue: value?.amount ?? null, value, parts: null, badges: [] };
}

function stacksOf(initial: Figure, maintenance: Figure, currency: string): NonNullable<PositionMargin['requirement']> {
  const regT = input(new Decimal(0), currency, { label: 'Regulation T does not apply to loans here', source: 'by definition' });
  return { regT, exchange: maintenance, houseInitial: initial, houseMaintenance: maintenance };
}
