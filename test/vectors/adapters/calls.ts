import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import type { Decimal } from '../../../shared/money.ts';
import type { Answer } from '../../../shared/question.ts';
import { adapter } from '../adapter.ts';
import { decimal, negative, stockBook } from './book.ts';
import { publishedRates } from './rates.ts';
import { figure } from './trigger.ts';

const amount = plainDecimalFromZero;
const rate = { maintPct: amount.optional(), housePct: amount.optional() };

/** call-amount/*: long stock against a loan; equity, requirement and call at a stated rate. */
export const callAmount = adapter(
  z.union([
    z.strictObject({ shares: amount, price: amount, loan: amount, entry: amount.optional(), ...rate }),
    z.strictObject({ LMV: amount, debit: amount, ...rate }).transform(({ LMV, debit, ...rest }) => ({ shares: '1', price: LMV, loan: debit, ...rest })),
  ]),
  ({ shares, price, loan, maintPct, housePct }, { tools, vector }) => {
    const pack = stockBook(shares, price, { cash: negative(loan), ...publishedRates({ long: oneRate(maintPct, housePct) }) });
    const state = () => tools.ask('margin.state', {}, pack);
    const call = () => figure(state(), 'deficit');
    return {
      equity: () => figure(state(), 'equity'),
      required: () => figure(state(), 'maintenance'),
      call,
      houseCall: call,
      equityPct: () => figure(state(), 'equity').div(figure(tools.ask('margin.position', { instrument: 'XYZ' }, pack), 'value')),
      dueBusinessDays: () => dueBusinessDays(tools.ask('calls.policy', { packs: [brokerPack(vector.id)] }), 'house'),
      inCall: () => call().gt(0),
    };
  },
);

/** call-amount with a loan alone: the least equity that carries it is the equity at the call price. */
export const leastEquity = adapter(z.strictObject({ loan: amount, maintPct: amount }), ({ loan, maintPct }, { tools }) => ({
  minELV: () => {
    const pack = stockBook('1', decimal(loan).times(10), { cash: negative(loan), ...publishedRates({ long: maintPct }) });
    return figure(tools.ask('trigger.callPrice', { instrument: 'XYZ' }, pack), 'down').minus(loan);
  },
}));

/** nonmarginable/*: long stock so cheap that the house gives no credit on it. */
export const nonMarginable = adapter(z.strictObject({ shares: amount, price: amount }), ({ shares, price }, { tools }) => ({
  requirement: () => figure(tools.ask('margin.state', {}, stockBook(shares, price, { packs: ['us-reg-t', 'house-standard'] })), 'maintenance'),
}));

/** letf/*: the rate of a leveraged fund, read off a position of round size. */
export const leveragedFund = adapter(
  z.strictObject({ side: z.enum(['long', 'short']), leverage: amount, basePct: amount }),
  ({ side, leverage, basePct }, { tools }) => ({
    maintPct: () => {
      const pack = stockBook(side === 'long' ? '100' : '-100', '1000', {
        instruments: { XYZ: { kind: 'etf', currency: 'USD', leverage, price: '1000' } },
        ...publishedRates(side === 'long' ? { long: basePct } : { short: basePct }),
      });
      const position = tools.ask('margin.position', { instrument: 'XYZ' }, pack);
      return figure(position, 'exchangeMaintenance').div(figure(position, 'value').abs());
    },
  }),
);

/** The shipped pack of the broker that an id's last part begins with: `call-amount/passfolio` is about `house-passfolio`. */
function brokerPack(id: string): string {
  const named = `house-${id.slice(id.lastIndexOf('/') + 1)}`;
  return [...shippedPacks().packs.keys()].find((pack) => named === pack || named.startsWith(`${pack}-`)) ?? named;
}

/** Business days until a call of one type is due, out of a `calls.policy` answer. */
export function dueBusinessDays(policy: Answer, type: string): Decimal {
  return figure(z.record(z.string(), z.string()).parse(policy['dueBusinessDays']), type);
}

function oneRate(maintPct: string | undefined, housePct: string | undefined): Decimal {
  const stated = maintPct ?? housePct;
  if (stated === undefined || (maintPct !== undefined && housePct !== undefined)) throw new Error('Expected one of maintPct and housePct.');
  return decimal(stated);
}
