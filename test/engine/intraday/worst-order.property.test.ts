import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { intradayDeficit } from '../../../main/engine/intraday/deficit.ts';
import { marginAccount } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { accountOf, marketOf, stock, trade, type Desk } from '../build.ts';

/** Each run is several accounts; in full under `npm run properties`. A failure prints its seed. */
const RUNS = { numRuns: Number(process.env['PLIMSOLL_DAY_RUNS'] ?? 150) };

interface Trade {
  instrument: 'XYZ' | 'ABC';
  quantity: number;
  /** Within a tenth of the mark of 50: nobody gives stock away. */
  price: number;
}
const aTrade: fc.Arbitrary<Trade> = fc.record({
  instrument: fc.constantFrom('XYZ' as const, 'ABC' as const),
  quantity: fc.integer({ min: -400, max: 400 }).filter((quantity) => quantity !== 0),
  price: fc.integer({ min: 4500, max: 5500 }).map((cents) => cents / 100),
});
/** Trades by an account that held nothing in the morning, and an order in which they may have come. */
const days = fc.array(aTrade, { minLength: 1, maxLength: 5 }).chain((trades) => fc.record({ trades: fc.constant(trades), order: fc.shuffledSubarray(trades.map((_, index) => index), { minLength: trades.length }), cash: fc.integer({ min: 0, max: 12_000 }) }));

function deskAfter(trades: readonly Trade[], cash: number): Desk {
  const held = (instrument: Trade['instrument']) => trades.filter((one) => one.instrument === instrument).reduce((total, { quantity }) => total + quantity, 0);
  const money = trades.reduce((total, { quantity, price }) => total.minus(new Decimal(price).times(quantity)), new Decimal(cash));
  return {
    instruments: { XYZ: stock(), ABC: stock() },
    prices: { XYZ: '50', ABC: '50' },
    positions: (['XYZ', 'ABC'] as const).flatMap((instrument) => (held(instrument) === 0 ? [] : [[instrument, String(held(instrument))] as const])),
    cash: toDecimalText(money),
    packs: ['us-reg-t', 'us-day-trading'],
  };
}

function lackingAfter(trades: readonly Trade[], cash: number): Decimal {
  const desk = deskAfter(trades, cash);
  const { figures } = marginAccount(accountOf(desk), marketOf(desk), shippedPacks());
  return figures.exchangeMaintenance.amount.minus(figures.equity.amount);
}

function deficitOf(trades: readonly Trade[], cash: number): Decimal {
  const activity = trades.map(({ instrument, quantity, price }, index) => trade(instrument, String(quantity), toDecimalText(new Decimal(price)), `T${index}`));
  const desk: Desk = { ...deskAfter(trades, cash), account: { activity } };
  const found = intradayDeficit(accountOf(desk), marketOf(desk), shippedPacks());
  if (!found.ok || !found.value) throw new Error('the day can be valued');
  return found.value.deficit;
}

test('property: no order of the day’s trades lacks more at any moment than the deficit says, and one order lacks just that', () => {
  fc.assert(
    fc.property(days, ({ trades, order, cash }) => {
      const deficit = deficitOf(trades, cash);
      for (let done = 1; done <= order.length; done += 1) {
        expect(lackingAfter(order.slice(0, done).map((index) => trades[index] as Trade), cash).lte(deficit)).toBe(true);
      }
      // The worst moment is one of those at which each stock was all bought, all sold, or both.
      const sides = (instrument: string) => [[], [1], [-1], [1, -1]].map((taken) => trades.filter((one) => one.instrument === instrument && taken.includes(Math.sign(one.quantity))));
      const worst = sides('XYZ').flatMap((x) => sides('ABC').map((a) => lackingAfter([...x, ...a], cash)));
      expect(Decimal.max(0, ...worst).toFixed()).toBe(deficit.toFixed());
    }),
    RUNS,
  );
});

test('property: the order in which a day’s trades are listed does not matter', () => {
  fc.assert(
    fc.property(days, ({ trades, order, cash }) => {
      expect(deficitOf(order.map((index) => trades[index] as Trade), cash).toFixed()).toBe(deficitOf(trades, cash).toFixed());
    }),
    RUNS,
  );
});
