import type { Instrument } from '../../../shared/domain/instrument.ts';
import { Decimal } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import type { AccountInput, MarketInput, PoolInput } from '../input.ts';
import { marginAccount } from '../margin.ts';
import type { PackShelf } from '../packs/shelf.ts';
import { poolAfter, type DayInInstrument, type Move } from './moves.ts';

/** Moves that count as one, such as the legs of a spread; `states` lists what may have been done of them at some moment. */
interface Step {
  states: readonly (readonly Move[])[];
}

/** How much further below maintenance an underlying's trades took the account at the worst moment, and what was done by then. */
export interface WorstMoment {
  underlying: string;
  deficiency: Decimal;
  done: readonly Move[];
}

/** Combinations looked at in one underlying; beyond it each step is taken at its own worst. */
const STATES_MAX = 256;

/**
 * The worst moment of each underlying's trades, whatever their order was. Exchange maintenance and equity add up over
 * underlyings, so an order in which all of them stand at their worst at once exists, and the whole is the sum. `morning`
 * is the pool with the day's openings taken out and its closings in.
 */
export function worstMoments(days: readonly DayInInstrument[], account: AccountInput, morning: PoolInput, market: MarketInput, shelf: PackShelf): WorstMoment[] {
  const groups = Map.groupBy(days, ({ instrument }) => underlyingOf(instrument, market));
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([underlying, members]) => {
    const own: PoolInput = { ...morning, cash: [], excluded: [], positions: morning.positions.filter(({ instrument }) => underlyingOf(instrument, market) === underlying) };
    const lacking = (moves: readonly Move[]): Decimal => {
      const { equity, maintenance } = standingOf(account, poolAfter(own, moves, market), market, shelf);
      return maintenance.minus(equity);
    };
    return { underlying, ...worstOf(stepsOf(members, market), lacking) };
  });
}

/** Equity and exchange maintenance of one pool on its own. */
export function standingOf(account: AccountInput, pool: PoolInput, market: MarketInput, shelf: PackShelf): { equity: Decimal; maintenance: Decimal } {
  const [margin] = marginAccount({ ...account, pools: [pool], activity: null, prior: null, sweep: null }, market, shelf).pools;
  assert(margin !== undefined, 'an account of one pool has one');
  return { equity: margin.figures.equity.amount, maintenance: margin.figures.exchangeMaintenance.amount };
}

function worstOf(steps: readonly Step[], lacking: (moves: readonly Move[]) => Decimal): Pick<WorstMoment, 'deficiency' | 'done'> {
  const before = lacking([]);
  let worst = { deficiency: new Decimal(0), done: [] as readonly Move[] };
  for (const done of combinations(steps, lacking)) {
    const deficiency = lacking(done).minus(before);
    if (deficiency.gt(worst.deficiency)) worst = { deficiency, done };
  }
  return worst;
}

/** Every combination of states, or, where there are too many, each step in turn at what is worst beside those before it. */
function combinations(steps: readonly Step[], lacking: (moves: readonly Move[]) => Decimal): (readonly Move[])[] {
  const count = steps.reduce((product, { states }) => product * states.length, 1);
  if (count <= STATES_MAX) return steps.reduce<(readonly Move[])[]>((found, { states }) => found.flatMap((moves) => states.map((state) => [...moves, ...state])), [[]]);
  let done: readonly Move[] = [];
  for (const { states } of steps) {
    const tried = states.map((state) => [...done, ...state]);
    done = tried.reduce((worst, moves) => (lacking(moves).gt(lacking(worst)) ? moves : worst), done);
  }
  return [done];
}

/** Bought and sold of one instrument may have come in either order; spread legs came together. */
function stepsOf(days: readonly DayInInstrument[], market: MarketInput): Step[] {
  const oneSided = days.flatMap(({ bought, sold }) => (bought && sold ? [] : [bought ?? sold].filter((move) => move !== null)));
  const bothSided = days.flatMap(({ bought, sold }): Step[] => (bought && sold ? [{ states: [[], [bought], [sold], [bought, sold]] }] : []));
  return [...spreads(oneSided, market).map((legs): Step => ({ states: [[], legs] })), ...bothSided];
}

/**
 * Option legs opened on one day in one underlying, as many bought as sold, are taken for one spread: nobody knows the
 * orders, and a broker counts a spread's legs as one moment. Legs of the same right and expiry find each other first.
 */
function spreads(moves: readonly Move[], market: MarketInput): Move[][] {
  const left = [...moves];
  const found: Move[][] = [];
  for (let leg = left.shift(); leg !== undefined; leg = left.shift()) {
    const first = leg;
    const partner = left.filter((other) => isPair(first, other, market)).toSorted((a, b) => closeness(first, b, market) - closeness(first, a, market))[0];
    if (partner) left.splice(left.indexOf(partner), 1);
    found.push(partner ? [first, partner] : [first]);
  }
  return found;
}

function isPair(a: Move, b: Move, market: MarketInput): boolean {
  return optionOf(a, market) !== null && optionOf(b, market) !== null && a.quantity.plus(b.quantity).isZero();
}

function closeness(a: Move, b: Move, market: MarketInput): number {
  const [left, right] = [optionOf(a, market), optionOf(b, market)];
  return Number(left?.right === right?.right) * 2 + Number(left?.expiry === right?.expiry);
}

function optionOf({ instrument }: Move, market: MarketInput): Extract<Instrument, { kind: 'option' }> | null {
  const terms = market.instruments.get(instrument);
  return terms?.kind === 'option' ? terms : null;
}

function underlyingOf(instrument: string, market: MarketInput): string {
  const terms = market.instruments.get(instrument);
  return terms?.kind === 'option' ? terms.underlying : instrument;
}
