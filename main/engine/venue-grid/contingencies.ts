import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { input, product, quotient, sum, type Figure } from '../figure/figure.ts';
import type { Allotment } from '../pool/allotment.ts';
import type { GridCollateral } from './collateral.ts';
import { deltaShock, deltasOf, rollCharge, type Charge } from './deltas.ts';
import { COIN_PLACES } from './grid.ts';
import type { GridRules } from './grid-rules.ts';
import type { GridContents, GridExpiry, GridFuture, GridOption } from './legs.ts';

const ZERO = new Decimal(0);

interface Stacks {
  maintenance: Figure;
  initial: Figure;
}

/** What is charged beside the grid, by what it is for. */
export interface Contingencies {
  perpetual: Stacks;
  option: Stacks;
  collateral: Stacks;
  /** On opening alone. */
  confidence: Figure;
  /** Scaled with the worst loss. */
  roll: Figure;
  offset: Figure;
  deltaShock: Figure;
  /** Whom they are for: those that are scaled with the worst loss, those of both stacks, those on opening alone. */
  allotments: { scaled: readonly Allotment[]; both: readonly Allotment[]; opening: readonly Allotment[] };
}

/** Something that stands for an amount of spot. */
interface Exposure {
  name: string;
  value: Figure;
  confidence: Decimal;
  among: Allotment['among'];
}

/** Units short by strike, calls and puts of one strike held against each other. Never below zero. */
export function netShortByStrike(options: readonly Pick<GridOption, 'strike' | 'units'>[]): Decimal {
  const strikes = Map.groupBy(options, ({ strike }) => strike.toFixed());
  return [...strikes.values()].reduce((total, rows) => total.plus(Decimal.max(0, rows.reduce((net, { units }) => net.plus(units), ZERO).neg())), ZERO);
}

/** Long and short futures that offset each other: the lesser of the two sides. */
export function offsettingSize(sizes: readonly Decimal[]): Decimal {
  const side = (sign: 1 | -1): Decimal => sizes.filter((size) => size.times(sign).gt(0)).reduce((total, size) => total.plus(size.abs()), ZERO);
  return Decimal.min(side(1), side(-1));
}

export function contingenciesOf(contents: GridContents, assets: readonly GridCollateral[], rules: GridRules, currency: string): Contingencies {
  const { grid, ruleOf } = rules;
  const deltas = deltasOf(contents, currency);
  const [roll, shock] = [rollCharge(deltas, rules, currency), deltaShock(deltas, contents, rules, currency)];
  const perpetuals = contents.futures.map((future) => futureExposure(future, contents, currency));
  const shorts = contents.expiries.map((expiry) => expiryExposure(expiry, netShortByStrike(expiry.options), `${nameOf(expiry)} short by strike`, contents, currency, expiry.options.filter(({ units }) => units.isNegative())));
  const charged = grid.contingencies;
  const rule = ruleOf('contingencies');
  const perpetual = shares(charged ? perpetuals : [], [charged?.perpetualMaintenance, charged?.perpetualInitial], ['Spot value of perpetuals and futures', 'Perpetuals, of spot value', 'Perpetuals on opening, of spot value'], rule, currency);
  const option = shares(charged ? shorts : [], [charged?.optionMaintenance, charged?.optionInitial], ['Spot value of options short by strike', 'Short options, of spot value', 'Short options on opening, of spot value'], rule, currency);
  const [kept, opened] = [haircuts(assets, 'maintenance', rules, currency), haircuts(assets, 'initial', rules, currency)];
  const confidence = doubtOf(contents, assets, perpetuals, rules, currency);
  const offset = offsetCharge(contents.futures, rules, currency);
  return {
    perpetual,
    option,
    collateral: { maintenance: kept.figure, initial: opened.figure },
    confidence: confidence.figure,
    roll: roll.figure,
    offset: offset.figure,
    deltaShock: shock.figure,
    allotments: {
      scaled: [...roll.allotments, ...offset.allotments, ...shock.allotments],
      both: [...perpetual.allotments.maintenance, ...option.allotments.maintenance, ...kept.allotments],
      opening: [...perpetual.allotments.initial, ...option.allotments.initial, ...opened.allotments, ...confidence.allotments],
    },
  };
}

function nameOf({ underlying, expiresAt }: GridExpiry): string {
  return `${underlying} options of ${expiresAt.slice(0, 10)}`;
}

/** Its size at the spot; of an inverse contract the coins it stands for. */
function futureExposure(future: GridFuture, { spots }: GridContents, currency: string): Exposure {
  const { instrument, underlying, units, quote, isInverse, conversion } = future;
  const spot = spots.get(underlying);
  const size = input(units.abs(), 'units', { label: `Size of ${instrument}`, source: 'positions' });
  const about = { label: `Spot value of ${instrument}`, subject: { instrument } };
  const value = isInverse ? product(currency, [quotient('units', size, quote.price, COIN_PLACES, { label: `${instrument}, in coins` }), ...conversion], about) : product(currency, [size, spot?.price ?? quote.price], about);
  return { name: instrument, value, confidence: Decimal.min(quote.confidence, spot?.confidence ?? 1), among: [[future, value.amount]] };
}

