import type { TriggerPrice } from '../../../shared/domain/margin-state.ts';
import { formatPrice } from '../../../shared/format.ts';
import { printTable, type Column } from './table.ts';
import type { Terminal } from './terminal.ts';

/** An instrument, and the prices at which it calls the account. */
export interface CallPriceRow {
  instrument: string;
  callPrice: TriggerPrice;
}

/** Underlyings that are not held but whose price calls the account all the same; nothing where there are none. */
export function printCallPrices(terminal: Terminal, rows: readonly CallPriceRow[]): void {
  if (rows.length === 0) return;
  terminal.out('');
  printTable(terminal, columns, rows);
}

const columns: Column<CallPriceRow>[] = [
  { header: 'Underlying, not held', align: 'left', cell: ({ instrument }) => instrument },
  { header: 'Called below', align: 'right', cell: ({ callPrice: { down } }) => (down === null ? 'none' : formatPrice(down)) },
  { header: 'Called above', align: 'right', cell: ({ callPrice: { up } }) => (up === null ? 'none' : formatPrice(up)) },
];
