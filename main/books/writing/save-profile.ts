import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS } from '../digests/partitions.ts';
import { mappingProfileTable } from '../tables/versioned-tables.ts';
import type { Authorship } from './authorship.ts';
import { changeRow } from './change-row.ts';
import { writeEntry } from './entry.ts';

/** Saves a mapping profile under its name, in place of the one that had it. The same profile again changes nothing. */
export function saveProfile(book: Book, profile: MappingProfile, authorship: Authorship): Result<{ sequence: number }> {
  const written = writeEntry(book, authorship, (entry) => {
    const edit = entry.partition(PARTITION_KINDS.profiles, 0);
    const key = [profile.name];
    const current = edit.tables.get(mappingProfileTable)?.after.get(profile.name);
    const text = JSON.stringify(profile);
    if (current?.[2] === text) return { value: null, entry: null };
    changeRow(book, entry, edit, mappingProfileTable, { key, draft: { key, values: [text], validFrom: authorship.at.slice(0, 10) } }, null);
    return { value: null, entry: { action: 'profile', reason: `Saved the mapping profile "${profile.name}"`, detail: { name: profile.name } } };
  });
  return written.ok ? succeed({ sequence: written.value.sequence }) : written;
}
