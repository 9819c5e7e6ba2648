import { Decimal } from '../../../shared/money.ts';
import type { Holding, OptionHolding, StockHolding } from '../pool/holding.ts';
import { ZERO, type StrategyContext } from './context.ts';
import { isStandard } from './option-basis.ts';
import type { Leg, PairedStrategy } from './pairing.ts';
import { inPlaceOfAlone, stockAlone, verticalSaving } from './pairing/amounts.ts';
import { coveredSaving } from './pairing/uses.ts';
import { nakedCharge } from './naked.ts';
import { areVertical } from './vertical.ts';

/** Two sides that could be charged together, and what that saves for one contract. */
interface Candidate {
  short: OptionHolding;
  /** The long option of a vertical; null where stock covers. */
  long: OptionHolding | null;
  saving: Decimal;
}

/**
 * A simple pairing to compare with, the same for any order of the book: first stock covers short options, then same-expiry
 * verticals; within each, the best saving of house maintenance per contract first, ties by instrument and sub-type.
 * Options are covered in whole contracts. Nothing is paired that would cost more together than apart.
 */
export function pairGreedily(holdings: readonly Holding[], context: StrategyContext): PairedStrategy[] {
  const left = new Map<Holding, Decimal>(holdings.map((holding) => [holding, holding.quantity.abs()]));
  const strategies: PairedStrategy[] = [];
  for (const candidate of sorted(coverCandidates(holdings, context)).filter(saves)) strategies.push(...cover(candidate, holdings, left));
  for (const candidate of sorted(verticalCandidates(holdings, left, context)).filter(saves)) strategies.push(...spread(candidate, left));
  for (const holding of holdings) {
    const quantity = left.get(holding) ?? ZERO;
    if (!quantity.isZero()) strategies.push({ kind: 'single', legs: [{ holding, quantity }] });
  }
  return strategies;
}

function coverCandidates(holdings: readonly Holding[], context: StrategyContext): Candidate[] {
  const candidates: Candidate[] = [];
  for (const short of holdings) {
    if (short.class !== 'option' || !short.quantity.isNegative() || !isStandard(short)) continue;
    const [stock] = coveringStock(holdings, short);
    // Nothing is said of an option whose underlying has no price.
    const alone = stock && nakedCharge(short, context).exchange ? stockAlone(stock, short.multiplier.amount, context) : null;
    const saving = stock && alone && coveredSaving(stock, alone, short, ONE, inPlaceOfAlone(short, ONE, context), context);
    if (saving) candidates.push({ short, long: null, saving });
  }
  return candidates;
}

/** What is counted for. */
const ONE = new Decimal(1);

/** Stock on the side that covers the option: long under a call, short under a put. */
function coveringStock(holdings: readonly Holding[], { terms }: OptionHolding): StockHolding[] {
  return holdings.filter((holding) => holding.class === 'stock').filter(({ instrument, quantity, terms: stock }) => instrument === terms.underlying && stock.currency === terms.currency && quantity.isNegative() === (terms.right === 'put'));
}

function verticalCandidates(holdings: readonly Holding[], left: ReadonlyMap<Holding, Decimal>, context: StrategyContext): Candidate[] {
  const open = holdings.filter((holding): holding is OptionHolding => holding.class === 'option' && !(left.get(holding) ?? ZERO).isZero());
  const longs = open.filter(({ quantity }) => !quantity.isNegative());
  const candidates: Candidate[] = [];
  for (const short of open) {
    if (!short.quantity.isNegative()) continue;
    for (const long of longs) {
      if (areVertical(short, long)) candidates.push({ short, long, saving: verticalSaving(short, long, ONE, context) });
    }
  }
  return candidates;
}

function cover({ short }: Candidate, holdings: readonly Holding[], left: Map<Holding, Decimal>): PairedStrategy[] {
  const stock = coveringStock(holdings, short);
  const perContract = short.multiplier.amount;
  const shares = stock.reduce((total: Decimal, holding) => total.plus(left.get(holding) ?? ZERO), ZERO);
  const contracts = Decimal.min(left.get(short) ?? ZERO, shares.div(perContract).floor());
  if (contracts.lte(0)) return [];
  const legs: Leg[] = [];
  let wanted = contracts.times(perContract);
  for (const holding of stock) {
    const quantity = Decimal.min(wanted, left.get(holding) ?? ZERO);
    if (quantity.isZero()) continue;
    legs.push({ holding, quantity });
    take(left, holding, quantity);
    wanted = wanted.minus(quantity);
  }
  take(left, short, contracts);
  return [{ kind: short.terms.right === 'call' ? 'coveredCall' : 'coveredPut', legs: [...legs, { holding: short, quantity: contracts }] }];
}

function spread({ short, long }: Candidate, left: Map<Holding, Decimal>): PairedStrategy[] {
  if (!long) return [];
  const contracts = Decimal.min(left.get(short) ?? ZERO, left.get(long) ?? ZERO);
  if (contracts.lte(0)) return [];
  take(left, short, contracts);
  take(left, long, contracts);
  return [{ kind: 'vertical', legs: [{ holding: short, quantity: contracts }, { holding: long, quantity: contracts }] }];
}

function take(left: Map<Holding, Decimal>, holding: Holding, quantity: Decimal): void {
  left.set(holding, (left.get(holding) ?? ZERO).minus(quantity));
}

function saves({ saving }: Candidate): boolean {
  return saving.gt(0);
}

/** Best saving first. The candidates come sorted by instrument and sub-type, and sorting keeps that order among equals. */
function sorted(candidates: readonly Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => b.saving.cmp(a.saving));
}
