import type { Regime } from '../../shared/domain/facts.ts';
import type { ImportFormat, MappingProfile, ReadFile } from '../../shared/domain/import-plan.ts';
import { fail, type Result } from '../../shared/result.ts';
import { readActivityStatement } from './ibkr/read-activity-statement.ts';
import { readFidelity } from './csv/fidelity.ts';
import { readGeneric } from './csv/generic.ts';
import type { ReaderOptions } from './csv/read-options.ts';
import { readSchwab } from './csv/schwab.ts';
import { readFlex } from './ibkr/read-flex.ts';
import { recognise } from './recognise.ts';
import type { Tick } from './text/csv-rows.ts';
import { decodeText } from './text/decode.ts';
import { oneLine, oneLineFault } from './text/one-line.ts';

type Reader = (name: string, text: string, options: ReaderOptions & { profile: MappingProfile | null }) => Result<ReadFile>;

const READERS: Record<ImportFormat, Reader> = {
  'ibkr-flex-xml': readFlex,
  'ibkr-activity-csv': readActivityStatement,
  'schwab-positions-csv': readSchwab,
  'fidelity-positions-csv': readFidelity,
  'generic-csv': readGeneric,
};

/** A file as it was handed in. */
export interface SourceFile {
  name: string;
  bytes: Uint8Array;
}

/** How to read it. Without a format the content decides. */
export interface ReadOptions {
  format?: ImportFormat;
  /** For a desk's own CSV; without one, the saved profiles are tried. */
  profile?: MappingProfile;
  profiles: readonly MappingProfile[];
  /** Called between slices with work done and in all; it may throw to cancel, and the throw is let through. */
  tick?: Tick;
  defaults?: { regime?: Regime };
}

/**
 * Reads a file into facts: everything readable, and a reason for every row that was not. A fault means that nothing of
 * it could be taken: not text, no format we know, broken, or without a day.
 */
export function readSourceFile(source: SourceFile, options: ReadOptions): Result<ReadFile> {
  const read = readDecoded(source, options);
  return read.ok ? read : fail(oneLineFault(read.fault));
}

function readDecoded(source: SourceFile, options: ReadOptions): Result<ReadFile> {
  const decoded = decodeText(source.name, source.bytes);
  if (!decoded.ok) return decoded;
  const { text, notes } = decoded.value;
  const recognised = recognise(source.name, text, options);
  if (!recognised.ok) return recognised;
  const { format, profile } = recognised.value;
  const read = READERS[format](source.name, text, { tick: options.tick, regime: options.defaults?.regime, profile });
  if (read.ok) read.value.notes = [...notes, ...read.value.notes.map(oneLine)];
  return read;
}
