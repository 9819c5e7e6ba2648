import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { Decimal } from '../../../shared/money.ts';
import type { Answer } from '../../../shared/question.ts';
import { adapter, type Adapter } from '../adapter.ts';
import type { Figure } from '../compare.ts';
import { decimal } from './book.ts';
import { short, signed, unsigned } from './number.ts';

const numbers = z.record(z.string(), signed);
const parameters = z.strictObject({
  Scenarios: z.array(z.strictObject({ SpotShock: unsigned, VolShockDirection: z.enum(['Up', 'Down', 'None', 'LINEAR', 'ABS']), DampeningFactor: unsigned })),
  SkewShock: numbers,
  VolShock: numbers,
  Margin: numbers,
  BasisContingency: numbers,
  OtherContingency: numbers,
});
type Parameters = z.output<typeof parameters>;

const asset = z.strictObject({ Name: z.string(), Amount: unsigned, Price: unsigned, Confidence: unsigned, IsRiskCancelling: z.boolean(), IMHaircut: unsigned, MMHaircut: unsigned, ConfidenceFactor: unsigned });
// Multipliers and discounts are intermediate figures of the source: read, and not used.
const given = { ExiryTs: signed, MarkDiscount: signed, k: signed, linear_mult_cap: signed, abs_mult_cap: signed, k_star: signed, linear_multiplier: signed, abs_multiplier: signed };
const option = z.strictObject({ Expiry: unsigned, Strike: unsigned, IsCall: z.union([z.boolean(), signed]), MarkVol: unsigned, Amount: signed, ...given });
const feed = z.strictObject({ FeedExpiry: unsigned, Forward: unsigned, ForwardConfidence: unsigned, Rate: signed, RateConfidence: unsigned, SVIparam: z.array(z.string()), OptionVolConfidences: unsigned });
const scenario = z.strictObject({
  Cash: signed,
  Collaterals: z.array(asset),
  SpotPrice: unsigned,
  SpotConfidence: unsigned,
  NumPerps: signed,
  PerpPrice: unsigned,
  PerpConfidence: unsigned,
  UnrealisedPerpPNL: signed,
  UnrealisedFunding: signed,
  StablePrice: unsigned,
  StableConfidence: unsigned,
  Options: z.array(option),
  OptionFeeds: z.array(feed),
  LastEntryPrice: signed.optional(),
  FundingIndex: signed.optional(),
  SystemFundingIndex: signed.optional(),
});
const inputs = z.strictObject({ scenario, parameters_index: unsigned });
type Scenario = z.output<typeof scenario>;

const NOW = '2025-02-19T08:00:00Z';
const STATED = { cites: 'The published example', status: 'secondary' };
/** A pack is computed once for all that is expected of it. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** Moves beyond the grid proper. */
const TAIL = new Decimal('0.19');

