import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { difference, greatest, input, product, sum, type Figure } from '../figure/figure.ts';
import type { PositionMargin, Requirement, Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { PoolInput } from '../input.ts';
import type { Rules } from '../packs/rules.ts';
import { withBuffer } from './buffer.ts';
import { volatilityFactor } from './factor.ts';
import type { OverlaySection } from './section.ts';
import { concentrationBounds, concentrationCharge, liquidityCharge } from './size.ts';

/** What an overlay makes of a model's requirement, and what it could not tell. */
export interface Overlaid {
  requirement: Requirement;
  unpriced: Unpriced[];
  /** Figures whose sign it branched on, for root searches. */
  thresholds: Figure[];
}

export type Overlay = (requirement: Requirement, positions: readonly PositionMargin[]) => Overlaid;

type StackName = 'houseInitial' | 'houseMaintenance';
const ZERO = new Decimal(0);

/** The overlay of a pool's packs, later layers winning part by part; null where no pack has one. */
export function overlayOf(pool: PoolInput, market: MarketView, rules: Rules): Overlay | null {
  const layers = rules.sections('overlay');
  if (layers.length === 0) return null;
  const part = <Name extends keyof OverlaySection>(name: Name): { value: NonNullable<OverlaySection[Name]>; rule: RuleReference } | null => {
    const layer = layers.findLast(({ value }) => value[name] !== undefined);
    const value = layer?.value[name];
    return layer && value ? { value, rule: { pack: layer.pack, cites: value.cites, parameter: `overlay.${name}`, status: value.status } } : null;
  };
  const parts: Parts = { volatility: part('volatility'), concentration: part('concentration'), liquidity: part('liquidity'), buffer: part('buffer') };
  const factors = new Map<string, Figure | string>();
  return (requirement, positions) => {
    const notes = new Map<string, string>();
    const thresholds: Figure[] = [];
    const stack = (name: StackName, label: string): Figure => overlaid(requirement[name], name, positions, parts, pool, market, { notes, thresholds, factors }, label);
    const { regT, exchangeInitial, exchangeMaintenance } = requirement;
    const houseMaintenance = noLess(stack('houseMaintenance', 'Maintenance requirement of the house'), [exchangeMaintenance], pool, 'Maintenance requirement');
    // Where opening asks no less than keeping, it still does: shares of all requirements, and buffers, differ from stack to stack.
    const opens = requirement.houseInitial.amount.gte(requirement.houseMaintenance.amount) ? [houseMaintenance] : [];
    const houseInitial = noLess(stack('houseInitial', 'Initial requirement of the house'), [exchangeInitial, regT, ...opens], pool, 'Initial requirement');
    // What is not known asks nothing more; that is said, and leaves the pool's status as it is.
    const unpriced = [...notes].map(([instrument, reason]) => ({ instrument, reason: `${reason}: no add-on is charged`, indeterminate: false }));
    return { requirement: { ...requirement, houseInitial, houseMaintenance }, unpriced, thresholds };
  };
}

/** The house is never below the exchange and Regulation T, however quiet the market is. */
function noLess(house: Figure, floors: readonly Figure[], { id, currency }: PoolInput, label: string): Figure {
  return greatest(currency, [house, ...floors], { label, subject: { pool: id } });
}

/** What could not be told, and where what was told would change. */
interface Remarks {
  notes: Map<string, string>;
  thresholds: Figure[];
  /** Of the past alone, so the same whatever a price is moved to. */
  factors: Map<string, Figure | string>;
}

interface Parts {
  volatility: { value: NonNullable<OverlaySection['volatility']>; rule: RuleReference } | null;
  concentration: { value: NonNullable<OverlaySection['concentration']>; rule: RuleReference } | null;
  liquidity: { value: NonNullable<OverlaySection['liquidity']>; rule: RuleReference } | null;
  buffer: { value: NonNullable<OverlaySection['buffer']>; rule: RuleReference } | null;
}

function overlaid(model: Figure, stack: StackName, positions: readonly PositionMargin[], parts: Parts, pool: PoolInput, market: MarketView, { notes, thresholds, factors }: Remarks, label: string): Figure {
  const { currency } = pool;
  const groups = [...Map.groupBy(positions.filter(({ requirement }) => requirement !== null), ({ group, movesWith }) => movesWith ?? group)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const asked = groups.map(([group, rows]) => ({ group, rows, own: notBelowZero(sum(currency, rows.flatMap(({ requirement }) => requirement?.[stack] ?? []), { label: `Requirement of ${group}` }), currency) }));
  const all = sum(currency, asked.map(({ own }) => own), { label: 'All requirements' });
  const added = asked.flatMap(({ group, rows, own }) => {
    const charges: Figure[] = [];
    if (parts.volatility) {
      const factor = factors.get(group) ?? volatilityFactor(group, parts.volatility.value, parts.volatility.rule, market.input);
      factors.set(group, factor);
      if (typeof factor === 'string') notes.set(group, factor);
      else charges.push(product(currency, [difference('times', [factor, once()], { label: 'Beyond once' }), own], { label: `${group}, volatility`, rule: parts.volatility.rule, subject: { group } }));
    }
    if (parts.concentration) {
      const { value, rule } = parts.concentration;
      charges.push(...optional(concentrationCharge(group, own, all, value, rule, currency)));
      thresholds.push(...concentrationBounds(group, own, all, value, currency));
    }
    if (parts.liquidity) {
      const held = rows.filter(({ instrument }) => instrument === group).reduce((total, { quantity }) => total.plus(quantity), ZERO);
      const charge = held.isZero() ? null : liquidityCharge(group, own, held, parts.liquidity.value, parts.liquidity.rule, market.input, currency);
      if (typeof charge === 'string') notes.set(group, charge);
      else charges.push(...optional(charge));
    }
    return charges;
  });
  const moved = sum(currency, [model, ...added], { label: `${label} with what moves with the market`, subject: { pool: pool.id } });
  if (!parts.buffer) return { ...moved, about: { ...moved.about, label } };
  const before = pool.priorRequirement?.[stack === 'houseInitial' ? 'initial' : 'maintenance'] ?? null;
  return withBuffer(moved, before, parts.buffer.value.share, parts.buffer.rule, currency, label);
}

function optional(figure: Figure | null): Figure[] {
  return figure ? [figure] : [];
}

function notBelowZero(figure: Figure, currency: string): Figure {
  return greatest(currency, [figure, input(ZERO, currency, { label: 'Nothing', source: 'by definition' })], { label: figure.about.label });
}

function once(): Figure {
  return input(new Decimal(1), 'times', { label: 'Once', source: 'by definition' });
}
