import { Decimal } from '../../../shared/money.ts';
import { difference, greatest, input, least, product, sum, type Figure } from '../figure/figure.ts';
import type { Holding, StockHolding } from '../pool/holding.ts';
import type { LayeredTable } from '../packs/rules.ts';
import { countOf, marketValue, zeroFigure, type StrategyContext } from '../strategy/context.ts';
import { chargeLongStock, chargeShortStock } from '../strategy/stock.ts';
import type { LegCharge } from '../strategy/leg-charge.ts';
import { leveraged } from '../strategy/stock-rates.ts';
import type { Exposure, Side } from './exposure.ts';
import { lookUp, type LookedUp } from './look-up.ts';

/** How the house comes to what it asks of one stock or fund, before what an option alongside takes off. */
export interface HouseRate {
  holding: StockHolding;
  /** The house's rate before add-ons, or the exchange's where it has none. */
  base: Figure;
  tables: LookedUp[];
  /** min(100 %, the greatest of base + Σ added and the least rates): what the tables come to. */
  asked: Figure;
  /** What that is beyond the holding's own charge; zero where that is greater. */
  onTop: Figure;
}

/** Everything the tables say of a pool's stock and funds. `singles` are the charges of what was paired with nothing. */
export function stockAddOns(exposure: Exposure, singles: ReadonlyMap<Holding, LegCharge>, context: StrategyContext): HouseRate[] {
  return exposure.sides.flatMap((side) => {
    const tables = context.rules.addOns.filter(({ table }) => isAbout(table, side)).map((layered) => lookUp(layered, side, exposure, context));
    return tables.length === 0 ? [] : side.charged.flatMap((holding) => houseRateOf(holding, tables, aloneOf(holding, singles.get(holding), context), context) ?? []);
  });
}

function isAbout({ side: only, counts }: LayeredTable['table'], { short, kind }: Side): boolean {
  if (kind === 'warrant' || (counts === 'stock' && kind !== 'equity')) return false;
  return only === undefined || (only === 'short') === short;
}

/**
 * requirement % = min(100, max(rule, override, base + Σ add-ons)): the holding alone is charged the greatest of rule and
 * override already, so only what the tables ask beyond that comes on top. Null when it has no charge of its own.
 */
function houseRateOf(holding: StockHolding, tables: LookedUp[], alone: LegCharge | null, context: StrategyContext): HouseRate | null {
  if (!alone) return null;
  const { currency } = context;
  const short = holding.quantity.isNegative();
  const quantity = holding.quantity.abs();
  const base = baseOf(holding, short, context);
  const rate = (effect: 'added' | 'atLeast'): Figure[] => tables.filter(({ layered }) => layered.table.effect === effect).map(({ rate: figure }) => figure);
  const added = rate('added');
  const built = added.length > 0 ? sum('ratio', [base, ...added], { label: 'Base rate and add-ons' }) : base;
  const floors = rate('atLeast');
  const together = floors.length > 0 ? greatest('ratio', [built, ...floors], { label: 'Rate with add-ons' }) : built;
  const whole = input(new Decimal(1), 'ratio', { label: 'At most the whole value', source: 'by definition' });
  const asked = least('ratio', [whole, together], { label: `House rate with add-ons, ${holding.instrument}` });
  const value = marketValue(holding, countOf(holding, quantity), currency);
  return { holding, base, tables, asked, onTop: onTopOf(holding, tables, asked, value, alone, context) };
}

/** The charge of the whole holding by itself: the one it has, where nothing is paired with any of it. */
function aloneOf(holding: StockHolding, single: LegCharge | undefined, context: StrategyContext): LegCharge | null {
  const quantity = holding.quantity.abs();
  if (single?.quantity.eq(quantity)) return single;
  return holding.quantity.isNegative() ? chargeShortStock(holding, quantity, context) : chargeLongStock(holding, quantity, context);
}

function onTopOf({ instrument }: StockHolding, tables: readonly LookedUp[], asked: Figure, value: Figure, alone: LegCharge, { currency }: StrategyContext): Figure {
  const about = { label: `Add-on, ${instrument}`, subject: { instrument } };
  const [first, ...others] = tables.map(({ rate }) => rate);
  const nothing = zeroFigure(currency, 'Nothing on top');
  if (!first) return nothing;
  const rate = greatest('ratio', [first, ...others], { label: 'Greatest of the tables' });
  // Nothing to add: told in one line, with every table's reason under it.
  if (rate.amount.isZero()) return product(currency, [rate, value], about);
  const withAddOns = product(currency, [asked, value], { label: `With add-ons, ${instrument}` });
  const beyond = difference(currency, [withAddOns, alone.houseMaintenance], { label: 'Beyond the charge without add-ons' });
  const rule = tables[rate.chosen]?.layered.rule;
  return greatest(currency, [nothing, beyond], { ...about, ...(rule ? { rule } : {}) });
}

/** A listed rate below the general one is the base; above it, it is an override and stands beside base and add-ons. */
function baseOf(holding: StockHolding, short: boolean, context: StrategyContext): Figure {
  const { rules } = context;
  const side = short ? 'short' : 'long';
  const general = rules.optional(`house.stock.${side}.maintenance`) ?? rules.parameter(short ? 'exchange.stock.short.rate' : 'exchange.stock.long');
  const { figure } = leveraged(general, holding, context);
  const listed = rules.instrumentRate(holding.instrument, `maintenance.${side}`);
  return listed ? least('ratio', [figure, listed.figure], { label: 'Base rate', rule: general.rule }) : figure;
}
