import type { HouseRate } from '../add-ons/stock-add-on.ts';
import type { AccountMargin } from '../margin.ts';
import { toDecimalText } from '../../../shared/money.ts';
import type { Answer } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

/**
 * How the house comes to its rate of one stock or fund: base, each table of account add-ons with the reason for its rate,
 * and what is asked in all, as a share of market value. A position in several sub-types answers with the first of them.
 */
export function houseRateAnswer({ pools }: AccountMargin, instrument: string): Result<Answer> {
  for (const { houseRates, positions } of pools) {
    const found = houseRates?.find(({ holding }) => holding.instrument === instrument);
    if (!found) continue;
    const position = positions.find((one) => one.instrument === instrument && one.subType === found.holding.subType);
    const value = found.holding.value.amount.abs();
    const maintenance = position?.requirement?.houseMaintenance.amount;
    if (!maintenance || value.isZero()) return fail({ code: 'no-market-value', message: `The position in ${instrument} is worth nothing, so it has no rate.`, at: 'params.instrument' });
    return succeed({ base: toDecimalText(found.base.amount), addOns: tablesOf(found), rate: toDecimalText(maintenance.div(value).toDecimalPlaces(RATE_PLACES)), maintenance: toDecimalText(maintenance) });
  }
  return fail({ code: 'no-add-ons', message: `No table of account add-ons is about ${JSON.stringify(instrument)} under the account's rule packs.`, at: 'params.instrument' });
}

/** Places of the rate in all, which is a share of market value and may not end. */
const RATE_PLACES = 6;

function tablesOf({ tables }: HouseRate): Answer {
  return Object.fromEntries(tables.map(({ layered, rate, known, reason }) => [layered.name, { rate: toDecimalText(rate.amount), known, effect: layered.table.effect, reason: reason(), cites: layered.table.cites }]));
}
