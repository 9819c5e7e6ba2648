import type { CalcPackResult } from '../../shared/calc-pack.ts';
import { fail, type Result } from '../../shared/result.ts';
import { computePack } from '../engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../engine/calc-pack/read-pack.ts';

/** Computes the calc pack in a file's text. Faults name the JSON path; nothing of the pack is kept. */
export function marginOfPack(text: string): Result<CalcPackResult> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail({ code: 'not-json', message: `This is no JSON document: ${error instanceof Error ? error.message : String(error)}.` });
  }
  const pack = readCalcPack(json);
  return pack.ok ? computePack(pack.value) : pack;
}
