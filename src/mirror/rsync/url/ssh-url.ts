import { TfcacheError } from '../../../platform/error.ts';
import { parseHost, parsePort } from './host.ts';
import { decodeUrlPath, ESCAPE_HINT, parseUser } from './url-names.ts';

/** A folder of a machine that is reached by SSH. */
export interface SshUrl {
  /** Undefined: the name of the user who runs this. */
  user: string | undefined;
  /** A name or an address; IPv6 without brackets. */
  host: string;
  port: number;
  /** Absolute, ends in `/`. */
  path: string;
}

const URL_FORM = /^ssh:\/\/(?:([^/]*)@)?(\[[^\]/]*\]|[^:/@[\]]*)(?::([^/]*))?(\/.*)?$/;
const SSH_PORT = 22;

/**
 * Reads `ssh://[user@]host[:port]/path/`. The path is absolute on the far machine; `%20` and the like in it stand for a
 * character. It holds no wildcards, which the far rsync would expand.
 *
 * @throws TfcacheError `usage` that says which part cannot be used, without printing a password.
 */
export function parseSshUrl(text: string): SshUrl {
  const refuse = (what: string, hint: string) => {
    return new TfcacheError('mirror-invalid', `This mirror URL cannot be used: ${what}.`, {
      where: text.replace(/^(ssh:\/\/[^@/:]*):[^/]*@/, '$1:***@'),
      hint,
    });
  };
  if (/[\s\p{Cc}]/u.test(text)) {
    throw refuse(
      'it holds white space or control characters',
      'Write a space in a name as %20: ssh://user@host/My%20Folder/.',
    );
  }
  const match = URL_FORM.exec(text);
  if (match === null) {
    throw refuse('it is not an ssh URL', 'Write ssh://user@host/path/.');
  }
  const [, userText, hostText = '', portText, path = '/'] = match;
  if (userText?.includes(':')) {
    throw refuse(
      'it holds a password',
      'Log in by a key: leave only the user name in the URL and put the key into the input ssh-private-key.',
    );
  }
  // Neither name may be read as an option, nor as anything by the ssh that rsync starts.
  const { user, problem } = parseUser(userText);
  if (problem !== undefined) throw refuse(problem.what, problem.hint('ssh://', 'path'));
  const { host, sound } = parseHost(hostText);
  if (!sound) {
    throw refuse(
      'its host is neither a name nor an address',
      'Write ssh://user@host/path/; an IPv6 address stands in brackets: ssh://user@[::1]/path/.',
    );
  }
  const port = portText === undefined ? SSH_PORT : parsePort(portText);
  if (port === undefined) {
    throw refuse('its port is not a number from 1 to 65535', 'Write ssh://user@host:22/path/.');
  }
  const decoded = decodeUrlPath(path);
  if (decoded.problem !== undefined) throw refuse(decoded.problem, ESCAPE_HINT);
  const { names } = decoded;
  if (names.length === 0) {
    throw refuse(
      'it names no folder',
      'Write the whole path of the folder: ssh://user@host/path/.',
    );
  }
  if (names.some((name) => name === '.' || name === '..' || name === '~')) {
    throw refuse('it holds ".", ".." or "~"', 'Write the whole path of the folder.');
  }
  if (names.some((name) => /[*?[\]\\]/.test(name))) {
    throw refuse('its path holds one of * ? [ ] \\', 'Name one folder, without wildcards.');
  }
  return { user, host, port, path: `/${names.join('/')}/` };
}
