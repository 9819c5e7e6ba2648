import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { Decimal } from '../../../shared/money.ts';
import type { Answer } from '../../../shared/question.ts';
import { adapter, type Context } from '../adapter.ts';
import { bookOf, decimal, text, type Book } from './book.ts';
import { figure } from './trigger.ts';

const percent = plainDecimalFromZero;
const HUNDRED = '100';
const MATURITY = '2040-01-15';
/** Shares at the edge of nothing would not be a position. */
const LEAST_SHARE = '0.01';
/** Beyond the last band's beginning where it has no end. */
const BEYOND = '10';
/** Small enough that no concentration table looks at it. */
const SMALL_SHARE = '5';

type Stats = NonNullable<NonNullable<CalcPackInput['market']>['stats']>;

interface Held {
  /** Percent of gross market value by instrument, negative for short; what is missing to 100 is a government bond. */
  shares: Record<string, Decimal>;
  stats?: Stats;
  kind?: 'equity' | 'etf';
  /** Gross market value for each per cent. */
  perPercent?: Decimal | string;
  rest?: Partial<Book>;
}

function heldBook({ shares, stats, kind = 'equity', perPercent = HUNDRED, rest = {} }: Held): CalcPackInput {
  const filled = Object.values(shares).reduce((total: Decimal, share) => total.plus(share.abs()), decimal('0'));
  const missing = decimal(HUNDRED).minus(filled).times(perPercent);
  const names = Object.keys(shares);
  const instruments: Book['instruments'] = Object.fromEntries(names.map((name) => [name, { kind, currency: 'USD', price: HUNDRED }]));
  const positions: NonNullable<Book['positions']> = names.map((instrument) => ({ instrument, quantity: text((shares[instrument] ?? decimal('0')).times(perPercent).div(HUNDRED)) }));
  if (missing.gt(0)) {
    instruments['BOND'] = { kind: 'bond', currency: 'USD', issuer: 'treasury', coupon: '4', maturity: MATURITY, price: HUNDRED };
    positions.push({ instrument: 'BOND', quantity: text(missing) });
  }
  return { ...bookOf({ instruments, positions, ...rest }), ...(stats ? { market: { stats } } : {}) };
}

const band = z.tuple([percent, percent.nullable()]);
const METRICS = ['positionMV/grossMV', 'qty/20-day ADV (days)', 'qty/shares outstanding %', 'net MV in GICS sub-sector / gross MV'] as const;
type Metric = (typeof METRICS)[number];
const ONLY_IF = 'no position >40% of total MV';

/** house/fidelity-rbr/*: the add-on of every band, the same at both of its ends and in its middle. */
export const additiveTables = adapter(
  z.strictObject({ metric: z.enum(METRICS), bands: z.array(band).min(1), onlyIf: z.literal(ONLY_IF).optional() }),
  ({ metric, bands, onlyIf }, { tools, vector }) => {
    const short = vector.id.endsWith('-short');
    return {
      addOnPct: () => {
        if (onlyIf) refuseBesideALargePosition(bands, tools);
        return bands.map(([from, to]) => onlyOne(pointsOf(from, to).map((point) => addOnAt(metric, point, short, tools)), `${from} to ${to ?? 'the end'}`));
      },
    };
  },
);

function pointsOf(from: string, to: string | null): Decimal[] {
  const [low, high] = [Decimal.max(from, LEAST_SHARE), to === null ? decimal(from).plus(BEYOND) : decimal(to)];
  return [low, low.plus(high).div(2).toDecimalPlaces(2), high];
}

function onlyOne(rates: readonly Decimal[], what: string): Decimal {
  const [first] = rates;
  if (!first || rates.some((rate) => !rate.eq(first))) throw new Error(`From ${what} the add-on is not one rate but ${rates.map((rate) => rate.toFixed()).join(', ')}.`);
  return first;
}

