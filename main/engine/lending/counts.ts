import type { OptionInstrument } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, least, product, sum, type Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { balancesOf, type Row, type Unvalued } from './balances.ts';
import { reservedBy, type Reserved } from './orders.ts';
import { chargeOf, countedPerpetual, perpetualOf, type Perpetual } from './perpetual.ts';
import { weightOf, type Level } from './terms.ts';
import { counted, pricesOf, type Token } from './token.ts';
import { writtenOption } from './written-option.ts';

/** Everything in a lending pool that has a price, and what has none. */
export interface Contents {
  rows: readonly Row[];
  perpetuals: readonly Perpetual[];
  written: readonly { instrument: string; quantity: Decimal; charge: Figure }[];
  reserved: readonly Reserved[];
  unvalued: readonly Unvalued[];
  problems: readonly string[];
}

/** What counts at one level: assets less liabilities is what may be borrowed or, at maintenance, how far it is from liquidation. */
export interface Counts {
  /** Of each row, in the order of `rows`. */
  byRow: readonly Figure[];
  byPerpetual: readonly Figure[];
  assets: Figure;
  liabilities: Figure;
  /** assets less liabilities. */
  net: Figure;
  problems: readonly string[];
}

export function contentsOf(pool: PreparedPool, market: MarketView, rules: Rules): Contents {
  const { input: own } = pool;
  const kindOf = ({ instrument }: PositionInput): string => market.terms(instrument)?.kind ?? '';
  const perpetualRows = netted(own.positions.filter((position) => PERPETUAL.has(kindOf(position))));
  const optionRows = own.positions.filter((position) => kindOf(position) === 'option');
  const { rows, unvalued } = balancesOf(own, own.positions.filter((position) => !PERPETUAL.has(kindOf(position)) && kindOf(position) !== 'option'), market);
  const problems: string[] = [...pool.cash.problems];
  const perpetuals = perpetualRows.flatMap((position) => {
    const found = perpetualOf(position, own.orders ?? [], own.currency, market);
    if (typeof found !== 'string') return [found];
    problems.push(`${position.instrument}: ${found}`);
    return [];
  });
  const written = netted(optionRows).flatMap((position) => {
    const quantity = fromDecimalText(position.quantity);
    // A long option may be exercised; it is no collateral here, and owes nothing.
    if (!quantity.isNegative()) return [];
    const charge = writtenOption(position.instrument, market.terms(position.instrument) as OptionInstrument, quantity.abs(), own.currency, market, rules);
    if (typeof charge !== 'string') return [{ instrument: position.instrument, quantity, charge }];
    problems.push(`${position.instrument}: ${charge}`);
    return [];
  });
  const orders = reservedBy((own.orders ?? []).filter(({ instrument }) => !PERPETUAL.has(market.terms(instrument)?.kind ?? '')), market);
  for (const order of orders) if ('reason' in order) problems.push(order.reason);
  return { rows, perpetuals, written, reserved: orders.filter((order): order is Reserved => !('reason' in order)), unvalued, problems };
}

const PERPETUAL: ReadonlySet<string> = new Set(['perpetual', 'future']);

