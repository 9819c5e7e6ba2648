import { z } from 'zod';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { adapter } from '../adapter.ts';
import { decimal, text } from './book.ts';
import { figure } from './trigger.ts';
import { spanBook, type SpanContract } from './span-book.ts';

const amount = plainDecimalFromZero;

/** The first node of the maintenance tree whose label matches. */
function nodeOf(state: AccountState, label: RegExp): ExplainNode {
  const open = state.pools.map(({ explain }) => explain);
  for (let node = open.shift(); node; node = open.shift()) {
    if (label.test(node.label)) return node;
    open.unshift(...node.children);
  }
  throw new Error(`The explanation has no ${String(label)}.`);
}
const amountIn = (state: AccountState, label: RegExp): Decimal => decimal(nodeOf(state, label).amount ?? 'none');
const WORST = /^Worst, |^No scenario loses/;

const legs = z.array(z.strictObject({ riskArrayGain: z.array(plainDecimal).length(16), quantity: plainDecimal })).min(1);
const known = { scenarioOrder: z.array(z.string()).length(16) };
const contract = { contract: z.string(), psr: amount, psrPoints: amount, extremePoints: amount, extremeAmount: amount };
const arrays = z.union([
  z.strictObject({ ...known, legs }).transform(({ legs: held }) => held),
  z.strictObject({ ...known, riskArrayGain: legs.element.shape.riskArrayGain, quantity: plainDecimal }).transform(({ riskArrayGain, quantity }) => [{ riskArrayGain, quantity }]),
  z.strictObject({ ...known, ...contract, riskArrayGain: legs.element.shape.riskArrayGain, quantity: plainDecimal }).transform(({ riskArrayGain, quantity }) => [{ riskArrayGain, quantity }]),
]);

/** span/mcmillan/*: arrays as printed, gains positive, added up over the legs. */
export const printedArrays = adapter(arrays, (held, { tools, vector }) => {
  const contracts = held.map(({ riskArrayGain, quantity }, at): SpanContract => ({ name: `LEG${at + 1}`, quantity, array: { sign: 'gain', values: riskArrayGain } }));
  const state = (): AccountState => tools.account(spanBook({ ALL: { contracts } }));
  return {
    scanRisk: () => amountIn(state(), /^Scan risk$/),
    worstScenario: () => new Decimal(nodeOf(state(), WORST).chosen ?? 0),
    portfolioGain: () => nodeOf(state(), WORST).children.slice(1).map((child) => decimal(child.amount ?? 'none')),
    oldCustomerMargin: () => {
      // The premium and the distance to the strike stand only in the sentence that the source computes them in.
      const stated = /futures margin ([\d,.]+) \+ premium ([\d,.]+) - 1\/2 OTM ([\d,.]+)/.exec(vector.basis ?? '')?.slice(1).map((part) => new Decimal(part.replaceAll(',', '')));
      const [futureMargin, premium, half] = stated ?? [];
      if (!futureMargin || !premium || !half) throw new Error('The basis does not state the margin before SPAN.');
      return figure(tools.ask('span.before', { futureMargin: text(futureMargin), premium: text(premium), outOfTheMoney: text(half.times(2)) }), 'requirement');
    },
  };
});

const MONTHS = ['2027-01', '2027-02', '2027-03', '2027-04', '2027-05', '2027-06', '2027-07', '2027-08', '2027-09', '2027-10', '2027-11', '2027-12'];
const monthNamed = (name: string): string => {
  const month = MONTHS[Number(/\d+/.exec(name)?.[0] ?? Number.NaN) - 1];
  if (!month) throw new Error(`${name} names no contract month.`);
  return month;
};

