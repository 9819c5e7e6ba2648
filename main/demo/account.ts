import { Decimal } from '../../shared/money.ts';
import type { Holding, Snapshot } from './holdings.ts';
import type { Day, DemoInstrument } from './market.ts';

/** Which file an account's positions come in. */
export type Source = 'prime' | 'advisors' | 'statement' | 'schwab' | 'fidelity' | 'custody';

/** A client account of the demo desk, at every close its file was sent for. */
export interface DemoAccount {
  id: string;
  client: string;
  base: string;
  regime: 'margin' | 'portfolio' | 'cash';
  source: Source;
  closes: ReadonlyMap<Day, Snapshot>;
  events: readonly DemoEvent[];
}

export type DemoEvent =
  | { kind: 'trade'; day: Day; instrument: DemoInstrument; quantity: Decimal; price: Decimal }
  | { kind: 'deposit'; day: Day; amount: Decimal };

export function snapshot(holdings: readonly Holding[], cash: Record<string, Decimal>): Snapshot {
  const rows = Object.entries(cash).map(([currency, amount]) => [currency, amount.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN)] as const);
  return { holdings, cash: new Map(rows.filter(([, amount]) => !amount.isZero())) };
}