/** derive-pmrm2-*: margins as what is left beyond the requirement; the parts from the question about the pool's grid. */
export const scenarioPortfolio: Adapter = adapter(inputs, ({ scenario: told, parameters_index }, { tools, parameters: sets }) => {
  const pack = packOf(told, parameters.parse(sets[Number(parameters_index)]));
  const state = once(() => tools.account(pack));
  const outcome = once(() => tools.ask('venueGrid.outcome', {}, pack));
  const part = (...path: string[]) => (): Figure => decimal(z.string().parse(path.reduce<unknown>((found, key) => z.record(z.string(), z.json()).parse(found)[key], outcome())));
  const less = (...path: string[]) => (): Figure => (part(...path)() as Decimal).neg();
  const both = (name: string) => (): Figure => (part('contingencies', name, 'maintenance')() as Decimal).plus(part('contingencies', name, 'initial')() as Decimal).neg();
  return {
    IM: () => decimal(state().available),
    MM: () => decimal(state().excess),
    IMHand: () => decimal(state().available),
    MMHand: () => decimal(state().excess),
    PortfolioMTM: () => decimal(state().netLiq),
    Cash: () => decimal(told.Cash),
    worst_reg_loss: part('worst', 'regular'),
    worst_tail_loss: part('worst', 'tail'),
    worst_skew_loss: part('worst', 'skew'),
    ForwardContingency: part('worst', 'basis'),
    worst_skew_scenario: () => ({ linear: 'LINEAR', absolute: 'ABS' })[z.string().nullable().parse(outcome()['worstSkew']) ?? 'linear'] ?? '',
    worst_all_scenarios: () => ({ regular: 'regular', tail: 'tail', skew: 'skew', basis: 'fwd_contingency' })[z.string().nullable().parse(outcome()['decides']) ?? 'regular'] ?? '',
    OptionMTM: part('value', 'options'),
    CollateralMTM: part('value', 'collateral'),
    PerpMTM: part('value', 'futures'),
    UnrealisedPerpPNL: part('value', 'futures'),
    UnrealisedFunding: () => decimal(told.UnrealisedFunding),
    MMLossFactor: part('factors', 'maintenance'),
    IMLossFactor: part('factors', 'initial'),
    im_loss_factor: part('factors', 'initial'),
    MMPerpCont: less('contingencies', 'perpetual', 'maintenance'),
    IMPerpCont: less('contingencies', 'perpetual', 'initial'),
    IMPerpContNormal: both('perpetual'),
    MMOptionCont: less('contingencies', 'option', 'maintenance'),
    IMOptionCont: less('contingencies', 'option', 'initial'),
    IMOptionContNormal: both('option'),
    MMBaseCont: less('contingencies', 'collateral', 'maintenance'),
    IMBaseCont: less('contingencies', 'collateral', 'initial'),
    IMBaseContNormal: both('collateral'),
    OracleCont: less('contingencies', 'confidence'),
  };
});

function gridOf({ Scenarios, SkewShock, VolShock, Margin, BasisContingency, OtherContingency }: Parameters, assets: Scenario['Collaterals']): Record<string, unknown> {
  const of = (table: Record<string, string>, key: string): string => {
    const value = table[key];
    if (value === undefined) throw new Error(`The parameters have no ${key}.`);
    return value;
  };
  const vol = { Up: 'up', Down: 'down', None: 'none', LINEAR: 'linear', ABS: 'absolute' } as const;
  return {
    ...STATED,
    underlying: 'SPOT',
    scenarios: Scenarios.map(({ SpotShock, VolShockDirection, DampeningFactor }) => ({ price: SpotShock, vol: vol[VolShockDirection], counts: DampeningFactor, tail: decimal(SpotShock).minus(1).abs().gt(TAIL) })),
    factors: { initial: of(Margin, 'IM_LOSS_FACTOR'), maintenance: of(Margin, 'MM_LOSS_FACTOR') },
    vol: { rangeUp: of(VolShock, 'VOLRANGEUP'), rangeDown: of(VolShock, 'VOLRANGEDOWN'), powerUpTo30Days: of(VolShock, 'SHORTTERMPOWER'), powerBeyond: of(VolShock, 'LONGTERMPOWER'), floorDays: of(VolShock, 'DTE_FLOOR'), leastUp: of(VolShock, 'MIN_VOL_EVAL_SHOCKED') },
    skew: { linearCap: of(SkewShock, 'LINEAR_SCALE_CAP'), linearCapSlope: of(SkewShock, 'LINEAR_CBASE'), absoluteCap: of(SkewShock, 'ABS_SCALE_CAP'), absoluteCapSlope: of(SkewShock, 'ABS_CBASE'), leastWidth: of(SkewShock, 'MIN_K_STAR'), widthScale: of(SkewShock, 'MIN_WIDTH_SCALE'), vol0: of(SkewShock, 'VOL_PARAM_STATIC'), volSlope: of(SkewShock, 'VOL_PARAM_SCALE') },
    discount: { long: of(Margin, 'BASE_STATIC_DISCOUNT'), short: of(Margin, 'BASE_STATIC_DISCOUNT_NEG'), longRateMultiple: of(Margin, 'LONG_RATE_MULTSCALE'), longRateAdded: of(Margin, 'LONG_RATE_ADDSCALE'), shortRateMultiple: of(Margin, 'SHORT_RATE_MULTSCALE'), shortRateAdded: of(Margin, 'SHORT_RATE_ADDSCALE') },
    basis: { up: of(BasisContingency, 'SCENARIO_SPOT_UP'), down: of(BasisContingency, 'SCENARIO_SPOT_DOWN'), added: of(BasisContingency, 'BASIS_CONT_ADD_FACTOR'), multiple: of(BasisContingency, 'BASIS_CONT_MULT_FACTOR') },
    contingencies: { perpetualMaintenance: of(OtherContingency, 'MM_PERP_PERCENT'), perpetualInitial: of(OtherContingency, 'IM_PERP_PERCENT'), optionMaintenance: of(OtherContingency, 'MM_OPTION_PERCENT'), optionInitial: of(OtherContingency, 'IM_OPTION_PERCENT') },
    confidence: { threshold: of(OtherContingency, 'CONF_THRESHOLD'), factor: of(OtherContingency, 'CONF_MARGIN') },
    peg: { threshold: of(OtherContingency, 'PEG_LOSS_THRESHOLD'), factor: of(OtherContingency, 'PEG_LOSS_FACTOR') },
    collateral: Object.fromEntries(assets.map((row, index) => [assetName(index), { maintenance: row.MMHaircut, initial: row.IMHaircut, moves: row.IsRiskCancelling, ...STATED }])),
  };
}

