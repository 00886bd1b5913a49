/**
 * The id of an artifact: `KIND:NAME[VERSION][?key=value&…]` with every default filled in and the qualifiers sorted.
 * @param subject kind, name and version
 */
export function identifier(subject: string, qualifiers: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(qualifiers).sort(([a], [b]) => (a < b ? -1 : 1));
  if (pairs.length === 0) return subject;
  return `${subject}?${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
}
