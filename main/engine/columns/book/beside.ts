import type { Instrument } from '../../../../shared/domain/instrument.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../../../shared/money.ts';
import type { AccountInput, PoolInput } from '../../input.ts';
import type { PoolMargin, PositionMargin, Unpriced } from '../../margin-model.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { PackShelf } from '../../packs/shelf.ts';
import { marginPool } from '../../pool-margin.ts';
import { exactOf, type Exact } from './exact.ts';

/**
 * What the explaining engine says of the groups of a pool that columns do not take: bonds, parts of contracts, stock in
 * another currency. Under rules that ask nothing of an account as a whole, groups add up.
 */
export interface Beside {
  netLiq: Exact;
  equity: Exact;
  regT: Exact;
  exchange: Exact;
  exchangeInitial: Exact;
  initial: Exact;
  maintenance: Exact;
  gross: Exact;
  invested: Exact;
  hasShort: boolean;
  notPairedYet: number;
  groups: readonly { name: string; gross: Exact; maintenance: Exact }[];
  unpriced: readonly Unpriced[];
  /** Which requirements rest on a rule that nobody has checked. */
  unverified: Unverified;
}

export interface Unverified {
  regT: boolean;
  exchange: boolean;
  exchangeInitial: boolean;
  initial: boolean;
  maintenance: boolean;
}

export const VERIFIED: Unverified = { regT: false, exchange: false, exchangeInitial: false, initial: false, maintenance: false };

/** Of nobody, who did nothing: a balance under Reg T is the whole pool's. */
const NOBODY: AccountInput = { id: '', baseCurrency: '', regime: 'regT', newAccount: false, prior: null, activity: null, pools: [] };

export function explainedMargin(part: PoolInput, market: MarketView, shelf: PackShelf): PoolMargin {
  return marginPool(NOBODY, part, market, shelf, null);
}

export function explained(part: PoolInput, market: MarketView, shelf: PackShelf): Beside {
  const margin = explainedMargin(part, market, shelf);
  const { figures, positions } = margin;
  const of = ({ amount }: { amount: Decimal }): Exact => exact(amount);
  const [gross] = figures.leverage.children;
  return {
    netLiq: of(figures.netLiq),
    equity: of(figures.equity),
    regT: of(figures.regTInitial),
    exchange: of(figures.exchangeMaintenance),
    exchangeInitial: of(figures.exchangeInitial),
    initial: of(figures.initial),
    maintenance: of(figures.maintenance),
    gross: exact(gross?.amount ?? new Decimal(0)),
    invested: exact(positions.reduce((total, { value }) => total.plus(value?.amount ?? 0), new Decimal(0))),
    hasShort: positions.some(({ quantity }) => quantity.startsWith('-')),
    notPairedYet: positions.filter(({ badges }) => badges.includes('notPairedYet')).length,
    groups: groupsOf(positions),
    unpriced: margin.unpriced,
    unverified: unverifiedOf(margin),
  };
}

function unverifiedOf({ figures }: PoolMargin): Unverified {
  return {
    regT: figures.regTInitial.unverified,
    exchange: figures.exchangeMaintenance.unverified,
    exchangeInitial: figures.exchangeInitial.unverified,
    initial: figures.initial.unverified,
    maintenance: figures.maintenance.unverified,
  };
}

function groupsOf(positions: readonly PositionMargin[]): Beside['groups'] {
  return [...Map.groupBy(positions, ({ group }) => group)].map(([name, own]) => ({
    name,
    gross: exact(own.reduce((total, { value }) => total.plus(value?.amount.abs() ?? 0), new Decimal(0))),
    maintenance: exact(own.reduce((total, { requirement }) => total.plus(requirement?.houseMaintenance.amount ?? 0), new Decimal(0))),
  }));
}

export function exact(amount: Decimal): Exact {
  return exactOf(toDecimalText(amount));
}

/** Decimals of a price that lanes count in. */
const PRICE_DIGITS_MAX = 4;
const MULTIPLIER_MAX = 1_000_000;

/** True for what a lane of this model takes: see `strategy/instruments.ts`, and `scan/beside.ts` for what is charged apart from a scan. */
export function isForLane(model: 'strategy' | 'scan', terms: Instrument, currency: string, businessDate: string): boolean {
  if (model === 'scan') return terms.kind !== 'bond' && !('marginable' in terms && terms.marginable === false);
  if (terms.currency !== currency) return false;
  if (terms.kind === 'equity' || terms.kind === 'etf') return terms.marginable !== false && (terms.multiplier ?? '1') === '1' && !('exchangeableInto' in terms && terms.exchangeableInto !== undefined);
  if (terms.kind !== 'option' || terms.expiry < businessDate) return false;
  if (terms.adjusted === true || terms.deliverable !== undefined || terms.deliverableCash !== undefined || terms.settlement === 'inverse' || terms.listed === false) return false;
  const multiplier = Number(terms.multiplier ?? 'none');
  return Number.isInteger(multiplier) && multiplier > 0 && multiplier <= MULTIPLIER_MAX && (terms.strike.split('.')[1] ?? '').length <= PRICE_DIGITS_MAX;
}

/** True for a mark that a lane can count with. */
export function isPriceForLane(mark: DecimalText | null): boolean {
  return mark !== null && !mark.startsWith('-') && (mark.split('.')[1] ?? '').length <= PRICE_DIGITS_MAX;
}

/** What a position margins with, by the model's own grouping. */
export function groupOf(id: string, terms: Instrument): string {
  if (terms.kind === 'option') return terms.underlying;
  return ('exchangeableInto' in terms ? terms.exchangeableInto?.instrument : undefined) ?? id;
}
