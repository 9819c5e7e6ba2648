/** A test for vector ids: a pattern with `*` or `?` must fit the whole id, any other text must occur in it. */
export function idMatcher(pattern: string): (id: string) => boolean {
  if (!/[*?]/.test(pattern)) return (id) => id.includes(pattern);
  const escaped = pattern.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  const whole = new RegExp(`^${escaped}$`, 's');
  return (id) => whole.test(id);
}
