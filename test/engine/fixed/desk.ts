import type { AccountInput, PositionInput } from '../../../main/engine/input.ts';
import { accountStateOf, marginAccount, type AccountMargin } from '../../../main/engine/margin.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../../main/engine/packs/shelf.ts';
import type { FutureInstrument } from '../../../shared/domain/instrument.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { cashRow, marketOf, markOf, type Desk } from '../build.ts';

/** One contract of something made up, at 1 a point, with the margins a test names. */
export function productPack(rates: readonly Record<string, unknown>[], rest: Record<string, unknown> = {}, pack: Record<string, unknown> = {}): PackShelf {
  const source = { cites: 'Made up for a test', status: 'house' };
  const made = withPacks(shippedPacks(), [
    {
      id: 'made-up',
      version: '1',
      title: 'Made up',
      layer: 'regulatory',
      model: 'fixed',
      extends: 'us-futures',
      effectiveFrom: '2000-01-01',
      parameters: {},
      futures: { FUT: { title: 'Made up', currency: 'USD', multiplier: '1', rates: rates.map((rate) => ({ effectiveFrom: '2000-01-01', ...source, ...rate })), ...rest } },
      ...pack,
    },
  ]);
  if (!made.ok) throw new Error(`${made.fault.at} ${made.fault.message}`);
  return made.value;
}

export const FUT: FutureInstrument = { kind: 'future', currency: 'USD', multiplier: '1', underlying: 'FUT' };

export interface FuturesDesk {
  shelf: PackShelf;
  rows: readonly Partial<PositionInput>[];
  price?: string | null;
  cash?: string;
  terms?: Partial<FutureInstrument>;
  packs?: readonly string[];
  desk?: Partial<Desk>;
  account?: Partial<AccountInput>;
}

export function futuresMargin({ shelf, rows, price = '100', cash = '0', terms = {}, packs = ['made-up'], desk = {}, account = {} }: FuturesDesk): AccountMargin {
  const instrument = rows[0]?.instrument ?? 'FUTZ6';
  const market = marketOf({ instruments: { [instrument]: { ...FUT, ...terms } }, prices: {}, positions: [], ...desk });
  const marks = price === null ? market.marks : new Map(market.marks).set(instrument, markOf(instrument, price));
  const positions = rows.map((row): PositionInput => ({ instrument, subType: 'futures', quantity: '1', entryPrice: null, ...row }));
  const pool = { id: 'futures', mode: 'cross' as const, model: 'fixed' as const, currency: 'USD', packs, cash: [cashRow(cash, 'futuresSegment')], positions, excluded: [] };
  return marginAccount({ id: 'A1', baseCurrency: 'USD', regime: 'regT', newAccount: false, prior: null, activity: null, pools: [pool], ...account }, { ...market, marks }, shelf);
}

export function futuresState(desk: FuturesDesk): AccountState {
  return accountStateOf(futuresMargin(desk));
}
