import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActivityFact } from '../../shared/domain/facts.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import { addDays } from '../../shared/time.ts';
import { moved, poolOf, stateOf, stock, TODAY, trade, type Desk } from './build.ts';

/** Each run is several accounts; in full under `npm run properties`. A failure prints its seed. */
const RUNS = { numRuns: Number(process.env['PLIMSOLL_DAY_RUNS'] ?? 400) };

/** Some days of trading in two stocks and money moving, the last of them today. */
interface Story {
  days: { trades: { instrument: 'XYZ' | 'ABC'; quantity: number; price: number }[]; money: number }[];
  start: { XYZ: number; ABC: number; sma: number };
}
const aTrade = fc.record({ instrument: fc.constantFrom('XYZ' as const, 'ABC' as const), quantity: fc.integer({ min: -300, max: 300 }).filter((quantity) => quantity !== 0), price: fc.integer({ min: 500, max: 12_000 }).map((cents) => cents / 100) });
const story: fc.Arbitrary<Story> = fc.record({
  days: fc.array(fc.record({ trades: fc.array(aTrade, { maxLength: 3 }), money: fc.integer({ min: -5000, max: 5000 }) }), { minLength: 1, maxLength: 4 }),
  start: fc.record({ XYZ: fc.integer({ min: -500, max: 500 }), ABC: fc.integer({ min: -500, max: 500 }), sma: fc.integer({ min: -5000, max: 20_000 }) }),
});

function activityOf({ days }: Story): ActivityFact[] {
  return days.flatMap(({ trades, money }, index) => {
    const tradeDate = addDays(TODAY, index - days.length + 1);
    const rows = trades.map(({ instrument, quantity, price }, place) => trade(instrument, String(quantity), toDecimalText(new Decimal(price)), `T${index}-${place}`));
    const cash = money === 0 ? [] : [moved(money > 0 ? 'deposit' : 'withdrawal', String(money), `D${index}`)];
    return [...rows, ...cash].map((fact) => ({ ...fact, tradeDate }));
  });
}

/** The account in the evening of a day, told of the activity after `since`. */
function evening(told: Story, day: string, since: string | null, sma: string, packs: readonly string[], price = '40') {
  const activity = activityOf(told).filter(({ tradeDate }) => tradeDate <= day);
  const quantityOf = (instrument: 'XYZ' | 'ABC') => activity.filter((fact) => fact.instrument === instrument).reduce((total, { quantity }) => total + Number(quantity), told.start[instrument]);
  const desk: Desk = {
    instruments: { XYZ: stock(), ABC: stock() },
    prices: { XYZ: price, ABC: '40' },
    positions: (['XYZ', 'ABC'] as const).map((instrument) => [instrument, String(quantityOf(instrument))] as const).filter(([, quantity]) => quantity !== '0'),
    cash: '10000',
    packs,
    businessDate: day,
    account: { prior: { sma, equity: '0' }, activityCovers: 'sincePrior', activity: activity.filter(({ tradeDate }) => since === null || tradeDate > since) },
  };
  const memorandum = poolOf(stateOf(desk)).specialMemorandum;
  if (!memorandum) throw new Error('the balance is known');
  return memorandum;
}

const BALANCE_ALONE = ['house-drivewealth'];

test('property: days taken one at a time and days taken together leave the same balance and the same amounts due', () => {
  fc.assert(
    fc.property(story, (told) => {
      const together = evening(told, TODAY, null, String(told.start.sma), BALANCE_ALONE);
      let sma = String(told.start.sma);
      const dues = new Map<string, string>();
      for (let index = 0; index < told.days.length; index += 1) {
        const day = addDays(TODAY, index - told.days.length + 1);
        const alone = evening(told, day, addDays(day, -1), sma, BALANCE_ALONE);
        sma = alone.balance;
        dues.set(day, alone.days.at(-1)?.due ?? '0');
      }
      expect(together.balance).toBe(sma);
      for (const { tradeDate, due } of together.days) expect(due).toBe(dues.get(tradeDate));
    }),
    RUNS,
  );
});

test('property: the high-water balance does not fall with the market, and nothing is due because of it', () => {
  fc.assert(
    fc.property(story, fc.integer({ min: 1, max: 39 }), (told, fallen) => {
      const sma = String(told.start.sma);
      const quiet: Story = { ...told, days: [{ trades: [], money: 0 }] };
      const after = evening(quiet, TODAY, null, sma, ['us-reg-t'], String(fallen));
      expect(new Decimal(after.balance).gte(sma)).toBe(true);
      expect(after.days.map(({ due }) => due)).toEqual(['0']);
    }),
    RUNS,
  );
});
