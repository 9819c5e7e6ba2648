import type { ReactNode } from 'react';
import type { MappingProfile } from '../../shared/domain/import-plan.ts';

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const DATE_FORMATS = ['YYYY-MM-DD', 'MM/DD/YYYY', 'DD/MM/YYYY', 'DD.MM.YYYY', 'YYYYMMDD'] as const;
const REGIMES = { cash: 'Cash', regT: 'Reg T', portfolio: 'Portfolio margin', venue: 'Venue' } as const;

export interface ProfileOptionsProps {
  profile: MappingProfile;
  saved: readonly MappingProfile[];
  onChange: (profile: MappingProfile) => void;
  onConstant: (name: 'account' | 'currency' | 'asOf' | 'regime', value: string) => void;
}

/** The part of a mapping that is not columns: its name, how numbers and days are written, what holds for every row. */
export function ProfileOptions({ profile, saved, onChange, onConstant }: ProfileOptionsProps): ReactNode {
  const { constants = {} } = profile;
  return (
    <div className="profile-options">
      <label>
        <span>Name</span>
        <input value={profile.name} maxLength={60} onChange={(event) => onChange({ ...profile, name: event.target.value })} data-testid="profile-name" />
      </label>
      {saved.length > 0 && (
        <label>
          <span>Start from</span>
          <select
            value=""
            onChange={(event) => {
              const picked = saved.find((each) => each.name === event.target.value);
              if (picked) onChange(picked);
            }}
          >
            <option value="">a saved profile …</option>
            {saved.map((each) => (
              <option key={each.name}>{each.name}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span>Separated by</span>
        <select value={profile.delimiter ?? ','} onChange={(event) => onChange({ ...profile, delimiter: event.target.value as keyof typeof DELIMITERS })}>
          {Object.entries(DELIMITERS).map(([sign, name]) => (
            <option key={sign} value={sign}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Days as</span>
        <select value={profile.dateFormat ?? 'YYYY-MM-DD'} onChange={(event) => onChange({ ...profile, dateFormat: event.target.value as (typeof DATE_FORMATS)[number] })}>
          {DATE_FORMATS.map((format) => (
            <option key={format}>{format}</option>
          ))}
        </select>
      </label>
      <label>
        <span>Account (if no column)</span>
        <input value={constants.account ?? ''} onChange={(event) => onConstant('account', event.target.value)} data-testid="profile-account" />
      </label>
      <label>
        <span>Currency (if no column)</span>
        <input value={constants.currency ?? ''} onChange={(event) => onConstant('currency', event.target.value.toUpperCase())} />
      </label>
      <label>
        <span>As of (if no column)</span>
        <input placeholder="YYYY-MM-DD" maxLength={10} value={constants.asOf ?? ''} onChange={(event) => onConstant('asOf', event.target.value)} />
      </label>
      <label>
        <span>Rules</span>
        <select value={constants.regime ?? ''} onChange={(event) => onConstant('regime', event.target.value)}>
          <option value="">as the file says</option>
          {Object.entries(REGIMES).map(([regime, name]) => (
            <option key={regime} value={regime}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input type="checkbox" checked={profile.decimalComma ?? false} onChange={(event) => onChange({ ...profile, decimalComma: event.target.checked })} />
        Decimal comma (1.250,50)
      </label>
      <label className="check">
        <input type="checkbox" checked={profile.complete} onChange={(event) => onChange({ ...profile, complete: event.target.checked })} />
        The file lists every position of its accounts: what is missing in it is closed
      </label>
    </div>
  );
}
