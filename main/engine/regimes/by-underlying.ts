import type { ComparedGroup } from '../../../shared/comparison.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import type { MarketInput } from '../input.ts';
import type { AccountMargin } from '../margin.ts';
import type { PoolMargin, PositionMargin } from '../margin-model.ts';
import { viewMarket, type MarketView } from '../market/market-view.ts';
import { resolveRules, type PackShelf } from '../packs/shelf.ts';
import { reasonFor } from './reason.ts';

const ZERO = new Decimal(0);

/** What one regime asks of one underlying, in the account's currency. */
interface Asked {
  maintenance: Decimal;
  /** As `amounts` of a compared group. */
  taken: Decimal;
  reasons: string[];
}

/** Every underlying of the account under each regime, what differs most first; last what no single underlying is asked. */
export function byUnderlying(margins: readonly AccountMargin[], currency: string, market: MarketInput, shelf: PackShelf): ComparedGroup[] {
  const view = viewMarket(market);
  const columns = margins.map((margin) => askedOf(margin, currency, view, shelf));
  const names = [...new Set(columns.flatMap((column) => [...column.groups.keys()]))].toSorted();
  const groups = names.map((group) => rowOf(group, columns.map(({ groups }) => groups.get(group) ?? { maintenance: ZERO, taken: ZERO, reasons: ['nothing held'] })));
  const rest = rowOf(null, columns.map((column) => column.rest));
  return [...groups.toSorted((a, b) => spreadOf(b).cmp(spreadOf(a))), ...(rest.maintenance.every((amount) => amount === '0') ? [] : [rest])];
}

function askedOf(margin: AccountMargin, currency: string, view: MarketView, shelf: PackShelf): { groups: Map<string, Asked>; rest: Asked } {
  const groups = new Map<string, Asked>();
  let positionsAsked = ZERO;
  for (const pool of margin.pools) {
    const factors = view.conversion(pool.currency, currency);
    if (!factors) continue;
    const inBase = (amount: Decimal): Decimal => factors.reduce((product, factor) => product.times(factor.amount), amount);
    const apart = !equityCarriesOptions(pool.packs, view.input, shelf);
    for (const [group, positions] of Map.groupBy(pool.positions, ({ instrument }) => underlyingOf(instrument, view))) {
      const maintenance = inBase(positions.reduce((total, { requirement }) => total.plus(requirement?.houseMaintenance.amount ?? ZERO), ZERO));
      const optionValue = apart ? inBase(positions.reduce((total, position) => total.plus(optionValueOf(position, view)), ZERO)) : ZERO;
      const before = groups.get(group) ?? { maintenance: ZERO, taken: ZERO, reasons: [] };
      groups.set(group, { maintenance: before.maintenance.plus(maintenance), taken: before.taken.plus(maintenance).plus(optionValue), reasons: [...before.reasons, reasonFor(pool, positions)] });
      positionsAsked = positionsAsked.plus(maintenance);
    }
  }
  const rest = margin.figures.maintenance.amount.minus(positionsAsked);
  return { groups, rest: { maintenance: rest, taken: rest, reasons: [rest.isZero() ? 'none' : restWords(margin.pools)] } };
}

/** Short options are worth less than nothing: what they are asked includes it, and equity does not. */
function optionValueOf({ instrument, value }: PositionMargin, view: MarketView): Decimal {
  return view.terms(instrument)?.kind === 'option' && value ? value.amount : ZERO;
}

function restWords(pools: readonly PoolMargin[]): string {
  return pools.some(({ model }) => model === 'scan') ? 'minimums, charges and offsets between underlyings' : 'add-ons and charges of the whole';
}

function underlyingOf(instrument: InstrumentId, view: MarketView): string {
  const terms = view.terms(instrument);
  if (terms?.kind === 'option') return terms.underlying;
  if (terms?.kind === 'future' || terms?.kind === 'perpetual') return terms.underlying ?? instrument;
  return instrument;
}

function rowOf(group: string | null, asked: readonly Asked[]): ComparedGroup {
  const amounts = asked.map(({ taken }) => taken);
  const [first = ZERO] = amounts;
  const greatest = amounts.reduce((most, amount) => Decimal.max(most, amount), first);
  const isSame = amounts.every((amount) => amount.eq(first));
  return {
    group,
    amounts: amounts.map(toDecimalText),
    differences: amounts.map((amount) => toDecimalText(amount.minus(first))),
    maintenance: asked.map(({ maintenance }) => toDecimalText(maintenance)),
    reasons: asked.map(({ reasons }) => [...new Set(reasons)].join('; ')),
    most: isSame ? null : amounts.findIndex((amount) => amount.eq(greatest)),
  };
}

function spreadOf({ differences }: ComparedGroup): Decimal {
  return differences.reduce((most, difference) => Decimal.max(most, new Decimal(difference ?? '0').abs()), ZERO);
}

/** Whether a pool's equity has its options in it; `packs` as figures name them, with their versions. */
export function equityCarriesOptions(packs: readonly string[], market: MarketInput, shelf: PackShelf): boolean {
  const rules = resolveRules(shelf, packs.map((pack) => pack.split('@')[0] ?? pack), market.businessDate);
  return rules.ok && rules.value.optionValueIn === 'equity';
}
