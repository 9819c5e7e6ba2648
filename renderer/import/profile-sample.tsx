import type { ReactNode } from 'react';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { PROFILE_FIELDS } from './profile-fields.ts';

/** The first rows of the file under the names they have been given; columns that nothing uses come last, faintly. */
export function ProfileSample({ profile, headers, sample }: { profile: MappingProfile; headers: readonly string[]; sample: readonly (readonly string[])[] }): ReactNode {
  const mapped = PROFILE_FIELDS.flatMap(({ column, name }) => {
    const header = profile.columns[column];
    const at = header === undefined ? -1 : headers.indexOf(header);
    return at < 0 ? [] : [{ name, header: header ?? '', at }];
  });
  const used = new Set(mapped.map(({ at }) => at));
  const unused = headers.map((header, at) => ({ name: '', header, at })).filter(({ at }) => !used.has(at));
  const columns = [...mapped, ...unused];
  return (
    <div className="profile-sample">
      <table aria-label="First rows of the file as mapped">
        <thead>
          <tr>
            {columns.map(({ name, header, at }) => (
              <th key={at} scope="col" className={name === '' ? 'unused' : ''}>
                {name || 'not used'}
                <small>{header}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.map((cells, row) => (
            // Rows of a sample have no name but their place in the file.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={row}>
              {columns.map(({ name, at }) => (
                <td key={at} className={name === '' ? 'unused' : ''}>
                  {cells[at] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
