/** Days and moments as the desk reads them: ISO always, times with their zone. */

/** `2026-11-20 14:03 UTC` from an instant; a plain day stays a day. */
export function formatMoment(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(text);
  return match ? `${match[1]} ${match[2]} UTC` : text;
}

/** Business days to the due day in words: `today`, `in 2 bd`, `3 bd late`. */
export function formatDueIn(businessDays: number): string {
  if (businessDays === 0) return 'today';
  return businessDays > 0 ? `in ${businessDays} bd` : `${-businessDays} bd late`;
}

/** Bytes in the unit a person would use. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** A whole number with thousands separated. */
export function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
