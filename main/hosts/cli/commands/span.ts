import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { spanPack } from '../../../desk/span-pack.ts';
import { openSpanReader, type SpanParameters, type SpanReader } from '../../../desk/span-file.ts';
import { formatCount } from '../../../../shared/format.ts';
import type { Result } from '../../../../shared/result.ts';
import { checkFile } from '../read-files.ts';
import { printTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, type ExitStatus } from '../with-desk.ts';

const PIECE_BYTES = 1024 * 1024;

/**
 * `span FILE`: what a SPAN risk parameter file says. With `--json` the parts of a calc pack that it fills: rule pack,
 * instruments and risk arrays; a pool under that pack then margins by the clearing house's own parameters.
 */
export function spanCommand(terminal: Terminal, path: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  // Read in pieces, so the size that other files are held to does not apply.
  const usable = checkFile(path);
  if (!usable.ok && usable.fault.code !== 'too-large') return Promise.resolve(trouble(terminal, usable.fault));
  const read = readInPieces(path, openSpanReader(basename(path)));
  if (!read.ok) return Promise.resolve(trouble(terminal, read.fault));
  if (json) printJson(terminal, spanPack(read.value));
  else tell(terminal, read.value);
  return Promise.resolve(EXIT.done);
}

function readInPieces(path: string, reader: SpanReader): Result<SpanParameters> {
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(PIECE_BYTES);
  // Codes and numbers are ASCII; names in other letters are not needed to margin by.
  const decoder = new TextDecoder('latin1');
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) reader.write(decoder.decode(piece.subarray(0, read), { stream: true }));
  } finally {
    closeSync(file);
  }
  return reader.close();
}

function tell(terminal: Terminal, { clearingOrg, businessDate, scenarios, commodities, contracts, interSpreads, superSpreads, skipped }: SpanParameters): void {
  const between = interSpreads.length + superSpreads.length;
  terminal.out(`${clearingOrg}, ${businessDate}: ${formatCount(contracts.length)} contracts in ${scenarios.length} scenarios, ${formatCount(between)} ${between === 1 ? 'spread' : 'spreads'} between commodities`);
  const held = commodities.map((commodity) => ({ ...commodity, count: contracts.filter(({ product }) => commodity.products.includes(product)).length }));
  printTable(
    terminal,
    [
      { header: 'Commodity', align: 'left', cell: ({ code }) => code },
      { header: 'Title', align: 'left', cell: ({ title }) => title, widthMin: 8, dropOrder: 1 },
      { header: 'Currency', align: 'left', cell: ({ currency }) => currency },
      { header: 'Contracts', align: 'right', cell: ({ count }) => formatCount(count) },
      { header: 'Spreads', align: 'right', cell: ({ spreads }) => formatCount(spreads.length) },
      { header: 'Short option minimum', align: 'right', cell: ({ shortOptionMinimum }) => shortOptionMinimum ?? '' },
    ],
    held,
  );
  for (const { what, reason, count } of skipped) terminal.out(`  not read: ${what}, ${reason}${count > 1 ? ` (${formatCount(count)} times)` : ''}`);
}
