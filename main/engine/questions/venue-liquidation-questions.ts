import { z } from 'zod';
import type { CalcPack } from '../../../shared/calc-pack.ts';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { chargeLeg } from '../bracket/charge.ts';
import type { Leg } from '../bracket/leg.ts';
import { inPool, notionalOf } from '../bracket/notional.ts';
import { earlyPrice, feeAfter, insuranceFee, shareAfter, sizeToCover, socialisedFunding } from '../liquidation/close-out.ts';
import { deleverage, deleverageScore } from '../liquidation/deleverage.ts';
import { fillablePrice, insuranceDelta, takeoverValue } from '../liquidation/takeover.ts';
import { marginAccount } from '../margin.ts';
import { onVenuePosition, type VenuePosition } from './venue-pool.ts';

const text = (amount: Decimal): string => toDecimalText(amount);
const number = (value: string): Decimal => new Decimal(value);
const liquidated = { price: plainDecimalFromZero, quotePrice: plainDecimalFromZero, marginRatio: plainDecimalFromZero, liquidatorFee: plainDecimalFromZero };
const scored = z.strictObject({ account: z.string().min(1), quantity: plainDecimalFromZero, score: plainDecimal });
/** Values in one currency, from which the score follows. */
const valued = z.strictObject({ account: z.string().min(1), quantity: plainDecimalFromZero, mark: plainDecimal, bankrupt: plainDecimal, entry: plainDecimal });
const aboveZero = plainDecimalFromZero.refine((amount) => amount !== '0', { error: 'expected more than 0' });

/** Questions about what a venue does with positions it closes. */
export const VENUE_LIQUIDATION_QUESTIONS: QuestionTable = {
  'liquidation.price': questionRow(
    'Prices of one instrument at which its pool is liquidated, and the pool’s equity and maintenance recomputed there.',
    z.strictObject({ instrument: instrumentId }),
    ({ instrument }, pack) => onVenuePosition(pack, instrument, (found) => succeed(pricesAnswer(found))),
  ),
  'liquidation.bankruptcyPrice': questionRow(
    'The money, and the price, at which closing so much of a position leaves the account its share of what it has.',
    z.strictObject({ instrument: instrumentId, quantity: aboveZero, places: z.int().min(0).max(18).default(6) }),
    ({ instrument, quantity, places }, pack) => onClosing(pack, instrument, quantity, (value, size) => succeed({ value: text(value(places)), price: text(value(places).div(size).toDecimalPlaces(18, Decimal.ROUND_HALF_EVEN)) })),
  ),
  'liquidation.fillablePrice': questionRow(
    'The worst price at which a liquidation order in a position may fill.',
    z.strictObject({ instrument: instrumentId, bankruptcyAdjustment: plainDecimalFromZero, spreadToMaintenance: plainDecimalFromZero }),
    ({ instrument, bankruptcyAdjustment, spreadToMaintenance }, pack) => onVenuePosition(pack, instrument, (found) => succeed({ price: text(fillableOf(found, bankruptcyAdjustment, spreadToMaintenance)) })),
  ),
  'liquidation.insuranceDelta': questionRow(
    'What the insurance fund gains when so much of a position is filled at a price, or pays where below zero.',
    z.strictObject({ instrument: instrumentId, quantity: aboveZero, fillPrice: plainDecimalFromZero, mostFee: plainDecimalFromZero, places: z.int().min(0).max(18).default(6) }),
    ({ instrument, quantity, fillPrice, mostFee, places }, pack) =>
      onClosing(pack, instrument, quantity, (value, size) => succeed({ delta: text(insuranceDelta(size.times(fillPrice), value(places), number(mostFee))) })),
  ),
  'liquidation.sizeToCover': questionRow(
    'Units of a perpetual to close so that a shortage of margin is gone; null where all of it is closed.',
    z.strictObject({ shortage: plainDecimalFromZero, insuranceFee: plainDecimalFromZero, ...liquidated }),
    ({ shortage, insuranceFee: fee, ...terms }) => {
      const size = sizeToCover(number(shortage), decimals(terms), number(fee));
      return succeed({ size: size && text(size) });
    },
  ),
  'liquidation.insuranceFee': questionRow(
    'The insurance fund’s fee that closing a whole perpetual can bear with a shortage still covered.',
    z.strictObject({ shortage: plainDecimalFromZero, size: plainDecimalFromZero, most: plainDecimalFromZero, ...liquidated }),
    ({ shortage, size, most, ...terms }) => succeed({ fee: text(insuranceFee(number(shortage), number(size), decimals(terms), number(most))) }),
  ),
  'liquidation.feeAfter': questionRow(
    'The liquidator’s fee after a number of slots in which nobody liquidated.',
    z.strictObject({ slots: plainDecimalFromZero, base: plainDecimalFromZero, most: plainDecimalFromZero, graceSlots: plainDecimalFromZero, perSlot: plainDecimalFromZero }),
    ({ slots, base, most, graceSlots, perSlot }) => succeed({ fee: text(feeAfter(number(slots), { base: number(base), most: number(most), graceSlots: number(graceSlots), perSlot: number(perSlot) })) }),
  ),
  'liquidation.shareAfter': questionRow(
    'Share of a position that may be closed at once after a number of slots.',
    z.strictObject({ slots: plainDecimalFromZero, shortage: plainDecimalFromZero, initial: plainDecimalFromZero, duration: plainDecimalFromZero, wholeBelow: plainDecimalFromZero }),
    ({ slots, shortage, initial, duration, wholeBelow }) => succeed({ share: text(shareAfter(number(slots), number(shortage), { initial: number(initial), duration: number(duration), wholeBelow: number(wholeBelow) })) }),
  ),
  'liquidation.socialisedFunding': questionRow('A loss that nobody covers, for each unit that is open on either side.', z.strictObject({ loss: plainDecimal, long: plainDecimal, short: plainDecimal }), ({ loss, long, short }) => {
    if (number(long).isZero() && number(short).isZero()) return fail({ code: 'bad-question', message: 'Nothing is open that could share the loss.', at: 'params.long' });
    return succeed({ perUnit: text(socialisedFunding(number(loss), number(long), number(short))) });
  }),
  'liquidation.earlyPrice': questionRow('A price before the venue’s, by a share of the way back to the entry.', z.strictObject({ entry: plainDecimalFromZero, liquidation: plainDecimalFromZero, share: plainDecimalFromZero }), ({ entry, liquidation, share }) =>
    succeed({ price: text(earlyPrice(number(entry), number(liquidation), number(share))) }),
  ),
  'liquidation.deleverage': questionRow(
    'Whose winning positions are closed against a bankrupt one, in which order and for how much.',
    z.strictObject({ positions: z.array(z.union([scored, valued])).min(1), quantity: plainDecimalFromZero }),
    ({ positions, quantity }) => {
      const ranked = positions.map((position) => ({ account: position.account, quantity: number(position.quantity), score: 'score' in position ? number(position.score) : deleverageScore(decimals({ mark: position.mark, bankrupt: position.bankrupt, entry: position.entry })) }));
      const unranked = ranked.find(({ score }) => score === null);
      if (unranked) return fail({ code: 'bad-question', message: `The position of ${unranked.account} has no rank: its mark, entry or cushion is zero.`, at: 'params.positions' });
      const { queue, left } = deleverage(ranked.flatMap(({ score, ...rest }) => (score ? [{ ...rest, score }] : [])), number(quantity));
      return succeed({ queue: queue.map(({ account, quantity: size, percentile, closed }) => ({ account, quantity: text(size), percentile: String(percentile), closed: text(closed) })), left: text(left) });
    },
  ),
};

