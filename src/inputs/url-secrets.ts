/** A user name of this length without a password is probably an access token. */
const MIN_TOKEN_LENGTH = 16;

/**
 * Finds the secrets in a text of URLs (`https://user:password@host/`, one per line), in every form in which a log could show them: as
 * written, decoded, and as the header that carries them.
 */
export function findUrlSecrets(text: string): string[] {
  const secrets = text.split(/\r?\n/).flatMap((line) => {
    // Up to the last @: the password may hold a / or @ that is not encoded.
    const login = /:\/\/(.*)@/.exec(line)?.[1];
    if (login === undefined) return findSecretParameters(line);
    const colon = login.indexOf(':');
    const password = colon === -1 ? login : login.slice(colon + 1);
    if (password === '') return [];
    // Without a colon, it may also be a host and a path with an @.
    if (colon === -1 && (login.length < MIN_TOKEN_LENGTH || login.includes('/'))) return [];
    const decoded = [login, password].map(decode);
    const header = Buffer.from(colon === -1 ? `${decoded[0]}:` : (decoded[0] ?? ''));
    return [password, decoded[1] ?? '', header.toString('base64'), ...findSecretParameters(line)];
  });
  return [...new Set(secrets)];
}

/** Finds the values of parameters such as `?token=…`. tfcache rejects such addresses, and masks the values before. */
function findSecretParameters(line: string): string[] {
  if (!line.includes('://')) return [];
  const values = line.matchAll(/[?&;][^=&?;]*(?:secret|key|token|passw)[^=&?;]*=([^&;#\s]+)/gi);
  return [...values].flatMap(([, value = '']) => [value, decode(value)]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // A % that begins no escape is kept.
    if (error instanceof URIError) return text;
    throw error;
  }
}
