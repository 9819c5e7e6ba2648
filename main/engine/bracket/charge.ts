import { Decimal } from '../../../shared/money.ts';
import { difference, greatest, input, product, quotient, rounded, sum, type About, type Figure } from '../figure/figure.ts';
import { COIN_PLACES, type Leg } from './leg.ts';
import type { TierRate } from './market-schema.ts';
import { inPool, notionalOf, ratedPrice } from './notional.ts';
import { sizeRates } from './size-rates.ts';
import { ruleInput, type BracketTerms } from './terms.ts';
import { bracketAt, bracketsOf, mayBeNegative, type Bracket } from './tiers.ts';

/** What one leg is asked, in the pool's currency. */
export interface LegCharge {
  initial: Figure;
  maintenance: Figure;
  /** Levels that are multiples of maintenance, where the venue has them. */
  search: Figure | null;
  release: Figure | null;
  /** Why the charge may be too low; null when it is not. */
  problem: string | null;
}

type Stack = 'initial' | 'maintenance';
type RoundingName = 'up' | 'down' | 'half-even' | 'none';

/** Charges a leg as if `size` contracts of it were held, never negative. */
export function chargeLeg(leg: Leg, size: Decimal, terms: BracketTerms, poolCurrency: string): LegCharge {
  const charge = ownCharge(leg, size, terms, leg.settlesIn);
  const converted = (figure: Figure): Figure => inPool(leg, figure, poolCurrency);
  return { ...charge, initial: converted(charge.initial), maintenance: converted(charge.maintenance), search: charge.search && converted(charge.search), release: charge.release && converted(charge.release) };
}

/** In the currency the leg is paid in: the venue's bounds and roundings are in it. */
function ownCharge(leg: Leg, size: Decimal, terms: BracketTerms, currency: string): LegCharge {
  const maintenance = stackCharge(leg, size, 'maintenance', terms, currency);
  const problem = beyondLastTier(leg, maintenance.sized);
  if (terms.levels) {
    const { search, initial, release } = terms.levels.value;
    const level = (multiple: string, label: string): Figure => levelOf(maintenance.figure, multiple, `${label} of ${leg.instrument}`, terms, currency);
    return { initial: level(initial, 'Initial level'), maintenance: maintenance.figure, search: level(search, 'Search level'), release: level(release, 'Release level'), problem };
  }
  const asked = stackCharge(leg, size, 'initial', terms, currency).figure;
  const initial = asked.amount.lt(maintenance.figure.amount) ? greatest(currency, [asked, maintenance.figure], { label: () => `${leg.instrument}, initial, no less than maintenance`, subject: { instrument: leg.instrument } }) : asked;
  return { initial, maintenance: maintenance.figure, search: null, release: null, problem };
}

/** A level as a multiple of maintenance, rounded as the venue rounds its levels. */
export function levelOf(maintenance: Figure, multiple: string, label: string, { levels, rounding }: Pick<BracketTerms, 'levels' | 'rounding'>, currency: string): Figure {
  const times = levels ? ruleInput(new Decimal(multiple), 'factor', `${label}, of maintenance`, levels.rule) : input(new Decimal(multiple), 'factor', { label: `${label}, of maintenance`, source: 'asked' });
  return roundedBy(product(currency, [times, maintenance], { label }), rounding?.value.levels, rounding?.value.places);
}

function stackCharge(leg: Leg, size: Decimal, stack: Stack, terms: BracketTerms, currency: string): { figure: Figure; sized: Decimal } {
  const worse = (stack === 'initial' ? terms.initialPrice : terms.maintenancePrice).value === 'worse';
  const at = worse ? leg.worsePrice : leg.price;
  const notional = notionalOf(leg, size, ratedPrice(leg, terms.notionalAt.value, at));
  const { rate } = leg.market.value;
  const sized = rate.kind === 'tiers' && rate.by === 'contracts' ? size : notional.amount;
  const ruled = rate.kind === 'tiers' ? tierCharge(leg, rate, stack, notional, sized, terms, currency) : ratedCharge(leg, size, stack, notional, terms, currency);
  const parts = [ruled, ...(stack === 'maintenance' ? closingFee(leg, notional, currency) : []), ...(worse ? worsePriceLoss(leg, size, currency) : [])];
  const about = { label: () => `${leg.instrument}, ${stack}`, subject: { instrument: leg.instrument } };
  return { figure: parts.length === 1 ? ruled : sum(currency, parts, about), sized };
}

