import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { DeskState } from './desk-state.ts';
import { holdingsOfPack, standingOfPack } from './pack-holdings.ts';
import { opening } from './recompute.ts';
import { inSlices } from './rows/slices.ts';
import type { Caller } from './rpc.ts';

/** A calc pack is looked at, and nothing is written: what only a book can do is refused, what it would list is empty. */
export function packCaller(): Caller {
  const refusal = fail({ code: 'calc-pack', message: 'This is a calc pack, not a book: nothing can be imported, run or written here.', fix: 'Open a book for that.' });
  const empty: Record<string, Result<unknown>> = { 'book.close': succeed({}), 'imports.list': succeed({ rows: [] }), 'profiles.list': succeed({ profiles: [] }) };
  const ask = (question: string): Promise<Result<unknown>> => Promise.resolve(empty[question] ?? refusal);
  return { ask, relay: ask, onNotice: () => undefined, end: () => undefined };
}

/** A desk over a calc pack. Faults name the file, and the JSON path in it. */
export async function openPack(path: string): Promise<Result<DeskState>> {
  const holdings = holdingsOfPack(await readFile(path, 'utf8'));
  return holdings.ok ? succeed(await inSlices(opening(standingOfPack(basename(path, '.json')), holdings.value))) : fail({ ...holdings.fault, at: holdings.fault.at === undefined ? path : `${path} ${holdings.fault.at}` });
}