/** All that is added to the base rate, in per cent, of a position that only the metric in question can touch. */
function addOnAt(metric: Metric, point: Decimal, short: boolean, tools: Context['tools']): Decimal {
  return added(tools.ask('margin.houseRate', { instrument: 'XYZ' }, heldBook({ ...bookAt(metric, point, short), rest: { packs: ['house-fidelity'] } })));
}

function bookAt(metric: Metric, point: Decimal, short: boolean): Held {
  const sign = short ? decimal('-1') : decimal('1');
  switch (metric) {
    case 'positionMV/grossMV':
      return { shares: { XYZ: sign.times(point) } };
    case 'qty/20-day ADV (days)':
      return withUnits(point, sign, { adv20: HUNDRED });
    case 'qty/shares outstanding %':
      return withUnits(point, sign, { sharesOutstanding: text(decimal(HUNDRED).times(HUNDRED)) });
    case 'net MV in GICS sub-sector / gross MV':
      break;
  }
  return industry(point);
}

/** A position of `point` hundred shares that is a small share of the account. */
function withUnits(point: Decimal, sign: Decimal, stats: Stats[string]): Held {
  const perPercent = point.times(HUNDRED).times(HUNDRED).div(SMALL_SHARE);
  return { shares: { XYZ: sign.times(SMALL_SHARE) }, perPercent, stats: { XYZ: stats } };
}

const ISSUERS = 40;

/** An industry of many small positions, XYZ among them. */
function industry(point: Decimal, large = false): Held {
  const names = ['XYZ', ...Array.from({ length: ISSUERS - 1 }, (_, index) => `PEER${index + 1}`)];
  const each = point.div(ISSUERS);
  const shares = Object.fromEntries(names.map((name) => [name, each]));
  const stats = Object.fromEntries(names.map((name) => [name, { sector: 'Software' }]));
  return { shares: large ? { ...shares, LARGE: decimal('41') } : shares, stats };
}

function refuseBesideALargePosition(bands: readonly z.output<typeof band>[], tools: Context['tools']): void {
  const [, second] = bands;
  if (!second) return;
  const book = heldBook({ ...industry(decimal(second[0]), true), rest: { packs: ['house-fidelity'] } });
  if (!added(tools.ask('margin.houseRate', { instrument: 'XYZ' }, book)).isZero()) throw new Error('An add-on for the industry is charged beside a position above 40 %.');
}

const tableAnswer = z.record(z.string(), z.looseObject({ rate: z.string(), effect: z.string() }));

function added(answer: Answer): Decimal {
  const tables = Object.values(tableAnswer.parse(answer['addOns'])).filter(({ effect }) => effect === 'added');
  return tables.reduce((total: Decimal, { rate }) => total.plus(rate), decimal('0')).times(HUNDRED);
}

const APPLIES = /^margin debit >= (\d+); equities only$/;
const FIRSTRADE = ['house-firstrade'];
const OVERRIDE = 'published-override';

/** house/firstrade-concentration: the rate at each threshold, or of one position that has a listed rate of its own. */
export const concentrationTable = adapter(
  z.union([
    z.strictObject({ appliesIf: z.string().regex(APPLIES), thresholdPct: z.array(percent).min(1) }),
    z.strictObject({ overridePct: percent.optional(), concentrationPct: percent, debit: percent.default('100000') }),
  ]),
  (inputs, { tools }) => ({
    requirementPct: () => {
      if ('concentrationPct' in inputs) return ratePercent(tools, concentrated(decimal(inputs.concentrationPct), inputs.debit, inputs.overridePct === undefined ? undefined : overrideOf(inputs.overridePct)));
      const [, debit = ''] = APPLIES.exec(inputs.appliesIf) ?? [];
      const base = ratePercent(tools, concentrated(decimal('1'), debit));
      return inputs.thresholdPct.map((share) => {
        const belowDebit = ratePercent(tools, concentrated(decimal(share), text(decimal(debit).minus('0.01'))));
        if (!belowDebit.eq(base)) throw new Error(`At ${share} % the table applies below its least debit too.`);
        return ratePercent(tools, concentrated(decimal(share), debit));
      });
    },
  }),
);

