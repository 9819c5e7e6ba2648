import { z } from 'zod';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { levelOf } from '../bracket/charge.ts';
import { fillPrice } from '../bracket/fill-price.ts';
import { lognormalFactors } from '../bracket/lognormal-factors.ts';
import { bracketMarket, type BracketMarket } from '../bracket/market-schema.ts';
import { inPool, notionalOf } from '../bracket/notional.ts';
import { sizeRates } from '../bracket/size-rates.ts';
import { bracketTerms } from '../bracket/terms.ts';
import { bracketAt, bracketsOf, maintenanceAmount } from '../bracket/tiers.ts';
import { input } from '../figure/figure.ts';
import { resolveRules, shippedPacks } from '../packs/shelf.ts';
import { onVenuePosition, type VenuePosition } from './venue-pool.ts';

const text = (amount: Decimal): string => toDecimalText(amount);
const number = (value: string): Decimal => new Decimal(value);
/** Places of a ratio that is divided out for an answer. Half-even. */
const RATIO_PLACES = 18;
const roundingName = z.enum(['up', 'down', 'half-even', 'none']);

/** Questions about venue pools: their tiers, rates and levels. */
export const VENUE_QUESTIONS: QuestionTable = {
  'bracket.tiers': questionRow(
    'The brackets of a market of shipped rule packs: bounds, rates, and the amounts that make them join.',
    z.strictObject({ packs: z.array(z.string()).min(1), market: instrumentId }),
    ({ packs, market }) => tiersOfMarket(packs, market),
  ),
  'bracket.workedTiers': questionRow('The brackets of a market given in full, with the amounts that make them join.', z.strictObject({ market: bracketMarket }), ({ market }) => tiersAnswer(market)),
  'bracket.maintenanceAmount': questionRow(
    'What a tier deducts so that its requirement joins the tier before it.',
    z.strictObject({ lowerBound: plainDecimalFromZero, rate: plainDecimalFromZero, rateBefore: plainDecimalFromZero, amountBefore: plainDecimalFromZero }),
    ({ lowerBound, rate, rateBefore, amountBefore }) => succeed({ amount: text(maintenanceAmount(number(lowerBound), number(rate), number(rateBefore), number(amountBefore))) }),
  ),
  'bracket.position': questionRow(
    'Notional value, rates for the size held, levels and leverage of one position at a venue, and how much more of it could be bought.',
    z.strictObject({ instrument: instrumentId }),
    ({ instrument }, pack) => onVenuePosition(pack, instrument, positionAnswer),
  ),
  'bracket.levels': questionRow(
    'The levels of a venue that are multiples of maintenance, rounded as given.',
    z.strictObject({ maintenance: plainDecimalFromZero, search: plainDecimalFromZero, initial: plainDecimalFromZero, release: plainDecimalFromZero, places: z.int().min(0).max(12), rounding: roundingName }),
    ({ maintenance, places, rounding, ...multiples }) => succeed(levelsAnswer(number(maintenance), multiples, places, rounding)),
  ),
  'bracket.lognormalFactors': questionRow(
    'Risk factors of long and short from a lognormal price: what is lost on average in the worst share of all cases.',
    z.strictObject({ riskAversion: plainDecimalFromZero.refine((share) => share.startsWith('0.'), { error: 'expected a share between 0 and 1' }), years: plainDecimalFromZero, volatility: plainDecimalFromZero }),
    ({ riskAversion, years, volatility }) => {
      const { long, short } = lognormalFactors(number(riskAversion), number(years), number(volatility));
      return succeed({ long: text(long), short: text(short) });
    },
  ),
  'bracket.fillPrice': questionRow(
    'The price at which a market with a skew scale fills an order at once.',
    z.strictObject({ mark: plainDecimalFromZero, size: plainDecimal, skew: plainDecimal, scale: plainDecimalFromZero.refine((scale) => scale !== '0', { error: 'expected more than 0' }) }),
    ({ mark, size, skew, scale }) => succeed({ price: text(fillPrice(number(mark), number(size), number(skew), number(scale))) }),
  ),
};

function tiersOfMarket(packs: readonly string[], name: string): Result<Answer> {
  const rules = resolveRules(shippedPacks(), packs);
  if (!rules.ok) return rules;
  const market = bracketTerms(rules.value).market(name, { kind: 'perpetual', currency: rules.value.currency });
  if (!market) return fail({ code: 'unknown-market', message: `No pack of ${packs.join(', ')} has the market ${JSON.stringify(name)}.`, at: 'params.market' });
  return tiersAnswer(market.value);
}

function tiersAnswer({ rate, title, cites, status }: BracketMarket): Result<Answer> {
  if (rate.kind !== 'tiers') return fail({ code: 'bad-question', message: 'The market’s rates have no tiers.', at: 'params.market' });
  const tiers = bracketsOf(rate).map(({ upTo, maintenance, initial, amount }, index) => ({ upTo: upTo && text(upTo), maintenance: text(maintenance), initial: text(initial), leverageMax: rate.tiers[index]?.leverageMax ?? null, amount: text(amount) }));
  return succeed({ title, apply: rate.apply, tiers, cites, status });
}

function positionAnswer({ leg, charge, margin, pool }: VenuePosition): Result<Answer> {
  const notional = inPool(leg, notionalOf(leg, leg.quantity.abs(), leg.price), pool.currency).amount;
  const { equity, available } = margin.figures;
  const { initial, maintenance } = ratesFor(leg);
  const share = (part: Decimal, whole: Decimal): string | null => (whole.isZero() ? null : text(part.div(whole).toDecimalPlaces(RATIO_PLACES, Decimal.ROUND_HALF_EVEN)));
  const signed = leg.quantity.isNegative() ? notional.neg() : notional;
  return succeed({
    notional: text(notional),
    initialRate: text(initial),
    maintenanceRate: text(maintenance),
    initial: text(charge.initial.amount),
    maintenance: text(charge.maintenance.amount),
    search: charge.search && text(charge.search.amount),
    release: charge.release && text(charge.release.amount),
    leverage: equity.amount.gt(0) ? share(signed, equity.amount) : null,
    buyingPower: share(Decimal.max(0, available.amount), initial),
  });
}

/** Rates at the size held, before any amount is deducted. */
function ratesFor(leg: VenuePosition['leg']): { initial: Decimal; maintenance: Decimal } {
  const { rate } = leg.market.value;
  const size = leg.quantity.abs();
  if (rate.kind === 'tiers') return bracketAt(bracketsOf(rate), rate.by === 'contracts' ? size : notionalOf(leg, size, leg.price).amount).bracket;
  const rates = sizeRates(leg, rate, size);
  const product = (factors: readonly { amount: Decimal }[]): Decimal => factors.reduce((total, { amount }) => total.times(amount), new Decimal(1));
  return { initial: product(rates.initial), maintenance: product(rates.maintenance) };
}

function levelsAnswer(maintenance: Decimal, multiples: Record<'search' | 'initial' | 'release', string>, places: number, rounding: z.infer<typeof roundingName>): Answer {
  const base = input(maintenance, 'money', { label: 'Maintenance', source: 'asked' });
  const source = { cites: 'asked', status: 'house' as const };
  const terms = { levels: null, rounding: { value: { places, initial: rounding, maintenance: rounding, levels: rounding, ...source }, rule: { pack: 'asked', ...source } } };
  return Object.fromEntries(Object.entries(multiples).map(([name, multiple]) => [name, text(levelOf(base, multiple, `${name} level`, terms, 'money').amount)]));
}
