import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import { Decimal } from '../../../../shared/money.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import { weightOf, type Level } from '../../lending/terms.ts';
import type { Rules } from '../../packs/rules.ts';
import { scaledInteger } from '../sums/scaled.ts';
import { rungsOf } from '../sums/standing.ts';
import type { SumModel, Sums } from '../sums/sum-lane.ts';

/** Loans in money against assets at weights, as a lane: marks go into `price` before a recompute. */
export interface LendingLane extends SumModel {
  moneyDigits: number;
  priceDigits: number;
  price: Float64Array;
}

const RATE_DIGITS_MAX = 6;
/** Sizes and bounds move weights and prices with what is held: these are for the explaining engine. */
const WITH_SIZE = /(?:sizeFactor|scaleStart|^lending\.size)/;

export function lendingLane(rows: readonly { id: InstrumentId; terms: Instrument }[], rules: Rules, priceDigits: number): Result<LendingLane> {
  const unknown = unknownTo(rules);
  if (unknown !== null) return fail({ code: 'not-in-lane', message: `The fast lane of loans does not know ${unknown}.` });
  const weights = (level: Level): (Decimal | null)[] => rows.map(({ id }) => weightOf(id, 'collateral', level, rules)?.amount ?? null);
  const [initial, maintenance] = [weights('initial'), weights('maintenance')];
  const rateDigits = Math.min(RATE_DIGITS_MAX, [...initial, ...maintenance].reduce((most, weight) => Math.max(most, weight?.decimalPlaces() ?? 0), 0));
  const one = 10 ** rateDigits;
  const asked = (of: readonly (Decimal | null)[]): Float64Array => Float64Array.from(of, (weight) => (weight && (scaledInteger(new Decimal(1).minus(weight), rateDigits) ?? Number.NaN)) ?? Number.NaN);
  const [initialAsked, maintenanceAsked] = [asked(initial), asked(maintenance)];
  const price = new Float64Array(rows.length).fill(-1);
  const inLane = Uint8Array.from(rows, ({ id, terms }, at) => {
    const plain = (terms.kind === 'equity' || terms.kind === 'etf' || terms.kind === 'coin') && (terms.multiplier === undefined || terms.multiplier === '1') && terms.currency === rules.currency;
    const sized = (['collateral.sizeFactor', 'collateral.scaleStart'] as const).some((name) => rules.instrumentRate(id, name) !== null);
    return plain && !sized && !Number.isNaN(initialAsked[at]) && !Number.isNaN(maintenanceAsked[at]) ? 1 : 0;
  });
  return succeed({ rungs: rungsOf(rules, priceDigits + rateDigits), isLoan: true, moneyDigits: priceDigits + rateDigits, priceDigits, price, add });

  function add(into: Sums, at: number, quantity: number): void {
    const value = quantity * (price[at] as number);
    // Assets that are owed are liabilities, at weights of their own.
    into.reach += inLane[at] === 1 && (price[at] as number) >= 0 && quantity > 0 ? value * one : Infinity;
    into.worth += value * one;
    into.gross += value * one;
    into.initial += value * (initialAsked[at] as number);
    into.maintenance += value * (maintenanceAsked[at] as number);
    into.exchangeInitial += value * (initialAsked[at] as number);
    into.exchange += value * (maintenanceAsked[at] as number);
  }
}

function unknownTo(rules: Rules): string | null {
  if (rules.model !== 'lending') return `the model ${rules.model}`;
  if (rules.sections('overlay').length > 0) return 'an overlay';
  for (const name of ['lending.price.initial', 'lending.price.maintenance'] as const) if (rules.optionalSetting(name) === 'worse') return `the worse price of ${name}`;
  return rules.keys.find((key) => WITH_SIZE.test(key)) ?? null;
}