/** One stock among many, with a debit; all of it stock, since funds and bonds do not count. */
function concentrated(share: Decimal, debit: string, rest: Partial<Book> = { packs: FIRSTRADE }): CalcPackInput {
  const others = Array.from({ length: ISSUERS }, (_, index): [string, Decimal] => [`OTHER${index + 1}`, decimal(HUNDRED).minus(share).div(ISSUERS)]);
  const perPercent = decimal(debit).div('25').toDecimalPlaces(0);
  return heldBook({ shares: { XYZ: share, ...Object.fromEntries(share.eq(HUNDRED) ? [] : others) }, perPercent, rest: { cash: decimal(debit).neg(), ...rest } });
}

function overrideOf(rate: string): Partial<Book> {
  const source = { cites: 'The published example', status: 'secondary' };
  const pack = { id: OVERRIDE, version: '1', title: 'Listed rate of a published example', layer: 'brokerList', model: 'strategy', effectiveFrom: '2000-01-01', parameters: {}, perInstrument: { XYZ: { rates: { 'maintenance.long': text(decimal(rate).div(HUNDRED)) }, ...source } } };
  return { packs: [...FIRSTRADE, OVERRIDE], rulePacks: { [OVERRIDE]: pack } };
}

function ratePercent(tools: Context['tools'], book: CalcPackInput): Decimal {
  return figure(tools.ask('margin.houseRate', { instrument: 'XYZ' }, book), 'rate').times(HUNDRED);
}

const TIERS = 'published-tiers';

/** house/td-concentration: tiers that an example states for its stock, looked up by a share rounded to whole per cent. */
export const statedTiers = adapter(
  z.strictObject({ equity: percent, positionSharePct: percent, positionMVExceedsEquity: z.boolean().default(true), tiers: z.record(z.string().regex(/^(none|\d+(\.\d+)?)$/), percent) }),
  ({ equity, positionSharePct, positionMVExceedsEquity, tiers }, { tools }) => ({
    requirementPct: () => {
      const worth = decimal(equity).times(positionMVExceedsEquity ? '2' : '0.5');
      const perPercent = worth.div(positionSharePct).toDecimalPlaces(4);
      const gross = perPercent.times(HUNDRED);
      return ratePercent(tools, heldBook({ shares: { XYZ: decimal(positionSharePct) }, perPercent, rest: { cash: decimal(equity).minus(gross), ...tierPack(tiers) } }));
    },
  }),
);

function tierPack(tiers: Readonly<Record<string, string>>): Partial<Book> {
  const source = { cites: 'The published example', status: 'secondary' };
  const { none, ...steps } = tiers;
  if (none === undefined) throw new Error('Expected the rate without concentration, "none".');
  const bands = Object.entries(steps).toSorted(([a], [b]) => decimal(a).cmp(b)).map(([from, rate]) => ({ from: text(decimal(from).div(HUNDRED)), rate: text(decimal(rate).div(HUNDRED)) }));
  const base = { value: text(decimal(none).div(HUNDRED)), unit: 'ratio', label: 'Rate without concentration', ...source };
  const issuer = { label: 'Concentrated position', measure: 'issuerShare', effect: 'atLeast', side: 'long', counts: 'securities', roundedTo: '0.01', when: { positionCoversEquity: true }, bands, ...source };
  const pack = { id: TIERS, version: '1', title: 'Tiers of a published example', layer: 'account', model: 'strategy', effectiveFrom: '2000-01-01', parameters: { 'house.stock.long.maintenance': base }, addOns: { issuer } };
  return { packs: ['house-td', TIERS], rulePacks: { [TIERS]: pack } };
}
