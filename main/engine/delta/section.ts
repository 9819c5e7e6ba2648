import { z } from 'zod';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import { ruleReference } from '../../../shared/explain.ts';
import { decimalText, fromDecimalText, isDecimalText } from '../../../shared/money.ts';

/** At most six decimals: what keeps every product exact. */
const rate = decimalText.refine((text) => isDecimalText(text) && !text.startsWith('-') && fromDecimalText(text).decimalPlaces() <= 6 && fromDecimalText(text).lte(10), { error: 'expected a rate from 0 to 10 with at most six decimals' });

/** What underlyings of a kind are asked: a share of their net delta, at least a share of their gross delta, both at the price. */
export const deltaType = z.strictObject({
  title: z.string().min(1),
  net: rate,
  gross: rate,
  /** Underlyings by name; a type without members takes what no other lists. */
  members: z.array(instrumentId).optional(),
  cites: z.string().min(1),
  status: ruleReference.shape.status,
  note: z.string().optional(),
});
export type DeltaType = z.infer<typeof deltaType>;

/** The delta part of a rule pack; layers add types by name, and the later one wins. */
export const deltaSection = z.strictObject({ types: z.record(z.string().min(1), deltaType) });
