import type { Instrument } from '../../../../shared/domain/instrument.ts';
import type { Decimal } from '../../../../shared/money.ts';
import { bracketTerms } from '../../bracket/terms.ts';
import type { ContractMargin } from '../../fixed/product.ts';
import { weightOf } from '../../lending/terms.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { bracketLane } from '../bracket/bracket-lane.ts';
import { contractMargins, openingFixedLane } from '../fixed/fixed-lane.ts';
import { lendingLane } from '../lending/lending-lane.ts';
import type { Sliced } from '../sliced.ts';
import { NONE, priceInLane, scaledText } from '../sums/scaled.ts';
import { FINE_PLACES, FINEST_PLACES, noSums, recomputeSums, SLOW, sumFigures, type SumFigures, type SumModel } from '../sums/sum-lane.ts';
import type { SumPools } from '../sums/sum-pools.ts';
import { exactly, plus } from './exact.ts';
import type { BookInstruments } from './facts.ts';
import { findingHeld, needsMoreDigits, priceDigitsOf, type Held } from './held.ts';
import type { PoolAmounts, PoolLane, TakeGroup } from './pool-lane.ts';
import { beyondUnits, wholeUnits } from './rest.ts';
import type { Staged } from './staged.ts';
import { areVerified, isChecked } from './verified.ts';

type Model = SumModel & { moneyDigits: number; priceDigits: number; price: Float64Array };

/** What an instrument is to a model that adds positions up: the group it stands in, and what its requirements rest on. */
interface Traits {
  group: string;
  initialUnverified: boolean;
  maintenanceUnverified: boolean;
}

interface SumPoolLane {
  model: Model;
  pools: SumPools;
  figures: SumFigures;
  traits: readonly Traits[];
  held: Held;
}

const POOLS_AT_ONCE = 64;
const TRAITS_AT_ONCE = 256;

/** Opens and computes pools whose requirement is a sum over positions; null where the lane does not know the rules. */
export function* openSums(staged: Staged, book: BookInstruments, market: MarketView): Sliced<PoolLane | null> {
  const { rules } = staged;
  if (!areVerified(rules, ['future.speculatorInitial'])) return null;
  const held = yield* findingHeld(staged, book, market);
  const priceDigits = yield* priceDigitsOf(held, book);
  yield;
  const margins = rules.model === 'fixed' ? yield* contractMargins(held.rows, rules, market.businessDate) : [];
  const opened = yield* modelOf(rules, held, market, priceDigits, margins);
  if (!opened?.ok) return null;
  const model = opened.value;
  yield;
  model.price.set(Float64Array.from(held.numbers, (number) => priceInLane(book.marks[number] ?? null, priceDigits)));
  yield;
  const traits: Traits[] = [];
  for (const { id, terms } of held.rows) if (traits.push(traitsOf(id, terms, rules, margins[traits.length] ?? null)) % TRAITS_AT_ONCE === 0) yield;
  const pools = yield* columnsOf(staged, held, model, traits);
  const figures = sumFigures(pools.count);
  for (let from = 0; from < pools.count; from += POOLS_AT_ONCE) {
    recomputeSums(pools, model, figures, from, Math.min(pools.count, from + POOLS_AT_ONCE));
    yield;
  }
  const lane: SumPoolLane = { model, pools, figures, traits, held };
  const holders = yield* holdersOf(pools, held.rows.length);
  return {
    fits: (instruments) => !needsMoreDigits(held, book, instruments, priceDigits),
    tick: (instruments) => ticking(lane, holders, book, instruments),
    amounts: (pool) => amountsOf(lane, pool),
    eachGroup: (pool, take) => eachGroup(lane, pool, take),
    bytes: [...Object.values(figures), pools.start, pools.instrument, pools.quantity, pools.since, pools.cash, pools.outside, holders.of].reduce((total, { byteLength }) => total + byteLength, 0),
  };
}

