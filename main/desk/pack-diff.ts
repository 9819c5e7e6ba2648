import { fail, succeed, type Result } from '../../shared/result.ts';
import { diffPacks, type PackDifference } from '../engine/packs/diff.ts';
import type { RulePack } from '../engine/packs/schema.ts';
import { shippedPacks, versionsOf, withPacks } from '../engine/packs/shelf.ts';
import { parseJson } from './parse-json.ts';

/** A rule pack by the id it is shipped under (the newest version, or the one after an `@`: `us-day-trading@2001-09-28`), or as the text of a JSON document. */
export type NamedPack = { id: string } | { text: string };

/** Compares two rule packs. Faults: `unknown-rule-pack`, and `bad-rule-pack` at the path of the first thing wrong. */
export function diffOfPacks(before: NamedPack, after: NamedPack): Result<PackDifference> {
  const first = packOf(before);
  if (!first.ok) return first;
  const second = packOf(after);
  return second.ok ? succeed(diffPacks(first.value, second.value)) : second;
}

function packOf(named: NamedPack): Result<RulePack> {
  if ('id' in named) {
    const shelf = shippedPacks();
    const [id = '', wanted] = named.id.split('@');
    const versions = versionsOf(shelf, id);
    const pack = wanted === undefined ? versions[0] : versions.find(({ version }) => version === wanted);
    if (pack) return succeed(pack);
    if (versions.length > 0) return fail({ code: 'unknown-rule-pack', message: `The rule pack "${id}" has no version ${JSON.stringify(wanted)}.`, fix: `Its versions: ${versions.map(({ version }) => version).join(', ')}.` });
    return fail({ code: 'unknown-rule-pack', message: `There is no rule pack and no file called ${JSON.stringify(named.id)}.`, fix: `Shipped packs: ${[...shelf.packs.keys()].join(', ')}.` });
  }
  const json = parseJson(named.text);
  if (!json.ok) return json;
  const shelf = withPacks({ packs: new Map() }, [json.value]);
  if (!shelf.ok) return fail({ ...shelf.fault, at: (shelf.fault.at ?? '').replace(/^packs\[0\]\.?/, '') });
  const [pack] = shelf.value.packs.values();
  return pack ? succeed(pack) : fail({ code: 'bad-rule-pack', message: 'The rule pack is empty.' });
}
