/** For errors about escapes. */
export const ESCAPE_HINT =
  'Write %20 for a space and %25 for a percent sign; / cannot stand in a name.';

/** The names of a path, without empty ones. */
export function splitUrlPath(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

/** Decodes the percent escapes of a path, name by name; `problem` says what cannot be decoded. */
export function decodeUrlPath(path: string): { names: string[]; problem?: string } {
  const names: string[] = [];
  for (const written of splitUrlPath(path)) {
    const name = decode(written);
    if (name === undefined)
      return { names, problem: 'it holds a % that begins no escape of UTF-8' };
    if (/[/\p{Cc}]/u.test(name)) {
      return { names, problem: 'it holds an escape of a slash or a control character' };
    }
    names.push(name);
  }
  return { names };
}

/** A name as it is written in a URL: the reverse of {@link decodeUrlPath}. */
export function encodeUrlName(name: string): string {
  return name.replace(/[%\s]/gu, encodeURIComponent);
}

export interface ParsedUser {
  user: string | undefined;
  problem?: { what: string; hint(scheme: string, path: string): string };
}

/** Reads the user name of a URL: letters, digits, `.`, `_`, `+`, `-`, and `@` written as `%40`. It is never an option. */
export function parseUser(written: string | undefined): ParsedUser {
  if (written === undefined) return { user: undefined };
  if (written.includes('@')) {
    const corrected = written.replaceAll('@', '%40');
    return {
      user: undefined,
      problem: {
        what: 'its user name holds an @',
        hint: (scheme, path) => `Write it as %40: ${scheme}${corrected}@host/${path}/.`,
      },
    };
  }
  const user = decode(written);
  if (user !== undefined && /^[\w.+][\w.+@-]*$/.test(user)) return { user };
  return {
    user: undefined,
    problem: {
      what: 'its user name is not one',
      hint: (scheme, path) =>
        `Write ${scheme}user@host/${path}/, the user name with letters, digits and . _ + - @ (as %40).`,
    },
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
