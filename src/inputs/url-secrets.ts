/** A user name this long, without a password, is an access token rather than a name. */
const SHORTEST_TOKEN = 16;

/**
 * The secrets in a text of URLs (`https://user:password@host/`, one a line), in every form in which they could show up in a
 * log: as written, decoded, and as the header that carries them.
 */
export function findUrlSecrets(text: string): string[] {
  const secrets = text.split(/\r?\n/).flatMap((line) => {
    // Up to the last @: a password with a / or @ in it that was not encoded is one all the same.
    const login = /:\/\/(.*)@/.exec(line)?.[1];
    if (login === undefined) return secretParameters(line);
    const colon = login.indexOf(':');
    const password = colon === -1 ? login : login.slice(colon + 1);
    if (password === '') return [];
    // Without a colon it may as well be a host and a path with an @ in it.
    if (colon === -1 && (login.length < SHORTEST_TOKEN || login.includes('/'))) return [];
    const decoded = [login, password].map(decode);
    const header = Buffer.from(colon === -1 ? `${decoded[0]}:` : (decoded[0] ?? ''));
    return [password, decoded[1] ?? '', header.toString('base64'), ...secretParameters(line)];
  });
  return [...new Set(secrets)];
}

/** Values of parameters such as `?token=…`, which no address of tfcache takes: they are refused, and masked before. */
function secretParameters(line: string): string[] {
  if (!line.includes('://')) return [];
  const values = line.matchAll(/[?&;][^=&?;]*(?:secret|key|token|passw)[^=&?;]*=([^&;#\s]+)/gi);
  return [...values].flatMap(([, value = '']) => [value, decode(value)]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // A stray % stands for itself.
    if (error instanceof URIError) return text;
    throw error;
  }
}