/** span/cme/intra-spread: one future long, another short, each with its own scan range, and the charge for the spread. */
export const monthSpread = adapter(z.strictObject({ long: z.string(), short: z.string(), outrightLong: amount, outrightShort: amount, intraCharge: amount }), ({ long, short, outrightLong, outrightShort, intraCharge }, { tools }) => {
  const [bought, sold] = [monthNamed(long), monthNamed(short)];
  const pack = spanBook({
    ALL: {
      contracts: [
        { name: 'BOUGHT', quantity: '1', month: bought, array: { sign: 'gain', values: outrightArray(outrightLong) } },
        { name: 'SOLD', quantity: '-1', month: sold, array: { sign: 'gain', values: outrightArray(outrightShort) } },
      ],
      tiers: { bought: { from: bought, to: bought }, sold: { from: sold, to: sold } },
      intraSpreads: [{ priority: 1, charge: intraCharge, legs: [{ tier: 'bought', ratio: '1', side: 'A' }, { tier: 'sold', ratio: '1', side: 'B' }] }],
    },
  });
  return { margin: () => figure(tools.ask('margin.state', {}, pack), 'maintenance') };
});

/** A future's array from its outright margin: thirds of it, and a third of an extreme move less a bit. */
function outrightArray(outright: string): string[] {
  const share = (thirds: number): string => text(new Decimal(outright).times(thirds).div(3).toDecimalPlaces(4));
  const extreme = text(new Decimal(outright).times('0.99'));
  return [0, 0, 1, 1, -1, -1, 2, 2, -2, -2, 3, 3, -3, -3].map(share).concat([extreme, text(new Decimal(extreme).neg())]);
}

const product = z.strictObject({ product: z.string(), outright: amount, ratio: amount });

/** span/cme/inter-spread: products against each other at a ratio and a credit rate; the first is held long, the others short. */
export const productSpread = adapter(z.strictObject({ legs: z.array(product).min(2), creditRate: amount }), ({ legs: products, creditRate }, { tools }) => {
  const commodities = Object.fromEntries(products.map(({ product: name, outright, ratio }, at) => [name, { priceScanRange: outright, contracts: [{ name: `C${at}`, quantity: at === 0 ? ratio : text(new Decimal(ratio).neg()) }] }]));
  const spread = { priority: 1, credit: creditRate, legs: products.map(({ product: name, ratio }, at) => ({ commodity: name, ratio, side: at === 0 ? 'A' : 'B' })) };
  const asked = (spreads: (typeof spread)[]): Decimal => figure(tools.ask('margin.state', {}, spanBook(commodities, { interSpreads: spreads })), 'maintenance');
  return { outrightTotal: () => asked([]), credit: () => asked([]).minus(asked([spread])), margin: () => asked([spread]) };
});

/** span/composite: the formula of the shipped pack. */
export const spanFormula = adapter(z.strictObject({}), (_, { tools }) => {
  const said = (part: 'commodityRisk' | 'requirement') => () => z.string().parse(tools.ask('scan.formula', { packs: ['span-generic'] })[part]);
  return { commodityRisk: said('commodityRisk'), requirement: said('requirement') };
});

/** Products of exchanges whose published parameters are shipped. */
const LISTED: Readonly<Record<string, { pack: string; root: string; currency: string; multiplier: string }>> = {
  'HSI futures': { pack: 'span-hkex', root: 'HSI', currency: 'HKD', multiplier: '50' },
  'SET50 futures/options': { pack: 'span-tfex', root: 'SET50', currency: 'THB', multiplier: '200' },
};

/** span/hkex, span/tfex: what the shipped packs ask of one contract, of a spread between two months, of a short option. */
export const listedParameters = adapter(z.strictObject({ product: z.string() }), ({ product: name }, { tools }) => {
  const listed = LISTED[name];
  if (!listed) throw new Error(`No shipped pack has the product ${name}.`);
  const asked = (contracts: { name: string; quantity: string; month: string; option?: boolean }[], part: 'initial' | 'maintenance'): Decimal => figure(stateOf(contracts), part);
  const stateOf = (contracts: { name: string; quantity: string; month: string; option?: boolean }[]) => tools.ask('margin.state', {}, shippedBook(listed, contracts));
  const clearing = (contracts: { name: string; quantity: string; month: string }[]): Decimal => decimal((stateOf(contracts)['stacks'] as { exchange: { maintenance: string } }).exchange.maintenance);
  const one = [{ name: 'NEAR', quantity: '1', month: '2026-12' }];
  const spread = [...one, { name: 'FAR', quantity: '-1', month: '2027-03' }];
  return {
    clientInitial: () => asked(one, 'initial'),
    clientMaintenance: () => asked(one, 'maintenance'),
    clearing: () => clearing(one),
    spreadInitial: () => asked(spread, 'initial'),
    spreadMaint: () => asked(spread, 'maintenance'),
    spreadClearing: () => clearing(spread),
    maintenance: () => asked(one, 'maintenance'),
    interMonthSpread: () => asked(spread, 'maintenance'),
    shortOptionMinimum: () => asked([{ name: 'OPTION', quantity: '-1', month: '2026-12', option: true }], 'maintenance'),
  };
});

