import type { CureView, PoolCuresView } from '../../../shared/domain/cure.ts';
import { toDecimalText } from '../../../shared/money.ts';
import type { Cure, PoolCures } from './cures.ts';

/** Places of an amount of market value that had to be divided out: a part of a position. */
const VALUE_PLACES = 10;

/** Cures as text for every border. */
export function poolCuresView({ pool, currency, missing, cures, noTrades }: PoolCures): PoolCuresView {
  return { pool, currency, missing: toDecimalText(missing), cures: cures.map(cureView), noTrades };
}

function cureView({ kind, strategy, amount, legs, by, whyNoFormula, missingAfter, after }: Cure): CureView {
  const { equity, maintenance, excess, deficit } = after.figures;
  return {
    kind,
    strategy,
    amount: toDecimalText(amount.toDecimalPlaces(VALUE_PLACES)),
    legs: legs.map(({ pool, instrument, subType, does, units, left }) => ({ pool, instrument, subType, does, units: toDecimalText(units), left: toDecimalText(left) })),
    by,
    whyNoFormula,
    restores: missingAfter.isZero(),
    missingAfter: toDecimalText(missingAfter),
    after: { status: after.status, equity: toDecimalText(equity.amount), maintenance: toDecimalText(maintenance.amount), excess: toDecimalText(excess.amount), deficit: toDecimalText(deficit.amount) },
  };
}
