/**
 * Returns the id of an artifact: `KIND:NAME[VERSION][?key=value&…]` with the qualifiers sorted.
 *
 * @param subject kind, name and version
 * @param qualifiers with every default filled in
 */
export function formatIdentifier(
  subject: string,
  qualifiers: Readonly<Record<string, string>>,
): string {
  const pairs = Object.entries(qualifiers).sort(([a], [b]) => (a < b ? -1 : 1));
  if (pairs.length === 0) return subject;
  return `${subject}?${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
}

/** Qualifiers whose default comes from the machine. */
const MACHINE_QUALIFIERS: readonly string[] = ['python', 'platform', 'os', 'arch'];

export interface ParsedIdentifier {
  /** Kind, name and version. */
  subject: string;
  qualifiers: Readonly<Record<string, string>>;
}

/** Parses an id of {@link formatIdentifier}. A `path:` id has no qualifiers, because `?` is a glob character there. */
export function parseIdentifier(id: string): ParsedIdentifier {
  const question = id.startsWith('path:') ? -1 : id.indexOf('?');
  if (question === -1) return { subject: id, qualifiers: {} };
  const pairs = id
    .slice(question + 1)
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
  return { subject: id.slice(0, question), qualifiers: Object.fromEntries(pairs) };
}

/** Separates the qualifiers of an id that depend on the machine (`machine`) from the rest of the id (`rest`). */
export function splitMachineQualifiers(id: string): { machine: string; rest: string } {
  const { subject, qualifiers } = parseIdentifier(id);
  const entries = Object.entries(qualifiers);
  const isMachine = ([key]: [string, string]) => MACHINE_QUALIFIERS.includes(key);
  const others = entries.filter((entry) => !isMachine(entry));
  return {
    machine: entries
      .filter(isMachine)
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    rest: formatIdentifier(subject, Object.fromEntries(others)),
  };
}