function tierCharge(leg: Leg, rate: TierRate, stack: Stack, notional: Figure, sized: Decimal, terms: BracketTerms, currency: string): Figure {
  const brackets = bracketsOf(rate);
  const { bracket, number } = bracketAt(brackets, sized);
  const about = { label: () => `${leg.instrument}, ${stack}, tier ${number} of ${brackets.length}`, rule: leg.market.rule, subject: { instrument: leg.instrument } };
  const name = terms.rounding?.value[stack];
  const places = terms.rounding?.value.places;
  const tierRate = (amount: Decimal, label: string): Figure => ruleInput(amount, 'ratio', `${label} of ${leg.market.name}, tier ${number}`, leg.market.rule);
  const greatestLeverage = (amount: Decimal): Figure => ruleInput(amount, 'factor', `Greatest leverage of ${leg.market.name}, tier ${number}`, leg.market.rule);
  if (stack === 'initial') {
    const asked = bracket.initialLeverage ? divided(notional, greatestLeverage(bracket.initialLeverage), about) : product(currency, [notional, tierRate(bracket.initial, 'Initial rate')], about);
    return roundedBy(noLessThanChosen(leg, notional, asked, about), name, places);
  }
  if (rate.apply === 'slices' && rate.by === 'notional' && number > 1) return roundedBy(sum(currency, slices(leg, brackets, number, notional, currency), about), name, places);
  if (bracket.amount.isZero() && bracket.maintenanceLeverage) {
    const { share, leverage } = bracket.maintenanceLeverage;
    const part = share.eq(1) ? notional : product(currency, [notional, tierRate(share, 'Maintenance, of the initial margin at the greatest leverage,')], { label: 'That share of notional value' });
    return roundedBy(divided(part, greatestLeverage(leverage), about), name, places);
  }
  const whole = product(currency, [notional, tierRate(bracket.maintenance, 'Maintenance rate')], about);
  if (bracket.amount.isZero()) return roundedBy(whole, name, places);
  const deducted = ruleInput(bracket.amount, currency, `Maintenance amount of ${leg.market.name}, tier ${number}`, leg.market.rule);
  const less = difference(currency, [whole, deducted], about);
  if (!mayBeNegative(bracket)) return roundedBy(less, name, places);
  return roundedBy(greatest(currency, [input(new Decimal(0), currency, { label: 'Nothing', source: 'by definition' }), less], about), name, places);
}

/** Each slice of the notional value at its own tier's rate. */
function slices(leg: Leg, brackets: readonly Bracket[], number: number, notional: Figure, currency: string): Figure[] {
  return brackets.slice(0, number).map(({ from, upTo, maintenance }, index) => {
    const bound = ruleInput(from, currency, `Lower bound of tier ${index + 1}`, leg.market.rule);
    const slice = index === number - 1 ? difference(currency, [notional, bound], { label: `Notional value in tier ${index + 1}` }) : ruleInput((upTo ?? from).minus(from), currency, `Width of tier ${index + 1}`, leg.market.rule);
    return product(currency, [slice, ruleInput(maintenance, 'ratio', `Maintenance rate of tier ${index + 1}`, leg.market.rule)], { label: `Slice in tier ${index + 1}`, subject: { instrument: leg.instrument } });
  });
}

function ratedCharge(leg: Leg, size: Decimal, stack: Stack, notional: Figure, terms: BracketTerms, currency: string): Figure {
  const { rate } = leg.market.value;
  if (rate.kind === 'tiers') return notional;
  const { perPosition, ...rates } = sizeRates(leg, rate, size);
  const [first, ...rest] = rates[stack];
  const about = { label: () => `${leg.instrument}, ${stack}`, rule: leg.market.rule, subject: { instrument: leg.instrument } };
  const name = terms.rounding?.value[stack];
  const places = terms.rounding?.value.places;
  const ruled = product(currency, [notional, first], about);
  let charge = roundedBy(stack === 'initial' ? noLessThanChosen(leg, notional, ruled, about) : ruled, name, places);
  for (const factor of rest) charge = roundedBy(product(currency, [charge, factor], about), name, places);
  if (!perPosition || size.isZero()) return charge;
  return sum(currency, [charge, perPosition], about);
}

/** Notional value ÷ the leverage the client chose, where that asks more than the market does. */
function noLessThanChosen({ instrument, leverage }: Leg, notional: Figure, asked: Figure, about: About): Figure {
  if (!leverage) return asked;
  const chosen = input(leverage, 'factor', { label: `Leverage chosen for ${instrument}`, source: 'position', subject: { instrument } });
  return greatest(notional.unit, [asked, divided(notional, chosen, { label: `Initial margin of ${instrument} at the leverage chosen` })], about);
}

/** Divided, not multiplied with 1 ÷ leverage: what is rounded of a rate would be short of whole amounts. */
function divided(notional: Figure, leverage: Figure, about: About): Figure {
  return quotient(notional.unit, notional, leverage, COIN_PLACES, about);
}

function closingFee(leg: Leg, notional: Figure, currency: string): Figure[] {
  const { closingFee: fee } = leg.market.value;
  if (fee === undefined || fee === '0') return [];
  return [product(currency, [notional, ruleInput(new Decimal(fee), 'ratio', `Fee of closing ${leg.market.name}`, leg.market.rule)], { label: () => `${leg.instrument}, fee of closing`, rule: leg.market.rule })];
}

/** What the leg would be worth less at the worse price, so that equity at the mark can stand against the requirement. */
function worsePriceLoss(leg: Leg, size: Decimal, currency: string): Figure[] {
  const worse = notionalOf(leg, size, leg.worsePrice);
  const mark = notionalOf(leg, size, leg.price);
  const isLess = worse.amount.lt(mark.amount);
  if (worse.amount.eq(mark.amount)) return [];
  return [difference(currency, isLess ? [mark, worse] : [worse, mark], { label: () => `${leg.instrument}, worth less at the worse price`, subject: { instrument: leg.instrument } })];
}

function beyondLastTier({ market: { value } }: Leg, sized: Decimal): string | null {
  const { rate } = value;
  if (rate.kind !== 'tiers' || !bracketAt(bracketsOf(rate), sized).beyond) return null;
  return 'it is larger than the last tier of its market: charged at that tier’s rate';
}

function roundedBy(figure: Figure, name: RoundingName | undefined, places: number | undefined): Figure {
  return name === undefined || name === 'none' || places === undefined ? figure : rounded(figure, { name, places });
}
