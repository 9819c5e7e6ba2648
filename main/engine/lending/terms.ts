import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, least, product, sum, type Figure } from '../figure/figure.ts';
import type { InstrumentRateName } from '../packs/schema.ts';
import type { Rules } from '../packs/rules.ts';

/** Initial counts for what may be borrowed or opened, maintenance for what may be kept. */
export type Level = 'initial' | 'maintenance';
export type Side = 'collateral' | 'debt';

/** What a row of a calc pack or a book agrees for itself; it wins over the pack. */
export interface OwnTerms {
  haircut?: DecimalText | undefined;
  loanToValue?: DecimalText | undefined;
  liquidationThreshold?: DecimalText | undefined;
}

const ONE = new Decimal(1);
const OWN: RuleReference = { pack: 'account', cites: 'Terms agreed for this account', status: 'house' };

/** Part of a value that counts: of collateral at most 1, of debt at least 1. Null where nobody set it. */
export function weightOf(instrument: string, side: Side, level: Level, rules: Rules, own: OwnTerms = {}): Figure | null {
  if (side === 'collateral') {
    const agreed = ownWeight(instrument, level, own);
    if (agreed) return agreed;
  }
  const found = rules.instrumentRate(instrument, `${side}.${level}`) ?? rules.optional(`lending.${side}.${level}`);
  return found && inBounds(found.figure, side);
}

function ownWeight(instrument: string, level: Level, { haircut, loanToValue, liquidationThreshold }: OwnTerms): Figure | null {
  const about = { rule: OWN, source: 'the account’s own terms', subject: { instrument } };
  const stated = level === 'initial' ? loanToValue : liquidationThreshold;
  if (stated !== undefined) return inBounds(input(fromDecimalText(stated), 'ratio', { label: () => `${level === 'initial' ? 'Loan to value' : 'Liquidation threshold'} of ${instrument}`, ...about }), 'collateral');
  if (haircut === undefined) return null;
  const cut = input(fromDecimalText(haircut), 'ratio', { label: () => `Haircut of ${instrument}`, ...about });
  return inBounds(difference('ratio', [whole(), cut], { label: () => `Weight of ${instrument}, 1 − haircut` }), 'collateral');
}

/** An asset counts for no more than its value and no less than nothing, a debt for no less than its value. */
function inBounds(weight: Figure, side: Side): Figure {
  const { label } = weight.about;
  if (side === 'debt') return weight.amount.gte(1) ? weight : greatest('ratio', [weight, whole()], { label });
  const atMost = weight.amount.lte(1) ? weight : least('ratio', [weight, whole()], { label });
  return atMost.amount.isNegative() ? greatest('ratio', [atMost, input(new Decimal(0), 'ratio', { label: 'Nothing', source: 'by definition' })], { label }) : atMost;
}

export function whole(): Figure {
  return input(ONE, 'ratio', { label: 'In full', source: 'by definition' });
}

/** A rate or a size that a pack sets for one instrument, or for all of them under `lending.…`; null when none does. */
export function sizeOf(instrument: string, name: InstrumentRateName, rules: Rules): Figure | null {
  return (rules.instrumentRate(instrument, name) ?? rules.optional(`lending.${name}`))?.figure ?? null;
}

/**
 * Weights that shrink with the size of a balance: an asset counts at most `spread / (1 + f √size)`, a liability at least
 * `share × weight + f √size`, cut to four decimals.
 */
export function weightForSize(weight: Figure, side: Side, size: Decimal, factor: Decimal, { spread, share }: SizeTerms): Figure {
  const label = (): string => `Weight for a balance of this size`;
  const root = size.abs().sqrt();
  const slope = factor.times(root);
  const about = { label, source: () => `${factor.toFixed()} × √${size.abs().toFixed()}` };
  if (side === 'collateral') {
    const scaled = spread.div(slope.plus(1)).toDecimalPlaces(SIZE_PLACES, Decimal.ROUND_DOWN);
    return least('ratio', [weight, input(scaled, 'ratio', about)], { label });
  }
  const part = input(share, 'ratio', { label: 'Share of the weight', source: 'rule pack' });
  const added = input(slope.toDecimalPlaces(SIZE_PLACES, Decimal.ROUND_DOWN), 'ratio', about);
  return greatest('ratio', [weight, sum('ratio', [product('ratio', [part, weight], { label: 'Share of the weight' }), added], { label })], { label });
}

const SIZE_PLACES = 4;

/** How far weights stretch with size: `spread` of an asset, `share` of a liability's weight. */
export interface SizeTerms {
  spread: Decimal;
  share: Decimal;
}

export function sizeTerms(rules: Rules): SizeTerms | null {
  const spread = rules.optional('lending.size.spread');
  const share = rules.optional('lending.size.share');
  return spread && share ? { spread: fromDecimalText(spread.value), share: fromDecimalText(share.value) } : null;
}