function shippedBook({ pack, root, currency, multiplier }: (typeof LISTED)[string], contracts: readonly { name: string; quantity: string; month: string; option?: boolean }[]): CalcPackInput {
  const options = contracts.filter(({ option }) => option === true);
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: currency,
    instruments: Object.fromEntries(
      contracts.map(({ name, month, option }) => [
        name,
        option === true
          ? { kind: 'option' as const, currency, multiplier, underlying: root, right: 'call' as const, strike: '1', expiry: `${month}-28`, price: '0' }
          : { kind: 'future' as const, currency, multiplier, underlying: root, expiry: `${month}-28`, price: '1' },
      ]),
    ),
    // An option that no scenario moves: only its minimum is left.
    riskArrays: Object.fromEntries(options.map(({ name }) => [name, { set: 'span-16', sign: 'gain' as const, values: Array.from({ length: 16 }, () => '0'), compositeDelta: '0' }])),
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'futures', model: 'scan', packs: [pack], positions: contracts.map(({ name, quantity }) => ({ instrument: name, quantity })) }] }],
  };
}

/**
 * What JSCC's sample parameter file says of these series, as far as its calculation examples let it be read off: the
 * greatest loss of one short option, its price, contract unit and short option minimum.
 */
const SAMPLE_SERIES: Readonly<Record<string, { loss: string; price: string; unit: string; minimum: string }>> = {
  'Nikkei 225 Options Apr Put 18000': { loss: '570100', price: '3200', unit: '1000', minimum: '29400' },
};

/** span/jscc: longs and shorts of one contract, netted. */
export const nettedContract = adapter(
  z.union([z.strictObject({ product: z.string(), short: amount, long: amount, priceScanRange: amount }), z.strictObject({ product: z.string(), short: amount, long: amount })]),
  (inputs, context) => {
    const state = (): AccountState => context.tools.account(nettedBook(inputs));
    const named = (label: RegExp): Decimal => amountIn(state(), label);
    return {
      net: () => decimal(state().pools[0]?.positions[0]?.quantity ?? 'none'),
      scanRisk: () => named(/^Scan risk$/),
      netOptionValue: () => named(/^Net option value$/),
      som: () => named(/^(?:No short|Short) option minimum$/),
      margin: () => decimal(state().maintenance),
    };
  },
);

function nettedBook(inputs: { product: string; short: string; long: string; priceScanRange?: string }): CalcPackInput {
  const sample = SAMPLE_SERIES[inputs.product];
  const rows = (name: string, rest: Partial<SpanContract>): SpanContract[] => [
    { name, quantity: inputs.long, ...rest },
    { name, quantity: toDecimalText(new Decimal(inputs.short).neg()), ...rest },
  ];
  if (inputs.priceScanRange !== undefined) return spanBook({ ALL: { priceScanRange: inputs.priceScanRange, contracts: rows('FUTURE', {}) } }, {}, 'JPY');
  if (!sample) throw new Error(`The sample file's values of ${inputs.product} are not known.`);
  // What the worst scenario gains a long option; the others are not published and lose less.
  const values = Array.from({ length: 16 }, (_, at) => (at === 12 ? sample.loss : '0'));
  const minimum = { shortOptionMinimum: { rate: sample.minimum, counts: 'all' } };
  return spanBook({ ALL: { ...minimum, contracts: rows('OPTION', { option: { price: sample.price, multiplier: sample.unit }, array: { sign: 'gain', values } }) } }, {}, 'JPY');
}

