import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bracketLane } from '../../../../main/engine/columns/bracket/bracket-lane.ts';
import { fixedLane } from '../../../../main/engine/columns/fixed/fixed-lane.ts';
import { lendingLane } from '../../../../main/engine/columns/lending/lending-lane.ts';
import { textOf, type PoolText } from './pool-text.ts';
import { priceInLane } from '../../../../main/engine/columns/sums/scaled.ts';
import { recomputeSums, sumFigures, type SumModel } from '../../../../main/engine/columns/sums/sum-lane.ts';
import type { AccountInput, PositionInput } from '../../../../main/engine/input.ts';
import { marginAccount } from '../../../../main/engine/margin.ts';
import { viewMarket } from '../../../../main/engine/market/market-view.ts';
import { resolveRules } from '../../../../main/engine/packs/shelf.ts';
import type { Instrument } from '../../../../shared/domain/instrument.ts';
import type { Result } from '../../../../shared/result.ts';
import { toDecimalText, type Decimal } from '../../../../shared/money.ts';
import { bookM } from '../../../bench/book-m/book.ts';
import { accountM, marketM } from '../../../bench/book-m/facts.ts';
import { PACKS_M, shelfM } from '../../../bench/book-m/packs.ts';
import { ACCOUNT_KINDS } from '../../../bench/book-m/sizes.ts';
import { decimalBetween } from '../../random-book.ts';
import { SAME_BOOKS } from '../../same-books.ts';
import { sumPools, type SumTerms } from './sum-pools.ts';

type Kind = 'bracket' | 'lending' | 'fixed';
type Lane = SumModel & { moneyDigits: number; priceDigits: number; price: Float64Array };

const BOOK = bookM({ kind: 'mixed', positions: 4_000 });
const SHELF = shelfM(BOOK.universe);
const MARKET = marketM(BOOK);
const IDS = [...MARKET.instruments.keys()];
const PLACES = new Map(IDS.map((id, at) => [id, at]));
const ROWS = IDS.map((id) => ({ id, terms: MARKET.instruments.get(id) as Instrument }));

function openLane(kind: Kind): Lane {
  const rules = resolveRules(SHELF, PACKS_M[kind], MARKET.businessDate);
  if (!rules.ok) throw new Error(rules.fault.message);
  const opened: Record<Kind, () => Result<Lane>> = {
    bracket: () => bracketLane(ROWS, rules.value, MARKET, 2),
    lending: () => lendingLane(ROWS, rules.value, 2),
    fixed: () => fixedLane(ROWS, rules.value, MARKET.businessDate, 2),
  };
  const lane = opened[kind]();
  if (!lane.ok) throw new Error(lane.fault.message);
  lane.value.price.set(IDS.map((id) => priceInLane(MARKET.marks.get(id)?.value ?? null, lane.value.priceDigits)));
  return lane.value;
}

const LANES: Record<Kind, Lane> = { bracket: openLane('bracket'), lending: openLane('lending'), fixed: openLane('fixed') };

function saidByLane(kind: Kind, accounts: readonly AccountInput[]): (PoolText | null)[] {
  const lane = LANES[kind];
  const sinceOf = (row: PositionInput): string | null | undefined => {
    if (row.settledPrice === null) return undefined;
    return row.settledPrice ?? (kind === 'bracket' ? row.entryPrice : null);
  };
  const terms: SumTerms = { model: kind, currency: 'USD', priceDigits: lane.priceDigits, moneyDigits: lane.moneyDigits, indexOf: (id) => PLACES.get(id) ?? -1, sinceOf };
  const pools = sumPools(accounts.flatMap((account) => account.pools.map((pool) => ({ account, pool }))), terms, viewMarket(MARKET));
  const figures = sumFigures(pools.count);
  recomputeSums(pools, lane, figures);
  return accounts.map((_, pool) => textOf(figures, lane.moneyDigits, pool));
}

function saidByEngine(account: AccountInput): PoolText {
  const [pool] = marginAccount(account, MARKET, SHELF).pools;
  if (!pool) throw new Error('an account has a pool');
  const { figures } = pool;
  const of = (figure: { amount: Decimal }): string => toDecimalText(figure.amount);
  return { status: pool.status, equity: of(figures.equity), initial: of(figures.initial), maintenance: of(figures.maintenance), exchangeInitial: of(figures.exchangeInitial), exchange: of(figures.exchangeMaintenance), excess: of(figures.excess), deficit: of(figures.deficit) };
}

const KINDS: Record<Kind, (terms: Instrument) => boolean> = { bracket: ({ kind }) => kind === 'future', fixed: ({ kind }) => kind === 'future', lending: ({ kind }) => kind === 'equity' };

/** An account of up to six positions, with a gain since some price now and then, and a position that no lane holds once in a while. */
function randomAccount(kind: Kind): fc.Arbitrary<AccountInput> {
  const held = IDS.filter((id) => KINDS[kind](MARKET.instruments.get(id) as Instrument));
  const quantity = kind === 'lending' ? fc.integer({ min: 1, max: 4_000 }) : fc.oneof(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -3_000, max: 3_000 }));
  const price = fc.option(decimalBetween(20, 160, 2), { freq: 2 });
  const row = fc.record({ instrument: fc.constantFrom(...held, IDS[10] as string), quantity, price, settled: fc.boolean() });
  return fc.record({ rows: fc.uniqueArray(row, { maxLength: 6, selector: ({ instrument }) => instrument }), cash: decimalBetween(-900_000, 900_000, 2) }).map(({ rows, cash }): AccountInput => ({
    id: 'A1', baseCurrency: 'USD', regime: 'venue', newAccount: false, prior: null, activity: null,
    pools: [{
      id: 'cross', mode: 'cross', model: kind, currency: 'USD', packs: PACKS_M[kind], excluded: [],
      cash: [{ currency: 'USD', kind: 'tradeDate', amount: cash, valueDate: null }],
      positions: rows.filter((one) => one.quantity !== 0).map((one) => ({ instrument: one.instrument, subType: kind === 'lending' ? 'margin' : 'futures', quantity: String(one.quantity), entryPrice: one.settled ? null : one.price, ...(one.settled && one.price !== null ? { settledPrice: one.price } : {}) })),
    }],
  }));
}

for (const kind of ['bracket', 'lending', 'fixed'] as const) {
  test(`${kind}: the lane says of a random pool what the explaining engine says, to the last unit, or leaves it to it`, () => {
    let fast = 0;
    fc.assert(
      fc.property(randomAccount(kind), (account) => {
        const [said] = saidByLane(kind, [account]);
        if (!said) return;
        fast += 1;
        expect(said).toEqual(saidByEngine(account));
      }),
      SAME_BOOKS,
    );
    expect(fast).toBeGreaterThan(SAME_BOOKS.numRuns / 2);
  });

  test(`${kind}: every account of a small book M is in the lane, and said alike`, () => {
    const accounts = Array.from({ length: BOOK.accounts }, (_, at) => at).filter((at) => ACCOUNT_KINDS[BOOK.sizes.kind[at] as number] === kind).map((at) => accountM(BOOK, at));
    expect(accounts.length).toBeGreaterThan(0);
    expect(saidByLane(kind, accounts)).toEqual(accounts.map((account) => saidByEngine(account)));
  });
}
