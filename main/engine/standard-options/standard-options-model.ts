import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { difference, input, product, sum, type Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import type { MarginModel, PositionMargin, Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import { weightOf } from '../lending/terms.ts';
import { chargeExpiry, type Expiry } from './expiry.ts';
import { confidenceOf, forwardOf, pegOf, quoteOf, type Quote } from './feed.ts';
import { chargeAlone, optionLeg, type Level, type OptionLeg } from './option-leg.ts';

/** A perpetual or a coin, with what it gained or is worth. */
interface Linear {
  instrument: string;
  kind: 'perpetual' | 'coin';
  underlying: string;
  quantity: Decimal;
  quote: Quote;
  value: Figure;
}

interface Contents {
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
  const positions = [...contents.linear.map((row) => linearMargin(row, currency, rules)), ...contents.expiries.flatMap((expiry) => expiry.legs.map((leg) => optionMargin(leg, contents.spots.get(expiry.underlying)?.price ?? null, currency, rules))), ...contents.asides.map(asideMargin)];
  return assemblePool({ ...pool, holdings: [], setAside: [] }, rules, { requirement: riskRequirement(currency, initial, maintenance), positions, unpriced: contents.unpriced, ...SAME_SHAPE }, { netLiq: worth, equity: worth, gross: sum(currency, gross, { label: 'Gross notional value' }), grossBy: 'notional value' });
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
    const spot = contents.spots.get(underlying) ?? quoteOf(underlying, currency, market);
    if (typeof spot === 'string') {
      refuse(row.instrument, row.quantity, spot);
      continue;
    }
    contents.spots.set(underlying, spot);
    if (terms?.kind === 'option') {
      const expiresAt = terms.expiresAt ?? '';
      const known = byExpiry.get(`${underlying}\n${expiresAt}`) ?? { underlying, expiresAt, forward: forwardOf(underlying, expiresAt, spot, market), legs: [] };
      const leg = optionLeg(row.instrument, terms, fromDecimalText(row.quantity), known.forward, currency, market);
      if (typeof leg === 'string') {
        refuse(row.instrument, row.quantity, leg);
        continue;
      }
      byExpiry.set(`${underlying}\n${expiresAt}`, { ...known, legs: [...known.legs, leg] });
      continue;
    }
    const linear = linearOf(row, currency, market);
    if (typeof linear === 'string') refuse(row.instrument, row.quantity, linear);
    else contents.linear.push({ ...linear, underlying });
  }
  contents.expiries = [...byExpiry.values()];
  return contents;
}

function linearOf({ instrument, quantity, entryPrice }: PositionInput, currency: string, market: MarketView): Omit<Linear, 'underlying'> | string {
  const kind = market.terms(instrument)?.kind;
  const quote = quoteOf(instrument, currency, market);
  if (typeof quote === 'string') return quote;
  const subject = { instrument };
  const size = fromDecimalText(quantity).times(market.terms(instrument)?.multiplier ?? '1');
  const count = input(size, 'units', { label: () => `Quantity of ${instrument}`, source: 'position', subject });
  if (kind === 'coin') return { instrument, kind, quantity: size, quote, value: product(currency, [count, quote.price], { label: () => `Value of ${instrument}`, subject }) };
  if (kind !== 'perpetual' && kind !== 'future') return `positions of kind ${kind ?? 'unknown'} have no rule here`;
  if (entryPrice === null) return 'the price it was opened at is not known';
  const entry = input(fromDecimalText(entryPrice), quote.price.unit, { label: `Price ${instrument} was opened at`, source: 'position', subject });
  return { instrument, kind: 'perpetual', quantity: size, quote, value: product(currency, [count, difference(quote.price.unit, [quote.price, entry], { label: `${instrument}, moved since` })], { label: () => `Gain on ${instrument}`, subject }) };
}

/** Cash and what counts of everything else. */
function counts({ linear, expiries, spots }: Contents, cash: Figure, level: Level, currency: string, market: MarketView, rules: Rules): Figure {
  const perpetuals = linear.filter(({ kind }) => kind === 'perpetual');
  const coins = linear.filter(({ kind }) => kind === 'coin').map((row) => coinCounts(row, level, currency, rules));
  const charges = [
    ...perpetuals.map((row) => perpetualCharge(row, level, currency, rules)),
    ...expiries.map((expiry) => chargeExpiry(expiry, level, spots.get(expiry.underlying)?.price ?? cash, currency, rules)),
    ...(level === 'initial' ? contingencies(linear, expiries, spots, currency, market, rules) : []),
  ];
  const held = sum(currency, [cash, ...perpetuals.map(({ value }) => value), ...coins], { label: 'Cash, gains, and coins at what they count for' });
  return difference(currency, [held, sum(currency, charges, { label: `Charges, ${level}` })], { label: `What counts, ${level}` });
}

/** A coin held counts in part; one that is owed counts in full. */
function coinCounts({ instrument, value }: Linear, level: Level, currency: string, rules: Rules): Figure {
  const weight = weightOf(instrument, 'collateral', level, rules);
  if (value.amount.isNegative()) return value;
  return weight ? product(currency, [value, weight], { label: `What counts of ${instrument}`, subject: { instrument } }) : input(new Decimal(0), currency, { label: `${instrument} has no collateral value`, source: 'no rule pack sets a weight for it' });
}

function perpetualCharge({ instrument, quantity, quote: { price } }: Linear, level: Level, currency: string, rules: Rules): Figure {
  const { figure, rule } = rules.parameter(`standardOptions.perpetual.${level}`);
  return product(currency, [input(quantity.abs(), 'units', { label: () => `Size of ${instrument}`, source: 'position', subject: { instrument } }), price, figure], { label: () => `${instrument}, share of notional value`, rule, subject: { instrument } });
}

/** On opening: a feed that is not sure of itself, and a settlement coin off its peg, by the spot value of what they price. */
function contingencies(linear: readonly Linear[], expiries: readonly Expiry[], spots: ReadonlyMap<string, Quote>, currency: string, market: MarketView, rules: Rules): Figure[] {
  const [threshold, factor] = [rules.parameter('standardOptions.oracle.threshold'), rules.parameter('standardOptions.oracle.factor')];
  const exposures = [
    ...linear.map(({ instrument, kind, underlying, quantity, quote }) => ({ name: instrument, underlying, size: quantity.abs(), pegged: kind === 'perpetual', confidence: Decimal.min(quote.confidence, confidenceOf(underlying, market)) })),
    ...expiries.map(({ underlying, expiresAt, forward, legs }) => ({ name: `${underlying} options of ${expiresAt.slice(0, 10)}`, underlying, size: legs.filter(({ units }) => units.isNegative()).reduce((total, { units }) => total.plus(units.abs()), new Decimal(0)), pegged: true, confidence: Decimal.min(forward.confidence, forward.volConfidence, confidenceOf(underlying, market)) })),
  ].filter(({ size }) => !size.isZero());
  const spotOf = (underlying: string): Figure => spots.get(underlying)?.price ?? input(new Decimal(0), currency, { label: 'No spot', source: 'market' });
  const sizeOf = (name: string, size: Decimal): Figure => input(size, 'units', { label: `Size of ${name}`, source: 'positions' });
  const unsure = exposures.filter(({ confidence }) => confidence.lt(threshold.value)).map(({ name, underlying, size, confidence }) => {
    const doubt = input(new Decimal(1).minus(confidence), 'ratio', { label: `Doubt of the feed of ${name}`, source: `1 − confidence ${confidence.toFixed()}` });
    return product(currency, [doubt, factor.figure, spotOf(underlying), sizeOf(name, size)], { label: `${name}: the feed is not sure`, rule: factor.rule });
  });
  const peg = pegOf(currency, market);
  const [line, weight] = [rules.parameter('standardOptions.peg.threshold'), rules.parameter('standardOptions.peg.factor')];
  if (!peg || peg.amount.gte(line.value)) return unsure;
  const off = difference('ratio', [line.figure, peg], { label: `${currency} off its peg` });
  return [...unsure, ...exposures.filter(({ pegged }) => pegged).map(({ name, underlying, size }) => product(currency, [off, weight.figure, spotOf(underlying), sizeOf(name, size)], { label: `${name}: ${currency} is off its peg`, rule: weight.rule }))];
}

function linearMargin(row: Linear, currency: string, rules: Rules): PositionMargin {
  const ask = (level: Level): Figure => (row.kind === 'perpetual' ? perpetualCharge(row, level, currency, rules) : difference(currency, [row.value, coinCounts(row, level, currency, rules)], { label: `Requirement of ${row.instrument}` }));
  return margin(row.instrument, row.quantity, row.quote.price, row.value, ask('initial'), ask('maintenance'), row.underlying, row.kind === 'coin' ? 'collateral' : 'perpetual', currency);
}

/** A short option's own charge; what it is spared beside the others shows on the expiry. A long one is asked its value. */
function optionMargin(leg: OptionLeg, spot: Figure | null, currency: string, rules: Rules): PositionMargin {
  const ask = (level: Level): Figure => (leg.units.isNegative() && spot ? chargeAlone(leg, level, spot, currency, rules) : leg.value);
  return margin(leg.instrument, leg.quantity, leg.price, leg.value, ask('initial'), ask('maintenance'), leg.terms.underlying, leg.units.isNegative() ? 'short option' : 'long option', currency);
}

function margin(instrument: string, quantity: Decimal, price: Figure, value: Figure, initial: Figure, maintenance: Figure, group: string, strategy: string, currency: string): PositionMargin {
  const regT = input(new Decimal(0), currency, { label: 'Regulation T does not apply under this model', source: 'by definition' });
  return { instrument, subType: 'margin', quantity: toDecimalText(quantity), price: toDecimalText(price.amount), localValue: value.amount, value, requirement: { regT, exchange: maintenance, houseInitial: initial, houseMaintenance: maintenance }, group, strategy, rule: maintenance.about.rule?.cites ?? '', parts: null, badges: maintenance.unverified ? ['unverifiedRule'] : [] };
}

function asideMargin({ instrument, quantity }: Contents['asides'][number]): PositionMargin {
  return { instrument, subType: 'margin', quantity, price: null, localValue: null, value: null, requirement: null, group: instrument, strategy: 'not included', rule: '', parts: null, badges: ['unpriced'] };
}

/** Rows of one instrument and entry price added up, sorted: neither order nor splitting changes a figure. */
function netted(positions: readonly PositionInput[]): PositionInput[] {
  const groups = [...Map.groupBy(positions, ({ instrument, entryPrice }) => `${instrument}\n${entryPrice}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, rows]) => {
    const quantity = rows.reduce((total, row) => total.plus(fromDecimalText(row.quantity)), new Decimal(0));
    return rows[0] && !quantity.isZero() ? [{ ...rows[0], quantity: quantity.toFixed() }] : [];
  });
}
