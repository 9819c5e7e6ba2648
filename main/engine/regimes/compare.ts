import { AS_IT_IS, COMPARED_FIGURES, type ComparedFigure, type Comparison, type RegimeColumn } from '../../../shared/comparison.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../../shared/money.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { AccountInput, MarketInput } from '../input.ts';
import { marginAccount, type AccountMargin } from '../margin.ts';
import type { PackShelf } from '../packs/shelf.ts';
import { byUnderlying, equityCarriesOptions } from './by-underlying.ts';
import { underRules } from './under-rules.ts';

/** A regime that an account is to be seen under; without packs the account as it is. */
export interface NamedRegime {
  name: string;
  title: string;
  packs: readonly string[] | null;
}

/** The account under one regime, with every figure's tree. */
export interface RegimeMargin {
  regime: NamedRegime;
  margin: AccountMargin;
  moved: ReadonlySet<string>;
}

/**
 * The account under one regime. Faults: those of `underRules`, and `not-comparable` where the rules margin none of the
 * positions that would move under them.
 */
export function marginUnder(account: AccountInput, regime: NamedRegime, market: MarketInput, shelf: PackShelf): Result<RegimeMargin> {
  if (regime.packs === null) return succeed({ regime, margin: marginAccount(account, market, shelf), moved: new Set() });
  const under = underRules(account, regime.packs, market, shelf);
  if (!under.ok) return under;
  const { moved } = under.value;
  const margin = marginAccount(under.value.account, market, shelf);
  const held = margin.pools.filter(({ id }) => moved.has(id));
  const left = held.flatMap(({ positions }) => positions);
  if (left.length > 0 && left.every(({ requirement }) => requirement === null)) {
    const [first] = held.flatMap(({ unpriced }) => unpriced);
    return fail({ code: 'not-comparable', message: `The account cannot be under these rules: they margin none of its positions${first ? ` (${first.instrument}: ${first.reason})` : ''}.` });
  }
  return succeed({ regime, margin, moved });
}

/**
 * One account under several regimes: figures beside each other with their differences to the first regime, and what each
 * underlying takes of excess under each: net liquidation value less all of those is excess. Pure. Regimes that are not possible are listed with the reason.
 */
export function compareRegimes(account: AccountInput, regimes: readonly NamedRegime[], market: MarketInput, shelf: PackShelf): Comparison {
  const results = regimes.map((regime) => ({ regime, result: marginUnder(account, regime, market, shelf) }));
  const found = results.flatMap(({ result }) => (result.ok ? [result.value] : []));
  return {
    account: account.id,
    currency: account.baseCurrency,
    regimes: found.map((one) => columnOf(one, account, market, shelf)),
    figures: COMPARED_FIGURES.map((figure) => ({ figure, ...amountsBeside(found.map(({ margin }) => margin.figures[figure].amount), figure) })),
    groups: byUnderlying(found.map(({ margin }) => margin), account.baseCurrency, market, shelf),
    refused: results.flatMap(({ regime, result }) => (result.ok ? [] : [{ regime: regime.name, reason: result.fault.message }])),
  };
}

function amountsBeside(amounts: readonly (Decimal | null)[], figure: ComparedFigure): Omit<Comparison['figures'][number], 'figure'> {
  const [first] = amounts;
  const text = (amount: Decimal | null): DecimalText | null => amount && toDecimalText(amount);
  const known = figure === 'healthRatio' ? amounts : amounts.map((amount) => amount ?? new Decimal(0));
  return { amounts: known.map(text), differences: known.map((amount) => (amount && first ? text(amount.minus(first)) : null)) };
}

function columnOf({ regime, margin, moved }: RegimeMargin, account: AccountInput, market: MarketInput, shelf: PackShelf): RegimeColumn {
  return {
    regime: regime.name,
    title: regime.title,
    pools: margin.pools.map(({ id, model, packs, status }) => ({ pool: id, model, packs: [...packs], moved: moved.has(id), status })),
    status: margin.status,
    statusReason: margin.statusReason,
    notes: notesOf(regime, margin, moved, account, market, shelf),
    unverified: margin.figures.maintenance.unverified,
  };
}

function notesOf({ name }: NamedRegime, margin: AccountMargin, moved: ReadonlySet<string>, account: AccountInput, market: MarketInput, shelf: PackShelf): string[] {
  const stays = name === AS_IT_IS ? [] : account.pools.filter(({ id }) => !moved.has(id)).map(({ id }) => `Pool ${id} stays under its own rules: these are not for what it holds.`);
  const hasOptions = account.pools.some(({ positions }) => positions.some(({ instrument }) => market.instruments.get(instrument)?.kind === 'option'));
  const carrying = hasOptions && margin.pools.some(({ packs }) => equityCarriesOptions(packs, market, shelf));
  return [...(carrying ? ['Equity counts the value of options here.'] : []), ...stays, ...margin.unpriced.map(({ instrument, reason }) => `${instrument}: ${reason}`)];
}