const assetName = (index: number): string => `ASSET${index}`;

function packOf(told: Scenario, set: Parameters): CalcPackInput {
  const instruments: NonNullable<CalcPackInput['instruments']> = { SPOT: { kind: 'coin', currency: 'USDC', price: told.SpotPrice }, USDC: { kind: 'coin', currency: 'USD', price: told.StablePrice } };
  const marks: Record<string, { value: string; confidence: string }> = { SPOT: { value: told.SpotPrice, confidence: told.SpotConfidence } };
  const positions: NonNullable<CalcPackInput['accounts'][number]['pools'][number]['positions']> = [];
  told.Collaterals.forEach((row, index) => {
    instruments[assetName(index)] = { kind: 'coin', currency: 'USD', price: row.Price };
    marks[assetName(index)] = { value: row.Price, confidence: row.Confidence };
  });
  if (!decimal(told.NumPerps).isZero()) {
    instruments['PERP'] = { kind: 'perpetual', currency: 'USDC', underlying: 'SPOT', price: told.PerpPrice };
    marks['PERP'] = { value: told.PerpPrice, confidence: told.PerpConfidence };
    positions.push({ instrument: 'PERP', quantity: told.NumPerps, entryPrice: short(decimal(told.PerpPrice).minus(decimal(told.UnrealisedPerpPNL).div(told.NumPerps))) });
  }
  const moment = (seconds: string): string => new Date(Date.parse(NOW) + Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
  told.Options.forEach(({ Expiry, Strike, IsCall, MarkVol, Amount }, index) => {
    const expiresAt = moment(Expiry);
    const isCall = IsCall === true || (typeof IsCall === 'string' && IsCall !== '0');
    instruments[`OPT${index}`] = { kind: 'option', currency: 'USDC', underlying: 'SPOT', right: isCall ? 'call' : 'put', strike: Strike, expiry: expiresAt.slice(0, 10), expiresAt, style: 'european', multiplier: '1', impliedVol: MarkVol };
    positions.push({ instrument: `OPT${index}`, quantity: Amount });
  });
  const forwards = told.OptionFeeds.map(({ FeedExpiry, Forward, Rate, ForwardConfidence, RateConfidence, OptionVolConfidences }) => ({ underlying: 'SPOT', expiresAt: moment(FeedExpiry), price: Forward, rate: Rate, confidence: ForwardConfidence, rateConfidence: RateConfidence, volConfidence: OptionVolConfidences }));
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: NOW,
    baseCurrency: 'USDC',
    fx: { USD: short(new Decimal(1).div(told.StablePrice)) },
    instruments,
    market: { marks, forwards },
    rulePacks: { 'published-grid': { id: 'published-grid', version: '1', title: 'Grid of a published example', layer: 'account', model: 'scan', extends: 'venue-grid-standard', effectiveFrom: '2000-01-01', parameters: {}, venueGrid: gridOf(set, told.Collaterals) } },
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', mode: 'venue', model: 'scan', packs: ['published-grid'], cash: { USDC: told.Cash }, cashRows: decimal(told.UnrealisedFunding).isZero() ? [] : [{ currency: 'USDC', kind: 'accruedInterest', amount: told.UnrealisedFunding }], positions, collateral: told.Collaterals.map(({ Amount }, index) => ({ instrument: assetName(index), quantity: Amount })) }] }],
  };
}

