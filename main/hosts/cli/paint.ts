import type { MarginStatus } from '../../../shared/domain/status.ts';
import { STATUS_GLYPHS } from '../../../shared/status-words.ts';
import type { Terminal } from './terminal.ts';

/** Colour is an extra: what it says is always also said by a shape and a word. */
export type Paint = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'magenta';

const CODES: Record<Paint, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, magenta: 35 };

export function painted(terminal: Pick<Terminal, 'colour'>, paint: Paint | undefined, text: string): string {
  return terminal.colour && paint && text !== '' ? `\u001b[${CODES[paint]}m${text}\u001b[0m` : text;
}

const STATUS_PAINT: Record<MarginStatus, Paint> = {
  healthy: 'green',
  warning: 'yellow',
  indeterminate: 'magenta',
  call: 'red',
  liquidation: 'red',
  bankrupt: 'red',
};

export const statusPaint = (status: MarginStatus): Paint => STATUS_PAINT[status];

/** A status in a cell: its shape and its word. */
export function statusText(status: MarginStatus): string {
  return `${STATUS_GLYPHS[status]} ${status}`;
}
