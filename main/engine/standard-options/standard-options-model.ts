import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, product, sum, type Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import type { MarginModel, Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import { chargeExpiry, type Expiry } from './expiry.ts';
import { movedCallPrices } from '../trigger/moved-market.ts';
import { contingencies } from './contingencies.ts';
import { forwardOf, quoteOf, type Quote } from './feed.ts';
import { coinCounts, linearOf, perpetualCharge, type Linear } from './linear.ts';
import { optionLeg, type Level, type OptionLeg } from './option-leg.ts';
import { positionsOf } from './rows.ts';

/** Options up to which call prices are looked for: each of some fifty prices values all of them anew. */
const SEARCHED_MAX = 30;

/** The positions of a pool, valued, by what they are charged by. */
export interface Contents {
  linear: Linear[];
  expiries: Expiry[];
  spots: Map<string, Quote>;
  unpriced: Unpriced[];
  asides: { instrument: string; quantity: string }[];
}

/** Equity less what counts, on opening and to keep: what a venue's standard manager asks. */
export const standardOptionsModel: MarginModel = (pool, market, rules) => {
  const { currency } = pool.input;
  const contents = contentsOf(pool.input.positions, currency, market);
  const options = contents.expiries.flatMap(({ legs }) => legs);
  const worth = sum(currency, [pool.cash.equity, ...contents.linear.map(({ value }) => value), ...options.map(({ value }) => value)], { label: 'Equity' });
  const ask = (level: Level, label: string): Figure => difference(currency, [worth, counts(contents, pool.cash.equity, level, currency, market, rules)], { label, subject: { pool: pool.input.id } });
  const [initial, maintenance] = [ask('initial', 'Initial requirement: equity less what counts'), ask('maintenance', 'Maintenance requirement: equity less what counts')];
  const gross = contents.linear.map(({ quantity, quote: { price }, instrument }) => product(currency, [input(quantity.abs(), 'units', { label: instrument, source: 'position' }), price], { label: `Notional value of ${instrument}` }));
  const positions = positionsOf(contents, currency, market, rules);
  const state = assemblePool({ ...pool, setAside: [] }, rules, { requirement: riskRequirement(currency, initial, maintenance), positions: [positions], unpriced: contents.unpriced, ...SAME_SHAPE }, { netLiq: worth, equity: worth, gross: sum(currency, gross, { label: 'Gross notional value' }), grossBy: 'notional value' });
  if (options.length > SEARCHED_MAX) return state;
  return { ...state, ...movedCallPrices({ pool, market, rules, model: standardOptionsModel, excess: () => state.figures.excess.amount }) };
};

function contentsOf(positions: readonly PositionInput[], currency: string, market: MarketView): Contents {
  const contents: Contents = { linear: [], expiries: [], spots: new Map(), unpriced: [], asides: [] };
  const refuse = (instrument: string, quantity: string, reason: string): void => {
    contents.unpriced.push({ instrument, reason, indeterminate: true });
    contents.asides.push({ instrument, quantity });
  };
  const byExpiry = new Map<string, { underlying: string; expiresAt: string; forward: Expiry['forward']; legs: OptionLeg[] }>();
  for (const row of netted(positions)) {
    const terms = market.terms(row.instrument);
    const underlying = terms && 'underlying' in terms && terms.underlying ? terms.underlying : row.instrument;
    const isInverse = terms?.kind === 'option' && terms.settlement === 'inverse';
    const spot = contents.spots.get(underlying) ?? quoteOf(underlying, isInverse ? (market.terms(underlying)?.currency ?? currency) : currency, market);
    if (typeof spot === 'string') {
      refuse(row.instrument, row.quantity, spot);
      continue;
    }
    contents.spots.set(underlying, spot);
    if (terms?.kind === 'option') {
      const expiresAt = terms.expiresAt ?? '';
      const key = `${underlying}\n${expiresAt}${isInverse ? '\nin coin' : ''}`;
      const known = byExpiry.get(key) ?? { underlying, expiresAt, forward: forwardOf(underlying, expiresAt, spot, market), legs: [] };
      const leg = optionLeg(row.instrument, terms, fromDecimalText(row.quantity), known.forward, spot, currency, market);
      if (typeof leg === 'string') {
        refuse(row.instrument, row.quantity, leg);
        continue;
      }
      byExpiry.set(key, { ...known, legs: [...known.legs, leg] });
      continue;
    }
    const linear = linearOf(row, currency, market);
    if (typeof linear === 'string') refuse(row.instrument, row.quantity, linear);
    else contents.linear.push({ ...linear, underlying });
  }
  contents.expiries = [...byExpiry.values()];
  return contents;
}

/** Cash and what counts of everything else. */
function counts({ linear, expiries, spots }: Contents, cash: Figure, level: Level, currency: string, market: MarketView, rules: Rules): Figure {
  const perpetuals = linear.filter(({ kind }) => kind === 'perpetual');
  const coins = linear.filter(({ kind }) => kind === 'coin').map((row) => coinCounts(row, level, currency, rules));
  const charges = [
    ...perpetuals.map((row) => perpetualCharge(row, level, currency, rules)),
    ...expiries.map((expiry) => chargeExpiry(expiry, level, spots.get(expiry.underlying)?.price ?? cash, currency, rules)),
    ...(level === 'initial' ? contingencies(linear, expiries, spots, currency, market, rules).map(({ figure }) => figure) : []),
  ];
  const held = sum(currency, [cash, ...perpetuals.map(({ value }) => value), ...coins], { label: 'Cash, gains, and coins at what they count for' });
  return difference(currency, [held, sum(currency, charges, { label: `Charges, ${level}` })], { label: `What counts, ${level}` });
}

/** Rows of one instrument and entry price added up, sorted: neither order nor splitting changes a figure. */
function netted(positions: readonly PositionInput[]): PositionInput[] {
  const groups = [...Map.groupBy(positions, ({ instrument, entryPrice }) => `${instrument}\n${entryPrice}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, rows]) => {
    const quantity = rows.reduce((total, row) => total.plus(fromDecimalText(row.quantity)), new Decimal(0));
    return rows[0] && !quantity.isZero() ? [{ ...rows[0], quantity: quantity.toFixed() }] : [];
  });
}