const inverse = z.strictObject({
  currency: z.string(),
  positions: z.record(z.string(), signed),
  position_unit: z.literal('coin delta (size/mark)'),
  mark: z.record(z.string(), unsigned),
  index: unsigned,
  price_range: unsigned,
  buckets_each_side: unsigned,
  min_annualised_move: unsigned,
  annualised_move_risk: unsigned,
  mm_factor: unsigned,
  mmp_margin: unsigned.default('0'),
  open_orders_margin: unsigned.default('0'),
});

/** deribit.portfolio_margin.inverse_futures: contracts of one dollar, margined in coin. */
export const inverseFutures: Adapter = adapter(inverse, (told, { tools }) => {
  const buckets = Number(told.buckets_each_side);
  const steps = Array.from({ length: 2 * buckets + 1 }, (_, at) => short(decimal(told.price_range).times(at - buckets).div(buckets).plus(1)));
  const venueGrid = { ...STATED, scenarios: steps.map((price) => ({ price, vol: 'none' })), factors: { initial: '1', maintenance: told.mm_factor }, worstPlaces: 9, roll: { least: told.min_annualised_move, rate: told.annualised_move_risk } };
  const names = Object.keys(told.positions);
  const pack: CalcPackInput = {
    format: 'plimsoll/calc-pack@1',
    asOf: NOW,
    baseCurrency: told.currency,
    instruments: {
      [told.currency]: { kind: 'coin', currency: 'USD', price: told.index },
      ...Object.fromEntries(names.map((name) => [name, { kind: name.endsWith('PERPETUAL') ? ('perpetual' as const) : ('future' as const), currency: 'USD', underlying: told.currency, settlement: 'inverse' as const, multiplier: '1', price: told.mark[name] }])),
    },
    rulePacks: { 'published-grid': { id: 'published-grid', version: '1', title: 'Grid of a published example', layer: 'account', model: 'scan', extends: 'venue-grid-standard', effectiveFrom: '2000-01-01', parameters: {}, venueGrid } },
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', mode: 'venue', model: 'scan', currency: told.currency, packs: ['published-grid'], positions: names.map((name) => ({ instrument: name, quantity: short(decimal(told.positions[name] ?? '0').times(told.mark[name] ?? '0')) })), external: { reserved: short(decimal(told.mmp_margin).plus(told.open_orders_margin)) } }] }],
  };
  const perpetual = names.find((name) => name.endsWith('PERPETUAL')) ?? names[0] ?? '';
  const vector = () => z.array(z.strictObject({ move: z.string(), gain: z.string() })).parse(tools.ask('venueGrid.future', { instrument: perpetual }, pack)['gains']).filter(({ move }) => move !== '0');
  const outcome = (): Answer => tools.ask('venueGrid.outcome', {}, pack);
  const roll = () => decimal(z.strictObject({ roll: z.string() }).loose().parse(outcome()['contingencies']).roll);
  return {
    perp_vector_moves: () => vector().map(({ move }) => decimal(move)),
    perp_vector: () => vector().map(({ gain }) => decimal(gain)),
    // Before it is rounded: what the source prints as the worst case.
    worst_case: () => decimal(z.strictObject({ regular: z.string() }).loose().parse(outcome()['worst']).regular).neg(),
    roll_shock: roll,
    delta_shock: () => decimal('0'),
    risk_matrix_margin: () => decimal(z.string().parse(outcome()['loss'])).plus(roll()),
    initial_margin: () => decimal(tools.account(pack).initial),
    maintenance_margin: () => decimal(tools.account(pack).maintenance),
  };
});

