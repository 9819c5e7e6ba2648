import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { Answer } from '../../../shared/question.ts';
import { Decimal } from '../../../shared/money.ts';
import { adapter, type Context } from '../adapter.ts';
import { asPrinted } from '../compare.ts';
import { decimal, negative, stockBook } from './book.ts';
import { publishedRates } from './rates.ts';

const amount = plainDecimalFromZero;
/** Far enough above any call price: the account starts healthy, so the nearest price down is the call. */
const START_ABOVE = '10';

/**
 * trigger/long: stock bought with a loan. The loan is given, or follows from entry price and initial margin; the price to
 * start from is given, or high enough that the account starts healthy.
 */
export const longTrigger = adapter(
  z
    .strictObject({
      shares: amount.optional(),
      LMV: amount.optional(),
      entry: amount.optional(),
      price: amount.optional(),
      debit: amount.optional(),
      loan: amount.optional(),
      initialPct: amount.optional(),
      maintPct: amount,
    })
    .transform(({ shares = '1', LMV, entry, price, debit, loan, initialPct, maintPct }) => {
      const [owed, paid] = [only(debit, loan), only(LMV, entry, price)];
      if (owed !== null) return { shares, maintPct, loan: decimal(owed), entry: paid === null ? decimal(owed).times(START_ABOVE) : decimal(paid) };
      if (paid === null || initialPct === undefined) throw new Error('Expected a loan, or a price and the initial margin.');
      return { shares, maintPct, entry: decimal(paid), loan: decimal(paid).times(shares).times(decimal('1').minus(initialPct)) };
    }),
  ({ shares, entry, loan, maintPct }, { tools }) => {
    const pack = stockBook(shares, entry, { cash: loan.neg(), ...publishedRates({ long: maintPct }) });
    const call = () => priceAt(tools.ask('trigger.callPrice', { instrument: 'XYZ' }, pack), 'down');
    const valueAtCall = () => call().times(shares);
    return {
      loan: () => owed(tools, pack),
      loanPerShare: () => owed(tools, pack).div(shares),
      callPrice: call,
      pricePerShare: call,
      LMVatCall: () => asPrinted(valueAtCall()),
      equityAtCall: () => asPrinted(valueAtCall().minus(owed(tools, pack))),
      adverseMovePct: () => asPrinted(entry.minus(call()).div(entry).times(100)),
    };
  },
);

/** trigger/short: stock sold short. The credit is given, or follows from entry price and initial margin. */
export const shortTrigger = adapter(
  z.union([
    z
      .strictObject({ sharesShort: amount, totalCreditBalance: amount, maintPct: amount })
      .transform(({ sharesShort, totalCreditBalance, maintPct }) => ({
        shares: sharesShort,
        maintPct,
        credit: decimal(totalCreditBalance),
        entry: decimal(totalCreditBalance).div(sharesShort).div(START_ABOVE).toDecimalPlaces(6),
      })),
    z
      .strictObject({ entry: amount, initialPct: amount, maintPct: amount, sharesShort: amount.default('1') })
      .transform(({ entry, initialPct, maintPct, sharesShort }) => ({ shares: sharesShort, maintPct, entry: decimal(entry), credit: decimal(entry).times(sharesShort).times(decimal('1').plus(initialPct)) })),
  ]),
  ({ shares, entry, credit, maintPct }, { tools }) => {
    const pack = stockBook(negative(shares), entry, { cash: credit, ...publishedRates({ short: maintPct }) });
    return { callPrice: () => priceAt(tools.ask('trigger.callPrice', { instrument: 'XYZ' }, pack), 'up') };
  },
);

/** The one of several names of a figure that was used, or null. Two at once would contradict each other. */
function only(...names: (string | undefined)[]): string | null {
  const given = names.filter((name) => name !== undefined);
  if (given.length > 1) throw new Error('Two inputs say the same thing.');
  return given[0] ?? null;
}

/** What the account owes, out of its margin state: long value less equity. */
function owed(tools: Context['tools'], pack: Parameters<Context['tools']['account']>[0]): Decimal {
  const position = tools.ask('margin.position', { instrument: 'XYZ' }, pack);
  return figure(position, 'value').minus(figure(tools.ask('margin.state', {}, pack), 'equity'));
}

function priceAt(answer: Answer, side: 'down' | 'up'): Decimal {
  return figure(answer, side);
}

/** An amount of an answer as a decimal. Throws when the figure is not there. */
export function figure(answer: Answer, name: string): Decimal {
  const value = answer[name];
  if (typeof value !== 'string') throw new Error(`The answer has no ${name}: ${JSON.stringify(value ?? null)}.`);
  return new Decimal(value);
}
