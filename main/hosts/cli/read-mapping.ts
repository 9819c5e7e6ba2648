import { mappingProfile, type MappingProfile } from '../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { readTextFile } from './read-files.ts';

/** What `--map` names: a JSON file with a mapping profile when it ends in `.json`, else a profile saved in the book. */
export function readMapping(nameOrFile: string): Result<MappingProfile | string> {
  if (!nameOrFile.toLowerCase().endsWith('.json')) return succeed(nameOrFile);
  const text = readTextFile(nameOrFile);
  if (!text.ok) return text;
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch {
    return fail({ code: 'not-json', message: 'This is not a JSON document.', at: nameOrFile });
  }
  const profile = mappingProfile.safeParse(json);
  if (profile.success) return succeed(profile.data);
  const [issue] = profile.error.issues;
  const where = issue && issue.path.length > 0 ? ` ${issue.path.map(String).join('.')}` : '';
  return fail({ code: 'not-a-mapping', message: `This is not a mapping profile: ${issue?.message ?? 'it does not fit'}.`, at: `${nameOrFile}${where}` });
}