function* modelOf(rules: Rules, { rows }: Held, market: MarketView, priceDigits: number, margins: readonly (ContractMargin | null)[]): Sliced<{ ok: true; value: Model } | { ok: false } | null> {
  if (rules.model === 'bracket') return bracketLane(rows, rules, market.input, priceDigits);
  if (rules.model === 'lending') return lendingLane(rows, rules, priceDigits);
  return rules.model === 'fixed' ? yield* openingFixedLane(rows, rules, market.businessDate, priceDigits, margins) : null;
}

/** Null-group instruments are out of every lane. Of contracts, one rule stands behind both requirements. */
function traitsOf(id: string, terms: Instrument, rules: Rules, margin: ContractMargin | null): Traits {
  if (rules.model === 'lending') {
    const rests = (level: 'initial' | 'maintenance'): boolean => weightOf(id, 'collateral', level, rules)?.unverified === true;
    return { group: id, initialUnverified: rests('initial'), maintenanceUnverified: rests('maintenance') };
  }
  if (terms.kind !== 'future' && terms.kind !== 'perpetual') return { group: id, initialUnverified: false, maintenanceUnverified: false };
  if (rules.model === 'bracket') {
    const unverified = !isChecked(bracketTerms(rules).market(id, terms)?.rule);
    return { group: terms.underlying ?? id, initialUnverified: unverified, maintenanceUnverified: unverified };
  }
  if (!margin) return { group: id, initialUnverified: false, maintenanceUnverified: false };
  const unverified = !isChecked(margin.exchange.rule) || !isChecked(margin.house?.rule);
  return { group: `${margin.root} futures`, initialUnverified: unverified, maintenanceUnverified: unverified };
}

function* columnsOf({ rules, pools, positions, start, instrument, quantity, since, cash }: Staged, { local }: Held, model: Model, traits: readonly Traits[]): Sliced<SumPools> {
  const columns: SumPools = { count: pools, start: start.slice(0, pools + 1), instrument: new Int32Array(positions), quantity: quantity.slice(0, positions), since: new Float64Array(positions).fill(NONE), cash: new Float64Array(pools), outside: new Uint8Array(pools) };
  for (let pool = 0; pool < pools; pool += 1) {
    const own = cash[pool] ?? null;
    const money = own && moneyOf(own, rules, model.moneyDigits);
    let isOutside = money === null;
    for (let at = start[pool] as number; at < (start[pool + 1] as number); at += 1) {
      const one = local[instrument[at] as number] as number;
      columns.instrument[at] = one;
      const from = since?.[at];
      if (from !== undefined) columns.since[at] = scaledText(from, model.priceDigits) ?? NaN;
      // Which figures rest on an unchecked rule of contracts depends on which of two requirements is the greater.
      isOutside ||= !(columns.since[at] === NONE ? from === undefined : (columns.since[at] as number) >= 0) || (rules.model !== 'lending' && traits[one]?.initialUnverified === true);
    }
    columns.outside[pool] = isOutside ? 1 : 0;
    columns.cash[pool] = money ?? 0;
    if (pool % POOLS_AT_ONCE === 0) yield;
  }
  return columns;
}

/** All of a pool's money; loans do not count that of a futures segment. */
function moneyOf({ equity, futures }: { equity: Decimal; futures: Decimal | null }, { model }: Rules, digits: number): number | null {
  if (model === 'lending' && futures) return null;
  const money = equity.plus(futures ?? 0);
  return beyondUnits(money, digits) ? null : wholeUnits(money, digits);
}

/** Pools by instrument: those of `instrument` are of[from[instrument]] up to of[from[instrument + 1]]. */
interface Holders {
  from: Int32Array;
  of: Int32Array;
}

const POSITIONS_AT_ONCE = 8_192;