export function countsOf(contents: Contents, pool: PreparedPool, level: Level, market: MarketView, rules: Rules): Counts {
  const { currency } = pool.input;
  const problems: string[] = [];
  const byPerpetual = contents.perpetuals.map((perpetual) => {
    const counts = countedPerpetual(perpetual, level, currency, rules);
    if (!counts) problems.push(`no rule pack sets weights for ${perpetual.instrument}`);
    return counts ?? perpetual.gain;
  });
  const isApart = rules.optionalSetting('lending.perpetual') === 'apart';
  const into = (instrument: string | null): Figure[] => (isApart ? [] : contents.perpetuals.flatMap((perpetual, index) => (perpetual.settlesInto === instrument ? [byPerpetual[index] as Figure] : [])));
  const tokens = withOrderedAssets(contents, currency, market);
  const count = (token: Token, added: readonly Figure[]): Figure => {
    const beside = into(token.instrument);
    const units = added.length === 0 ? token.units : sum('units', [token.units, ...added], { label: () => `${token.instrument} and what orders reserve` });
    const found = counted(token, units, beside.length === 0 ? null : sum(currency, beside, { label: () => `Settles into ${token.instrument}` }), level, currency, market, rules);
    if (!found) problems.push(`no rule pack says how a debt in ${token.instrument} counts`);
    return found ?? product(currency, [units, token.price], { label: () => `Value of ${token.instrument}` });
  };
  const byRow = contents.rows.map((row) => (row.part === 'balance' ? count(row, []) : countApart(row, level, currency, market, rules, problems)));
  const unheld = tokens.filter(({ instrument }) => !contents.rows.some((row) => row.part === 'balance' && row.instrument === instrument) && into(instrument).length > 0).map((token) => count(token, []));
  const orders = contents.reserved.map((reserved) => orderEffect(reserved, contents.reserved, tokens, pool.cash.equity, count, currency, market));
  const money = isApart ? [] : into(null);
  const cash = sum(currency, [pool.cash.equity, ...money], { label: 'Cash and what settles into it' });
  const parts = [cash, ...byRow, ...unheld, ...orders];
  const gains = isApart ? contents.perpetuals.map(({ gain }) => gain) : [];
  const charges = [...(isApart ? contents.perpetuals.map((perpetual, index) => chargeOf(perpetual, byPerpetual[index] as Figure, currency)) : []), ...contents.written.map(({ charge }) => charge)];
  const assets = sum(currency, [...parts.filter(({ amount }) => amount.gte(0)), ...gains], { label: `Collateral that counts, ${level}` });
  const minus = input(new Decimal(-1), 'factor', { label: 'As what is owed', source: 'by definition' });
  const owed = parts.filter(({ amount }) => amount.isNegative() && !amount.isZero()).map((part) => product(currency, [minus, part], { label: part.about.label }));
  const liabilities = sum(currency, [...owed, ...charges], { label: `Debt and requirements that count, ${level}` });
  // Not the two sums above: a balance may change sides, and what is followed must not depend on which side it is on.
  const net = difference(currency, [sum(currency, [...parts, ...gains], { label: `Balances that count, ${level}` }), sum(currency, charges, { label: `Requirements, ${level}` })], { label: `What counts, ${level}` });
  return { byRow, byPerpetual, assets, liabilities, net, problems };
}

/** Collateral and debt do not net: collateral counts as an asset, debt as a liability. */
function countApart(row: Row, level: Level, currency: string, market: MarketView, rules: Rules, problems: string[]): Figure {
  const found = counted(row, row.units, null, level, currency, market, rules);
  if (found && (row.part !== 'debt' || weightOf(row.instrument, 'debt', level, rules))) return found;
  problems.push(`no rule pack says how a debt in ${row.instrument} counts`);
  return product(currency, [row.units, row.price], { label: () => `Value of ${row.instrument}` });
}

/** The balances, and an empty one for every asset that only orders or perpetuals name. */
function withOrderedAssets({ rows, reserved, perpetuals }: Contents, currency: string, market: MarketView): Token[] {
  const held = rows.filter(({ part }) => part === 'balance');
  const named = new Set([...reserved.flatMap(({ base, quote }) => (quote === null ? [base] : [base, quote])), ...perpetuals.flatMap(({ settlesInto }) => settlesInto ?? [])]);
  const missing = [...named].filter((instrument) => !held.some((row) => row.instrument === instrument)).toSorted();
  return [
    ...held,
    ...missing.flatMap((instrument) => {
      const prices = pricesOf(instrument, currency, market);
      return typeof prices === 'string' ? [] : [{ instrument, units: input(new Decimal(0), 'units', { label: () => `No ${instrument}`, source: 'position' }), ...prices, own: {} }];
    }),
  ];
}

/** The worse of a market's orders turned into its base or into its quote asset, counted on top of everything else. */
function orderEffect(order: Reserved, all: readonly Reserved[], tokens: readonly Token[], cash: Figure, count: (token: Token, added: readonly Figure[]) => Figure, currency: string, market: MarketView): Figure {
  const slice = (instrument: string | null, own: Figure): Figure => {
    const token = tokens.find((candidate) => candidate.instrument === instrument);
    const conversion = instrument === null ? (market.conversion(own.unit, currency) ?? []) : [];
    // Money counts in full, whichever slice comes last.
    if (!token) return product(currency, [own, ...conversion], { label: `Orders in ${order.base}, in money beside ${cash.unit}` });
    const others = all.filter((other) => other !== order).flatMap((other) => [...(other.base === instrument ? [other.asBase] : []), ...(other.quote === instrument ? [other.asQuote] : [])]);
    return difference(currency, [count(token, [...others, own]), count(token, others)], { label: `Orders in ${order.base}, as ${instrument}` });
  };
  return least(currency, [slice(order.base, order.asBase), slice(order.quote, order.asQuote)], { label: `Orders in ${order.base}, the worse of both ways` });
}

function netted(positions: readonly PositionInput[]): PositionInput[] {
  const groups = [...Map.groupBy(positions, ({ instrument, entryPrice }) => `${instrument}\n${entryPrice}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, rows]) => {
    const quantity = rows.reduce((total, row) => total.plus(fromDecimalText(row.quantity)), new Decimal(0));
    return rows[0] && !quantity.isZero() ? [{ ...rows[0], quantity: quantity.toFixed() }] : [];
  });
}
