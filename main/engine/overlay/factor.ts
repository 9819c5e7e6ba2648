import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { greatest, input, least, product, quotient, sum, type Figure } from '../figure/figure.ts';
import type { MarketInput } from '../input.ts';
import type { OverlaySection } from './section.ts';
import { moveOf } from './volatility.ts';

const PLACES = 12;
/** Places of a move: a model's double, cut where it stops meaning anything. */
const MOVE_PLACES = 12;
type Volatility = NonNullable<OverlaySection['volatility']>;

/** What the underlying's requirement is multiplied with because of its volatility; the reason where that is not known. */
export function volatilityFactor(underlying: string, terms: Volatility, rule: RuleReference, market: MarketInput): Figure | string {
  const history = market.history?.get(underlying);
  const now = history ? moveOf(history.returns.map(Number), terms.move) : null;
  if (!history || now === null) return 'its past returns are not known';
  const set = (value: string, label: string): Figure => input(fromDecimalText(value), 'ratio', { label, rule, source: `rule pack ${rule.pack}` });
  const base = set(terms.baseMoves?.[underlying] ?? terms.baseMove, `Move of ${underlying} that the rates are set for`);
  const ratio = (move: number, what: string): Figure => {
    const figure = input(new Decimal(move).toDecimalPlaces(MOVE_PLACES), 'ratio', { label: `Move of ${underlying}, ${what}`, source: `${terms.move.method === 'ewma' ? 'exponentially weighted volatility' : 'filtered history'} of returns`, subject: { instrument: underlying } });
    return quotient('times', figure, base, PLACES, { label: `${what}, by the move the rates are set for` });
  };
  let factor = ratio(now, 'now');
  if (terms.stressWeight !== undefined && history.stressed && history.stressed.length > 0) {
    const weight = fromDecimalText(terms.stressWeight);
    const stressed = ratio(moveOf(history.stressed.map(Number), terms.move) ?? 0, 'in stress');
    const rest = input(new Decimal(1).minus(weight), 'ratio', { label: 'Weight of today', rule, source: `1 − ${weight.toFixed()}` });
    factor = sum('times', [product('times', [rest, factor], { label: 'Now, weighted' }), product('times', [set(terms.stressWeight, 'Weight of stress'), stressed], { label: 'Stress, weighted' })], { label: 'Now and in stress' });
  }
  if (terms.longRunFloor === true && history.longRun && history.longRun.length > 0) {
    factor = greatest('times', [factor, ratio(moveOf(history.longRun.map(Number), terms.move) ?? 0, 'over the long run')], { label: 'Not below the long run' });
  }
  return least('times', [greatest('times', [factor, set(terms.least, 'At least')], { label: 'At least' }), set(terms.most, 'At most')], { label: `Factor of ${underlying}, volatility`, rule, subject: { group: underlying } });
}
