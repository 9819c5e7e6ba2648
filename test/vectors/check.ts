import { schemaFault } from '../../main/engine/calc-pack/json-path.ts';
import { faultLine } from '../../shared/result.ts';
import type { Adapter, Context } from './adapter.ts';
import { adaptersOf } from './adapters/table.ts';
import { mismatch } from './compare.ts';
import type { LoadedVector } from './load.ts';
import { skipReason } from './skips.ts';
import { openTools } from './tools.ts';
import { familyOf, type Vector } from './vector.ts';

export interface Outcome {
  id: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Why it failed or was skipped, one line each. */
  reasons: string[];
}

/** Recomputes every vector that `wanted` accepts; the others stay there for those that refer to them. */
export function checkVectors(loaded: readonly LoadedVector[], wanted: (id: string) => boolean): Outcome[] {
  const byId = new Map(loaded.flatMap(({ id, vector }) => (vector.ok ? [[id, vector.value] as const] : [])));
  return loaded.filter(({ id }) => wanted(id)).map(({ id, vector, parameters }) => {
    if (!vector.ok) return { id, outcome: 'failed', reasons: [faultLine(vector.fault)] };
    const skipped = skipReason(vector.value);
    if (skipped !== null) return { id, outcome: 'skipped', reasons: [skipped] };
    const reasons = problems(vector.value, byId, parameters);
    return { id, outcome: reasons.length > 0 ? 'failed' : 'passed', reasons };
  });
}

function problems(vector: Vector, byId: ReadonlyMap<string, Vector>, parameters: readonly unknown[]): string[] {
  const checked = Object.keys(vector.expected).filter((key) => !vector.unsupported.includes(key));
  const [likeliest, ...others] = adaptersOf(vector);
  if (!likeliest) return [`No adapter for ${vector.model === undefined ? `the family ${familyOf(vector.id)}` : `the model ${vector.model}`}.`];
  const tools = openTools();
  const find = (id: string): Vector => {
    const other = byId.get(id);
    if (!other) throw new Error(`There is no vector ${id}.`);
    return other;
  };
  // The likeliest says what is wrong when none takes the inputs and has the figures.
  const adapter = [likeliest, ...others].find((candidate) => takes(candidate, vector, checked, { find, parameters })) ?? likeliest;
  try {
    const inputs = adapter.inputs.safeParse(vector.inputs);
    if (!inputs.success) return [`inputs: ${faultLine(schemaFault('bad-inputs', inputs.error, adapter.inputs))}`];
    const figures = adapter.figures(inputs.data, { tools, vector, find, parameters });
    const wrong = checked.flatMap((key) => {
      const figure = Object.hasOwn(figures, key) ? figures[key] : undefined;
      if (!figure) return [`${key}: this family has no figure of that name.`];
      return mismatch(figure(), vector.expected[key], vector.tolerance, key) ?? [];
    });
    if (wrong.length > 0) return wrong;
    if (checked.length === 0) return ['Nothing is expected, so nothing was checked.'];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const door = vector.kind === 'account' ? 'pack' : 'question';
  return tools.used.has(door) ? [] : [`The figures of this ${vector.kind} did not go through a ${door}.`];
}

/** Whether an adapter knows these inputs and every figure that is expected of them. */
function takes(adapter: Adapter, vector: Vector, keys: readonly string[], context: Pick<Context, 'find' | 'parameters'>): boolean {
  try {
    const figures = adapter.figures(adapter.inputs.parse(vector.inputs), { tools: openTools(), vector, ...context });
    return keys.every((key) => Object.hasOwn(figures, key));
  } catch {
    return false;
  }
}
