import { useState, type ReactNode } from 'react';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { faultLine, type Fault } from '../../shared/result.ts';
import { useAnswer, useDesk } from '../desk/hooks.ts';
import { sayFault } from '../shell/notices.ts';
import { PROFILE_FIELDS, whatIsMissing, withColumn, withoutGuess, withConstant, type ProfileColumn } from './profile-fields.ts';
import { ProfileOptions } from './profile-options.tsx';
import { ProfileSample } from './profile-sample.tsx';

export interface ProfileEditorProps {
  fileId: string;
  fileName: string;
  /** Why the file was not recognised. */
  fault: Fault | null;
  /** A saved profile to go on from instead of the suggestion. */
  startFrom: string | null;
  onUse: (profile: string) => void;
  onDiscard: () => void;
}

function ColumnPicks({ profile, headers, onPick }: { profile: MappingProfile; headers: readonly string[]; onPick: (column: ProfileColumn, header: string) => void }): ReactNode {
  return (
    <div className="profile-columns">
      {PROFILE_FIELDS.map(({ column, name, hint, needed }) => {
        const value = profile.columns[column] ?? '';
        return (
          <label key={column} title={hint} className={value === '' ? 'unset' : ''}>
            <span>
              {name}
              {needed && <b aria-label="needed"> *</b>}
            </span>
            <select value={value} onChange={(event) => onPick(column, event.target.value)} data-testid={`map-${column}`}>
              <option value="">—</option>
              {headers.map((header) => (
                <option key={header} value={header}>
                  {header}
                </option>
              ))}
            </select>
          </label>
        );
      })}
    </div>
  );
}

/** Maps the columns of a desk's own CSV, with a live sample of what that makes of the first rows; saved under a name. */
export function ProfileEditor({ fileId, fileName, fault, startFrom, onUse, onDiscard }: ProfileEditorProps): ReactNode {
  const desk = useDesk();
  const suggested = useAnswer('profiles.suggest', { fileId });
  const saved = useAnswer('profiles.list', {});
  const [mine, setProfile] = useState<MappingProfile | null>(null);
  const [saving, setSaving] = useState(false);
  const suggestion = suggested.value;

  const begun = saved.value?.profiles.find((each) => each.name === startFrom);
  const profile = mine ?? begun ?? (suggestion && withoutGuess(suggestion.suggestion));

  async function use(): Promise<void> {
    if (!profile) return;
    setSaving(true);
    const answer = await desk.ask('profiles.save', { ...profile, name: profile.name.trim() });
    setSaving(false);
    if (answer.ok) onUse(profile.name.trim());
    else sayFault(answer.fault);
  }

  if (suggested.fault) {
    return (
      <div className="refused" role="alert" data-testid="import-refused">
        <h2>{fileName} was not imported</h2>
        <p>{fault ? faultLine(fault) : faultLine(suggested.fault)}</p>
        <p className="faint">The book is as it was.</p>
        <button onClick={onDiscard}>Close</button>
      </div>
    );
  }
  if (!profile || !suggestion) return <p className="screen-wait">Reading the columns of {fileName} …</p>;
  const missing = whatIsMissing(profile);
  return (
    <div className="profile" data-testid="profile-editor">
      <header>
        <div>
          <h2>Map the columns of {fileName}</h2>
          <p className="faint">{fault ? faultLine(fault) : 'Say which column is which. The mapping is kept under its name and offered again.'}</p>
        </div>
        <span className="fill" />
        {missing && <span className="warn-text">▲ {missing}</span>}
        <button onClick={onDiscard}>Discard</button>
        <button className="primary" disabled={missing !== null || saving} onClick={() => void use()} data-testid="profile-use">
          Save and read the file
        </button>
      </header>
      <div className="profile-body">
        <ColumnPicks profile={profile} headers={suggestion.headers} onPick={(column, header) => setProfile(withColumn(profile, column, header))} />
        <div className="profile-right">
          <ProfileOptions
            profile={profile}
            saved={saved.value?.profiles ?? []}
            onChange={setProfile}
            onConstant={(name, value) => setProfile(withConstant(profile, name, value))}
          />
          <ProfileSample profile={profile} headers={suggestion.headers} sample={suggestion.sample} />
        </div>
      </div>
    </div>
  );
}
