import type { AccountInput, MarketInput } from '../../../main/engine/input.ts';
import { accountStateOf, explainFigure, marginAccount, type AccountMargin } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { FIGURES, type AccountState } from '../../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { EXAMPLE_DAY, type ExampleHolding, type HelpExample } from '../../../shared/help/example.ts';

type Priced = Omit<ExampleHolding, 'quantity' | 'subType'>;

/** The account of an example as the engine takes it. */
export function accountOf({ pools, currency = 'USD', regime = 'regT', prior, activity, routes }: HelpExample): AccountInput {
  return {
    id: 'A',
    baseCurrency: currency,
    regime,
    newAccount: false,
    prior: prior ?? null,
    activity: activity ?? null,
    ...(routes ? { routes } : {}),
    pools: pools.map(({ id, mode, model, packs, cash, holds }) => ({
      id,
      mode,
      model,
      currency,
      packs,
      cash: cash.map((row) => ({ ...row, valueDate: null })),
      positions: holds.map(({ instrument, quantity, subType, settledPrice }) => ({ instrument, quantity, subType, entryPrice: null, ...(settledPrice === undefined ? {} : { settledPrice }) })),
      excluded: [],
    })),
  };
}

export function marketOf({ pools, currency: base = 'USD', marks = [], fx = [], stats, history, day = EXAMPLE_DAY }: HelpExample): MarketInput {
  const priced: Priced[] = [...pools.flatMap(({ holds }) => holds), ...marks];
  return {
    asOf: `${day}T21:00:00Z`,
    businessDate: day,
    instruments: new Map<string, Instrument>(priced.map(({ instrument, terms }) => [instrument, terms])),
    marks: new Map(priced.map(({ instrument, price }) => [instrument, { instrument, value: price, bid: null, ask: null, kind: 'close' as const, asOf: day, source: 'example' }])),
    fx: fx.map(({ currency, rate }) => ({ currency, base, rate, asOf: day, source: 'example' })),
    ...(history ? { history: new Map(Object.entries(history)) } : {}),
    ...(stats ? { stats: new Map(Object.entries(stats)) } : {}),
  };
}

/** The figures of an example, and every line of arithmetic in the trees of all of them. */
export function marginOfExample(example: HelpExample): { margin: AccountMargin; state: AccountState; lines: ReadonlySet<string> } {
  const margin = marginAccount(accountOf(example), marketOf(example), shippedPacks());
  return { margin, state: accountStateOf(margin), lines: new Set(FIGURES.flatMap((figure) => linesOf(explainFigure(margin, figure)))) };
}

function linesOf({ arithmetic, children }: ExplainNode): string[] {
  return [...(arithmetic === undefined ? [] : [arithmetic]), ...children.flatMap(linesOf)];
}
