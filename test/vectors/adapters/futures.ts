import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { adapter, type Context } from '../adapter.ts';
import { BUSINESS_DAY, decimal, text } from './book.ts';
import { figure } from './trigger.ts';

/** A segment with one futures position, from the price it was last settled at through one settlement or several. */
interface Story {
  contracts: string;
  /** Null where the source states maintenance alone. */
  initial: string | null;
  maintenance: string;
  balance: string;
  prices: string[];
}

const amount = plainDecimalFromZero;
const perContract = { contracts: plainDecimal, initialPer: amount, maintPer: amount };

/** The shapes in which the family tells its stories; a contract counts one unit in all of them. */
const story = z.union([
  z.strictObject({ maintenance: amount }).transform(({ maintenance }): Story => ({ contracts: '1', initial: null, maintenance, balance: '0', prices: ['0'] })),
  z
    .strictObject({ initial: amount, maintenance: amount, loss: plainDecimal })
    .transform(({ initial, maintenance, loss }): Story => ({ contracts: '1', initial, maintenance, balance: initial, prices: [loss, '0'] })),
  z
    .strictObject({ ...perContract, deposit: plainDecimal, p0: plainDecimal, p1: plainDecimal })
    .transform(({ contracts, initialPer, maintPer, deposit, p0, p1 }): Story => ({ contracts, initial: initialPer, maintenance: maintPer, balance: deposit, prices: [p0, p1] })),
  z
    .strictObject({ ...perContract, deposit: plainDecimal, p0: plainDecimal, settlements: z.array(plainDecimal).min(1) })
    .transform(({ contracts, initialPer, maintPer, deposit, p0, settlements }): Story => ({ contracts, initial: initialPer, maintenance: maintPer, balance: deposit, prices: [p0, ...settlements] })),
  z
    .strictObject({ prevBalance: plainDecimal, contracts: plainDecimal, p1: plainDecimal, p2: plainDecimal, maintTotal: amount, initialTotal: amount })
    .transform(({ prevBalance, contracts, p1, p2, maintTotal, initialTotal }): Story => {
      const each = (total: string): string => text(decimal(total).div(decimal(contracts).abs()));
      return { contracts, initial: each(initialTotal), maintenance: each(maintTotal), balance: prevBalance, prices: [p1, p2] };
    }),
]);

/** futures/*: balances after each settlement, the call of the last one, and the initial margin where only maintenance is stated. */
export const futuresStory = adapter(story, (told, context) => {
  const last = (): AccountState => settled(told, context).at(-1) as AccountState;
  const balances = (): Decimal[] => settled(told, context).map(({ equity }) => decimal(equity));
  return {
    initial: () => figure(context.tools.ask('margin.state', {}, packOf(told, told.balance, '0', '0')), 'initial'),
    balance: () => decimal(last().equity),
    balanceAfter: () => decimal(last().equity),
    call: () => decimal(last().pools[0]?.callAmount ?? 'none'),
    endingBalance: balances,
    gainLoss: () => balances().map((balance, day, all) => balance.minus(all[day - 1] ?? told.balance)),
  };
});

/** The segment's state at each settlement; what one pays out is the next one's cash. */
function settled(told: Story, { tools }: Context): AccountState[] {
  let cash = told.balance;
  return told.prices.slice(1).map((price, day) => {
    const state = tools.account(packOf(told, cash, told.prices[day] ?? '0', price));
    cash = state.equity;
    return state;
  });
}

function packOf({ contracts, initial, maintenance }: Story, cash: string, settledPrice: string, price: string): CalcPackInput {
  const source = { cites: 'The published example', status: 'secondary' };
  const rates = [{ effectiveFrom: '2000-01-01', maintenance, ...(initial === null ? {} : { initial }), ...source }];
  const rulePack = {
    id: 'published-margins',
    version: '1',
    title: 'Margins of a published example',
    layer: 'account',
    model: 'fixed',
    extends: 'us-futures',
    effectiveFrom: '2000-01-01',
    parameters: {},
    futures: { FUT: { title: 'The example’s contract', currency: 'USD', multiplier: '1', rates } },
  };
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: `${BUSINESS_DAY}T21:00:00Z`,
    baseCurrency: 'USD',
    instruments: { FUT: { kind: 'future', currency: 'USD', multiplier: '1', underlying: 'FUT', price } },
    rulePacks: { 'published-margins': rulePack },
    accounts: [
      {
        id: 'A1',
        pools: [{ id: 'futures', model: 'fixed', packs: ['published-margins'], cashRows: [{ currency: 'USD', kind: 'futuresSegment', amount: cash }], positions: [{ instrument: 'FUT', quantity: toDecimalText(new Decimal(contracts)), settledPrice }] }],
      },
    ],
  };
}