/** deribit.portfolio_margin.contingency: options short by strike, or futures that offset each other. */
export const gridContingency: Adapter = adapter(
  z.union([
    z.strictObject({ per_net_short_option: unsigned }).catchall(z.strictObject({ calls: signed.default('0'), puts: signed.default('0') })),
    z.strictObject({ future_A_btc: signed, future_B_btc: signed, rate: unsigned }),
  ]),
  (told, { tools }) => ({
    contingency_btc: () => {
      if ('future_A_btc' in told) {
        const { future_A_btc, future_B_btc, rate } = told as { future_A_btc: string; future_B_btc: string; rate: string };
        return decimal(z.string().parse(tools.ask('venueGrid.offset', { sizes: [future_A_btc, future_B_btc], rate })['charge']));
      }
      const { per_net_short_option, ...strikes } = told;
      const options = Object.values(strikes).flatMap((row, index) => (typeof row === 'string' ? [] : [row.calls, row.puts].map((units) => ({ strike: String(index + 1), units }))));
      return decimal(z.string().parse(tools.ask('venueGrid.netShort', { options, rate: z.string().parse(per_net_short_option) })['charge']));
    },
  }),
);

/** scenario_pm.futures_contingency and scenario_pm.futures_pnl: one future in a grid of its own. */
export const gridFuture: Adapter = adapter(
  z.union([z.strictObject({ rate: unsigned, index: unsigned, contracts: signed }), z.strictObject({ contracts: signed, forward: unsigned, moves: z.array(signed) })]),
  (told, { tools }) => {
    const [price, moves, rate] = 'moves' in told ? [told.forward, told.moves, '0'] : [told.index, ['0'], told.rate];
    const venueGrid = { ...STATED, scenarios: moves.map((move) => ({ price: short(decimal(move).plus(1)), vol: 'none' })), factors: { initial: '1', maintenance: '1' }, contingencies: { perpetualMaintenance: rate, perpetualInitial: '0', optionMaintenance: '0', optionInitial: '0' } };
    const pack: CalcPackInput = {
      format: 'plimsoll/calc-pack@1',
      asOf: NOW,
      baseCurrency: 'USD',
      instruments: { SPOT: { kind: 'coin', currency: 'USD', price }, FUT: { kind: 'future', currency: 'USD', underlying: 'SPOT', multiplier: '1', price } },
      rulePacks: { 'published-grid': { id: 'published-grid', version: '1', title: 'Grid of a published example', layer: 'account', model: 'scan', extends: 'venue-grid-standard', effectiveFrom: '2000-01-01', parameters: {}, venueGrid } },
      accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', mode: 'venue', model: 'scan', packs: ['published-grid'], positions: [{ instrument: 'FUT', quantity: told.contracts }] }] }],
    };
    return {
      pnl: () => z.array(z.strictObject({ move: z.string(), gain: z.string() })).parse(tools.ask('venueGrid.future', { instrument: 'FUT' }, pack)['gains']).map(({ gain }) => decimal(gain)),
      contingency: () => decimal(z.strictObject({ perpetual: z.strictObject({ maintenance: z.string() }).loose() }).loose().parse(tools.ask('venueGrid.outcome', {}, pack)['contingencies']).perpetual.maintenance),
    };
  },
);

/** okx.pm.mr7_tiered. */
export const tieredMinimum: Adapter = adapter(z.strictObject({ mr7_raw: unsigned, other_mr_total: unsigned, tiers: z.array(z.tuple([unsigned.nullable(), unsigned])) }), ({ mr7_raw, other_mr_total, tiers }, { tools }) => {
  const answer = () => tools.ask('venueGrid.tiered', { amount: mr7_raw, beside: other_mr_total, tiers: tiers.map(([upTo, multiple]) => ({ upTo, multiple })) });
  return { mr7_adjusted: () => decimal(z.string().parse(answer()['charge'])), mmr_unit: () => decimal(z.string().parse(answer()['requirement'])) };
});