function decimals<Name extends string>(terms: Record<Name, string>): Record<Name, Decimal> {
  return Object.fromEntries(Object.entries<string>(terms).map(([name, value]) => [name, number(value)])) as Record<Name, Decimal>;
}

/** The closed form, put back into the margin function: equity and maintenance with the mark moved there. */
function pricesAnswer({ leg, margin, account, prepared, pool }: VenuePosition): Answer {
  const { instrument } = leg;
  const { call, liquidation, bankruptcy } = margin.crossings?.(instrument) ?? { call: null, liquidation: null, bankruptcy: null };
  const at = (price: string | null | undefined): Answer | null => {
    const mark = prepared.market.marks.get(instrument);
    if (price === null || price === undefined || !mark) return null;
    const moved = marginAccount(account, { ...prepared.market, marks: new Map(prepared.market.marks).set(instrument, { ...mark, value: price }) }, prepared.shelf);
    const figures = moved.pools.find(({ id }) => id === pool.id)?.figures;
    return figures ? { equity: text(figures.equity.amount), maintenance: text(figures.maintenance.amount) } : null;
  };
  return { down: liquidation?.down ?? null, up: liquidation?.up ?? null, atDown: at(liquidation?.down), atUp: at(liquidation?.up), call, bankruptcy };
}

function fillableOf({ leg, charge, margin, pool }: VenuePosition, adjustment: string, spread: string): Decimal {
  const notional = signedNotional(leg, leg.quantity, pool.currency);
  const { equity, maintenance } = margin.figures;
  return fillablePrice({ notional, quantity: leg.quantity.times(leg.multiplier), maintenance: charge.maintenance.amount, accountEquity: equity.amount, accountMaintenance: maintenance.amount }, number(adjustment), number(spread));
}

function signedNotional(leg: Leg, quantity: Decimal, currency: string): Decimal {
  const notional = inPool(leg, notionalOf(leg, quantity.abs(), leg.price), currency).amount;
  return quantity.isNegative() ? notional.neg() : notional;
}

/** Closes `quantity` of a position: hands on its takeover value for a number of places, and the units closed, signed as held. */
function onClosing(pack: CalcPack | undefined, instrument: string, quantity: string, answer: (value: (places: number) => Decimal, units: Decimal) => Result<Answer>): Result<Answer> {
  return onVenuePosition(pack, instrument, ({ leg, charge, terms, margin, pool }) => {
    const closed = leg.quantity.isNegative() ? number(quantity).neg() : number(quantity);
    if (closed.abs().gt(leg.quantity.abs())) return fail({ code: 'bad-question', message: `Only ${text(leg.quantity.abs())} of ${instrument} is held.`, at: 'params.quantity' });
    const left = leg.quantity.minus(closed);
    const after = chargeLeg({ ...leg, quantity: left }, left.abs(), terms, pool.currency).maintenance.amount;
    const closing = {
      notionalChange: signedNotional(leg, closed, pool.currency).neg(),
      maintenanceReleased: charge.maintenance.amount.minus(after),
      equity: margin.figures.equity.amount,
      maintenance: margin.figures.maintenance.amount,
    };
    return answer((places) => takeoverValue(closing, places), closed.times(leg.multiplier));
  });
}
