import { calcPack, type CalcPack } from '../../../shared/calc-pack.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { jsonPath, PARSING, schemaFault } from './json-path.ts';

/**
 * Reads a parsed JSON document as a calc pack: strict shape, amounts in canonical spelling, every name it uses known
 * within it. The fault names the JSON path of the first thing wrong.
 */
export function readCalcPack(json: unknown): Result<CalcPack> {
  const parsed = calcPack.safeParse(json, PARSING);
  if (!parsed.success) return fail(schemaFault('bad-calc-pack', parsed.error, calcPack));
  return resolveNames(parsed.data);
}

/** The pack itself when every name it uses is defined in it, once. */
export function resolveNames(pack: CalcPack): Result<CalcPack> {
  const broken = brokenName(pack);
  return broken ? fail({ code: 'bad-calc-pack', message: broken.message, at: jsonPath(broken.path) }) : succeed(pack);
}

interface BrokenName {
  path: PropertyKey[];
  message: string;
}

/** The first name that is used twice or that nothing in the pack defines. */
function brokenName(pack: CalcPack): BrokenName | null {
  const accounts = pack.accounts.map(({ id }) => id);
  return (
    repeated(accounts, ['accounts']) ??
    first(pack.accounts.map((account, index) => brokenInAccount(pack, account, ['accounts', index]))) ??
    first(
      pack.groups.map((group, index) =>
        unknown(group.accounts, accounts, 'account', ['groups', index, 'accounts']),
      ),
    ) ??
    unknown(Object.keys(pack.market?.marks ?? {}), Object.keys(pack.instruments), 'instrument', ['market', 'marks'], 'key')
  );
}

function brokenInAccount(pack: CalcPack, account: CalcPack['accounts'][number], at: PropertyKey[]): BrokenName | null {
  const known = Object.keys(pack.instruments);
  const pools = account.pools.map(({ id }) => id);
  return (
    repeated(pools, [...at, 'pools']) ??
    unknown(account.sweep ? [account.sweep.from, account.sweep.to] : [], pools, 'pool', [...at, 'sweep'], 'here') ??
    first(
      account.pools.map((pool, index) => {
        const here = [...at, 'pools', index];
        return (
          (pool.rulePack === undefined && !pool.packs?.length
            ? { path: here, message: 'A pool needs its rules: "rulePack" or "packs".' }
            : null) ??
          unknown(pool.positions.map(({ instrument }) => instrument), known, 'instrument', [...here, 'positions'], 'instrument')
        );
      }),
    ) ??
    first(
      (account.activity ?? []).map(({ instrument }, index) =>
        unknown(instrument ? [instrument] : [], known, 'instrument', [...at, 'activity', index, 'instrument'], 'here'),
      ),
    )
  );
}

function repeated(ids: readonly string[], at: PropertyKey[]): BrokenName | null {
  const index = ids.findIndex((id, place) => ids.indexOf(id) !== place);
  return index < 0 ? null : { path: [...at, index, 'id'], message: `The id ${JSON.stringify(ids[index])} is used twice.` };
}

/** The first of `used` that is not among `known`; its path ends at the list's index, a field of it, or the key itself. */
function unknown(
  used: readonly string[],
  known: readonly string[],
  noun: string,
  at: PropertyKey[],
  place: 'index' | 'instrument' | 'key' | 'here' = 'index',
): BrokenName | null {
  const names = new Set(known);
  const index = used.findIndex((name) => !names.has(name));
  const name = used[index];
  if (name === undefined) return null;
  const path = { index: [...at, index], instrument: [...at, index, 'instrument'], key: [...at, name], here: at }[place];
  return { path, message: `No ${noun} of the pack is called ${JSON.stringify(name)}.` };
}

function first(faults: readonly (BrokenName | null)[]): BrokenName | null {
  return faults.find((fault) => fault !== null) ?? null;
}