/** So many units at the spot; of inverse options so many coins. */
function expiryExposure(expiry: GridExpiry, units: Decimal, label: string, { spots }: GridContents, currency: string, options: readonly GridOption[]): Exposure {
  const size = input(units, 'units', { label: `Size of ${label}`, source: 'positions' });
  const value = product(currency, expiry.isInverse ? [size, ...expiry.conversion] : [size, (spots.get(expiry.underlying) ?? expiry.spot).price], { label: `Spot value of ${label}` });
  return { name: nameOf(expiry), value, confidence: expiry.confidence, among: options.map((option) => [option, option.units.abs()] as const) };
}

/** A share of exposures for keeping, and one beyond it on opening. */
function shares(exposures: readonly Exposure[], [maintenance, initial]: readonly [string | undefined, string | undefined], [total, kept, opened]: readonly [string, string, string], rule: RuleReference, currency: string): Stacks & { allotments: Record<keyof Stacks, Allotment[]> } {
  const value = sum(currency, exposures.map((one) => one.value), { label: total });
  const share = (rate: string | undefined, label: string): Figure => product(currency, [value, input(new Decimal(rate ?? '0'), 'ratio', { label, rule, source: `rule pack ${rule.pack}` })], { label, rule });
  const allotments = (rate: string | undefined): Allotment[] => exposures.map((one) => ({ amount: one.value.amount.times(rate ?? '0'), among: one.among }));
  return { maintenance: share(maintenance, kept), initial: share(initial, opened), allotments: { maintenance: allotments(maintenance), initial: allotments(initial) } };
}

function haircuts(assets: readonly GridCollateral[], name: 'maintenance' | 'initial', { rule }: GridRules, currency: string): Charge {
  const parts = assets.map((asset) => product(currency, [asset.value, input(asset[name], 'ratio', { label: `Haircut of ${asset.instrument}, ${name}`, rule, source: `rule pack ${rule.pack}` })], { label: asset.instrument, subject: { instrument: asset.instrument } }));
  return { figure: sum(currency, parts, { label: `Haircuts of collateral, ${name}` }), allotments: parts.map(({ amount }, index) => ({ amount, among: [[assets[index] ?? {}, new Decimal(1)]] })) };
}

/** What is priced by a feed below the threshold. Collateral is doubted with the spot of the pool too. */
function doubtOf(contents: GridContents, assets: readonly GridCollateral[], perpetuals: readonly Exposure[], { grid: { confidence }, ruleOf }: GridRules, currency: string): Charge {
  const rule = ruleOf('confidence');
  const spots = [...contents.spots.values()].map((quote) => quote.confidence);
  const all: Exposure[] = !confidence ? [] : [
    ...perpetuals,
    ...contents.expiries.map((expiry) => expiryExposure(expiry, expiry.options.reduce((total, { units }) => total.plus(units.abs()), ZERO), nameOf(expiry), contents, currency, expiry.options)),
    ...assets.map((asset): Exposure => ({ name: asset.instrument, value: asset.value, confidence: Decimal.min(asset.confidence, ...spots), among: [[asset, new Decimal(1)]] })),
  ];
  const parts = all.filter((feed) => feed.confidence.lt(confidence?.threshold ?? 0)).map(({ name, value, confidence: trust, among }) => {
    const doubt = input(new Decimal(1).minus(trust), 'ratio', { label: `Doubt of the feed of ${name}`, source: `1 − confidence ${trust.toFixed()}` });
    const figure = product(currency, [value, doubt, input(new Decimal(confidence?.factor ?? '0'), 'ratio', { label: 'What doubt asks', rule, source: `rule pack ${rule.pack}` })], { label: name });
    return { figure, allotment: { amount: figure.amount, among } };
  });
  return { figure: sum(currency, parts.map(({ figure }) => figure), { label: 'Feeds that are not sure' }), allotments: parts.map(({ allotment }) => allotment) };
}

function offsetCharge(futures: readonly GridFuture[], { grid, ruleOf }: GridRules, currency: string): Charge {
  const rule = ruleOf('futuresOffset');
  const sizes = futures.map(({ units, quote, isInverse, into }) => (isInverse ? units.div(quote.price.amount).toDecimalPlaces(COIN_PLACES).times(into) : units.times(quote.price.amount)));
  const label = 'Futures that offset each other';
  const figure = product(currency, [input(offsettingSize(sizes), 'units', { label, source: 'positions' }), input(new Decimal(grid.futuresOffset ?? '0'), 'ratio', { label, rule, source: `rule pack ${rule.pack}` })], { label, rule });
  return { figure, allotments: futures.length === 0 ? [] : [{ amount: figure.amount, among: futures.map((future, index) => [future, (sizes[index] ?? ZERO).abs()] as const) }] };
}

/** A minimum charge whose slices count for more the larger it is: Σ slice × multiple. `upTo` rises; the last is open. */
export function tieredCharge(amount: Decimal, tiers: readonly { upTo: Decimal | null; multiple: Decimal }[]): Decimal {
  let [from, total] = [ZERO, ZERO];
  for (const { upTo, multiple } of tiers) {
    const to = upTo === null ? amount : Decimal.min(upTo, amount);
    if (to.gt(from)) total = total.plus(to.minus(from).times(multiple));
    from = Decimal.max(from, to);
  }
  return total;
}