function* holdersOf({ count, start, instrument }: SumPools, instruments: number): Sliced<Holders> {
  const from = new Int32Array(instruments + 1);
  for (let at = 0; at < instrument.length; at += 1) {
    const one = instrument[at] as number;
    from[one + 1] = (from[one + 1] as number) + 1;
    if (at % POSITIONS_AT_ONCE === 0) yield;
  }
  for (let at = 0; at < instruments; at += 1) from[at + 1] = (from[at + 1] as number) + (from[at] as number);
  const next = from.slice();
  const of = new Int32Array(instrument.length);
  let looked = 0;
  for (let pool = 0; pool < count; pool += 1) {
    if ((start[pool] as number) - looked > POSITIONS_AT_ONCE) {
      looked = start[pool] as number;
      yield;
    }
    for (let at = start[pool] as number; at < (start[pool + 1] as number); at += 1) {
      const one = instrument[at] as number;
      of[next[one] as number] = pool;
      next[one] = (next[one] as number) + 1;
    }
  }
  return { from, of };
}

function* ticking({ model, pools, figures, held }: SumPoolLane, { from, of }: Holders, { marks }: BookInstruments, instruments: readonly number[]): Sliced<Int32Array> {
  const touched = new Set<number>();
  for (const number of instruments) {
    const own = held.local[number] ?? -1;
    if (own < 0) continue;
    model.price[own] = priceInLane(marks[number] ?? null, model.priceDigits);
    for (let at = from[own] as number; at < (from[own + 1] as number); at += 1) touched.add(of[at] as number);
  }
  let summed = 0;
  for (const pool of touched) {
    recomputeSums(pools, model, figures, pool, pool + 1);
    summed += 1;
    if (summed % POOLS_AT_ONCE === 0) yield;
  }
  return Int32Array.from(touched);
}

function amountsOf({ model, pools, figures, traits }: SumPoolLane, pool: number): PoolAmounts | null {
  if (figures.status[pool] === SLOW) return null;
  const of = (amounts: Float64Array): number => amounts[pool] as number;
  const [equity, maintenance, money] = [of(figures.equity), of(figures.maintenance), pools.cash[pool] as number];
  const [fine, finest] = [of(figures.fine), of(figures.finest)];
  const by = { initial: false, maintenance: false };
  let hasShort = false;
  for (let at = pools.start[pool] as number; at < (pools.start[pool + 1] as number); at += 1) {
    const own = traits[pools.instrument[at] as number];
    by.initial ||= own?.initialUnverified === true;
    by.maintenance ||= own?.maintenanceUnverified === true;
    hasShort ||= (pools.quantity[at] as number) < 0;
  }
  return {
    digits: model.moneyDigits,
    netLiq: equity,
    equity,
    regT: 0,
    exchange: of(figures.exchange),
    exchangeInitial: of(figures.exchangeInitial),
    initial: of(figures.initial),
    maintenance,
    gross: of(figures.gross),
    invested: equity - money,
    hasShort,
    notPairedYet: 0,
    beyondInitial: fine === 0 && finest === 0 ? null : plus(exactly(fine, FINE_PLACES), exactly(finest, FINEST_PLACES)),
    beyondCash: null,
    health: model.isLoan ? { covers: Math.max(0, money) + equity - money - maintenance, owes: Math.max(0, -money) } : null,
    unverified: { regT: false, exchange: by.maintenance, exchangeInitial: by.initial, ...by },
  };
}

function eachGroup({ model, pools, traits }: SumPoolLane, pool: number, take: TakeGroup): void {
  const groups = new Map<string, { gross: number; maintenance: number }>();
  for (let at = pools.start[pool] as number; at < (pools.start[pool + 1] as number); at += 1) {
    const sums = noSums();
    const own = pools.instrument[at] as number;
    model.add(sums, own, pools.quantity[at] as number, pools.since[at] as number);
    const name = traits[own]?.group ?? '';
    const group = groups.get(name) ?? { gross: 0, maintenance: 0 };
    group.gross += Math.abs(sums.worth);
    group.maintenance += sums.maintenance;
    groups.set(name, group);
  }
  for (const [name, { gross, maintenance }] of [...groups].sort(([a], [b]) => (`${a}\n` < `${b}\n` ? -1 : 1))) take(name, gross, maintenance);
}
