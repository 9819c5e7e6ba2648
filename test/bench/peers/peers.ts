import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ScanLane } from '../../../main/engine/columns/scan/lane.ts';

/** Another program that does the same work each time it is asked. */
export interface Peer {
  name: string;
  /** Seconds that it took, by its own clock, and the sum of all requirements that it came to. */
  run: () => Promise<{ seconds: number; total: number }>;
  stop: () => void;
}

/** Interpreters to ask for scipy: its builds differ by a factor of four. PLIMSOLL_PYTHONS names others, with commas. */
const PYTHONS = (process.env['PLIMSOLL_PYTHONS'] ?? 'python3').split(',');
const HERE = import.meta.dirname;

/** Writes the columns of a lane as the peers read them: four counts, rows, minimums, quantities, instruments, starts. */
export function writeColumns(path: string, { columns, table, runs }: ScanLane): void {
  const file = openSync(path, 'w');
  const write = (array: ArrayBufferView): void => {
    for (let done = 0; done < array.byteLength; ) done += writeSync(file, new Uint8Array(array.buffer, array.byteOffset + done, Math.min(array.byteLength - done, 1 << 28)));
  };
  write(Int32Array.of(table.count, runs.positions, runs.count, table.stride));
  for (const array of [columns.rows, columns.charges.filter((_, at) => at % 2 === 0), columns.quantity.subarray(0, runs.positions), columns.instrument.subarray(0, runs.positions), columns.start]) write(array);
  closeSync(file);
}

/** The peers that can run here, and what is missing for the others. */
export function aggregationPeers(folder: string, columns: string): { peers: Peer[]; missing: string[] } {
  const peers: Peer[] = [];
  const missing: string[] = [];
  for (const python of PYTHONS) {
    const { status, stdout } = spawnSync(python, [join(HERE, 'scipy-build.py')], { encoding: 'utf8' });
    if (status !== 0) {
      missing.push(`scipy of ${python}`);
      continue;
    }
    const name = `${stdout.trim()} CSR @ dense`;
    const isKnown = peers.some((peer) => peer.name === name);
    peers.push(started(isKnown ? `${name}, of ${python}` : name, python, [join(HERE, 'aggregate.py'), columns]));
  }
  const compiled = (name: string, flags: readonly string[]): void => {
    const program = join(folder, name);
    const { status } = spawnSync('gcc', ['-O3', ...flags, join(HERE, 'aggregate.c'), '-o', program, '-lm']);
    if (status === 0) peers.push(started(`C gcc -O3 ${flags.join(' ')}`.trim(), program, [columns]));
    else missing.push(`gcc (for ${name})`);
  };
  compiled('scalar', ['-fno-tree-vectorize', '-fno-tree-slp-vectorize']);
  compiled('native', ['-march=native']);
  return { peers, missing: [...new Set(missing)] };
}

function started(name: string, program: string, args: readonly string[]): Peer {
  const child: ChildProcessWithoutNullStreams = spawn(program, args);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name,
    run: async () => {
      child.stdin.write('run\n');
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${name} ended`);
      const [seconds = NaN, total = NaN] = value.split(' ').map(Number);
      return { seconds, total };
    },
    stop: () => child.kill(),
  };
}
