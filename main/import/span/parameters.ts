import type { DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';

/** A scenario as a file defines it: shares of the price and volatility ranges. */
export interface SpanScenario {
  /** `-2/3` */
  price: string;
  vol: string;
  weight: DecimalText;
  /** Number of the scenario it is paired with; its own where it stands alone. */
  pairedWith: number;
}

/** One contract of a risk parameter file with its array. */
export interface SpanContract {
  product: string;
  kind: 'future' | 'option';
  /** Of a future its own expiry; a file that names only the month gets the month's last day. */
  expiry: IsoDate;
  right: 'call' | 'put' | null;
  strike: DecimalText | null;
  /** What an option is on: the expiry of the future, or null for the product itself. */
  underlyingExpiry: IsoDate | null;
  underlyingProduct: string | null;
  european: boolean | null;
  currency: string | null;
  multiplier: DecimalText | null;
  price: DecimalText | null;
  /** Losses of one long contract by scenario: positive is a loss. */
  losses: DecimalText[];
  compositeDelta: DecimalText | null;
}

/** A leg of a spread: of a commodity's tier, or of one expiry or month of it. */
export interface SpanLeg {
  commodity: string;
  tier: string | null;
  period: string | null;
  ratio: DecimalText;
  side: 'A' | 'B';
}

export interface SpanSpread {
  priority: number;
  method: string;
  rate: DecimalText;
  legs: SpanLeg[];
}

/** A combined commodity: its products, tiers, charges and minimum. */
export interface SpanCommodity {
  code: string;
  title: string;
  currency: string;
  products: string[];
  /** By number: first and last contract month, `2026-12` or a day. */
  tiers: Record<string, { from: string | null; to: string | null }>;
  /** The same for spreads between commodities, which may cut the months otherwise. */
  interTiers: Record<string, { from: string | null; to: string | null }>;
  spreads: SpanSpread[];
  spotMonths: { period: string; spread: DecimalText; outright: DecimalText }[];
  shortOptionMinimum: DecimalText | null;
  shortOptionMethod: string | null;
  weightedRiskMethod: string | null;
}

/** What a risk parameter file says, and what of it was not taken in, with the reason. */
export interface SpanParameters {
  clearingOrg: string;
  businessDate: IsoDate;
  scenarios: SpanScenario[];
  commodities: SpanCommodity[];
  contracts: SpanContract[];
  interSpreads: SpanSpread[];
  superSpreads: SpanSpread[];
  skipped: { what: string; reason: string; count: number }[];
}
