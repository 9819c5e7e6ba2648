import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { MarketInput } from '../../input.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import { bracketTerms, type BracketTerms } from '../../bracket/terms.ts';
import type { Rules } from '../../packs/rules.ts';
import { rungsOf } from '../sums/standing.ts';
import { moved, type SumModel, type Sums } from '../sums/sum-lane.ts';
import { RATE_DIGITS, tierTable, type TierRow } from './tier-table.ts';

/** Perpetuals and futures by tiers of notional value, as a lane: marks go into `price` before a recompute. */
export interface BracketLane extends SumModel {
  moneyDigits: number;
  priceDigits: number;
  price: Float64Array;
}

const RATE_UNIT = 10 ** RATE_DIGITS;

export function bracketLane(rows: readonly { id: InstrumentId; terms: Instrument }[], rules: Rules, market: Pick<MarketInput, 'businessDate' | 'stats'>, priceDigits: number): Result<BracketLane> {
  const unknown = unknownTo(rules);
  if (unknown !== null) return fail({ code: 'not-in-lane', message: `The fast lane of brackets does not know ${unknown}.` });
  const terms = bracketTerms(rules);
  const known = new Map<object, TierRow[] | null>();
  const tables = rows.map(({ id, terms: own }) => (inLane(id, own, rules, market) ? tableOf(terms, id, own, priceDigits, known) : null));
  const multiplier = Float64Array.from(rows, ({ terms: own }) => Number(own.multiplier ?? '1'));
  const price = new Float64Array(rows.length).fill(-1);
  return succeed({ rungs: rungsOf(rules, priceDigits + RATE_DIGITS), isLoan: false, moneyDigits: priceDigits + RATE_DIGITS, priceDigits, price, add });

  function add(into: Sums, at: number, quantity: number, since: number): void {
    const table = tables[at] ?? null;
    const mark = price[at] as number;
    const notional = Math.abs(quantity) * (multiplier[at] as number) * mark;
    const tier = table ? tierAt(table, notional) : null;
    if (!tier || mark < 0) {
      into.reach = Infinity;
      return;
    }
    into.reach += Math.abs(quantity) * (multiplier[at] as number) * Math.max(mark, since) * RATE_UNIT;
    into.worth += quantity * (multiplier[at] as number) * moved(mark, since) * RATE_UNIT;
    into.gross += notional * RATE_UNIT;
    const maintenance = notional * tier.maintenance - tier.amount;
    const left = tier.initial === null ? notional % tier.leverage : 0;
    const initial = tier.initial === null ? ((notional - left) / tier.leverage) * RATE_UNIT : notional * tier.initial;
    into.maintenance += maintenance;
    into.exchange += maintenance;
    into.initial += initial;
    into.exchangeInitial += initial;
    into.fine += tier.fine[left] as number;
    into.finest += tier.finest[left] as number;
  }
}

/** A bound belongs to the tier below it; null beyond the last. */
function tierAt(tiers: readonly TierRow[], notional: number): TierRow | null {
  for (const tier of tiers) if (notional <= tier.upTo) return tier;
  return null;
}

function tableOf(terms: BracketTerms, id: InstrumentId, own: Instrument, priceDigits: number, known: Map<object, TierRow[] | null>): TierRow[] | null {
  const market = terms.market(id, own);
  if (!market || (market.value.closingFee !== undefined && market.value.closingFee !== '0')) return null;
  const { rate } = market.value;
  const before = known.get(rate);
  if (before !== undefined) return before;
  const made = tierTable(rate, priceDigits);
  known.set(rate, made);
  return made;
}

/** A contract paid in the rules' currency, that has not expired and owes no funding. */
function inLane(id: InstrumentId, own: Instrument, rules: Rules, { businessDate, stats }: Pick<MarketInput, 'businessDate' | 'stats'>): boolean {
  if ((own.kind !== 'future' && own.kind !== 'perpetual') || own.settlement === 'inverse' || own.currency !== rules.currency) return false;
  if (own.kind === 'future' && own.expiry && own.expiry < businessDate) return false;
  const multiplier = Number(own.multiplier ?? '1');
  return own.multiplier !== null && Number.isSafeInteger(multiplier) && stats?.get(id)?.fundingRate === undefined;
}

function unknownTo(rules: Rules): string | null {
  if (rules.model !== 'bracket') return `the model ${rules.model}`;
  if (rules.sections('overlay').length > 0) return 'an overlay';
  const { netting, notionalAt, initialPrice, maintenancePrice, rounding, levels, liquidationReward } = bracketTerms(rules);
  if (netting.value !== 'oneWay') return `the netting ${netting.value}`;
  if (notionalAt.value !== 'mark') return `notional value at ${notionalAt.value}`;
  if (initialPrice.value !== 'mark' || maintenancePrice.value !== 'mark') return 'the worse price';
  if (rounding) return 'the venue’s roundings';
  if (levels || liquidationReward) return levels ? 'levels of a venue' : 'a cost of liquidation';
  return null;
}
