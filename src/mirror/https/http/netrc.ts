import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../../../platform/files/file-error.ts';
import { formatBasicHeader, type GetAuthorization } from './authorize.ts';

/** Larger files are not read. */
const MAX_NETRC_BYTES = 1024 * 1024;

export interface NetrcLogin {
  user: string;
  password: string;
}

/** The logins of a netrc file by host name, `default` for every other host; undefined for an entry that is empty. */
export type Netrc = ReadonlyMap<string, NetrcLogin | undefined>;

/**
 * Sends the login that the user's netrc has for the host of a request: of `NETRC`, `~/.netrc` or `~/_netrc`, which is where pip
 * looks. Its `default` is sent to `origin` alone, because a page may link to any host. The file is read at the first request; one that
 * cannot be read or parsed counts as none, as with pip.
 */
export function createNetrcAuthorization(
  environment: NodeJS.ProcessEnv,
  origin: string,
): GetAuthorization {
  let netrc: Netrc | undefined;
  return (url) => {
    netrc ??= readNetrc(environment) ?? new Map();
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isOther = !netrc.has(host) && url.origin === origin;
    const login = netrc.get(isOther ? 'default' : host);
    return login && formatBasicHeader(login.user, login.password);
  };
}

function readNetrc(environment: NodeJS.ProcessEnv): Netrc | undefined {
  const home = environment[process.platform === 'win32' ? 'USERPROFILE' : 'HOME'] || homedir();
  const named = environment['NETRC'];
  const files = named ? [named] : [join(home, '.netrc'), join(home, '_netrc')];
  for (const file of files) {
    try {
      const stats = statSync(file, { throwIfNoEntry: false });
      if (stats === undefined) continue;
      if (!stats.isFile() || stats.size > MAX_NETRC_BYTES) return undefined;
      return parseNetrc(readFileSync(file, 'utf8'));
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
      return undefined;
    }
  }
  return undefined;
}

/**
 * Parses a netrc file as Python’s module netrc does, which pip uses; the last entry of a host counts. Comments are skipped to the end
 * of their line in any place, where Python refuses some of them.
 * https://docs.python.org/3/library/netrc.html
 *
 * @returns undefined for a file that Python refuses.
 */
export function parseNetrc(text: string): Netrc | undefined {
  const lexer = new Lexer(text);
  const hosts = new Map<string, NetrcLogin | undefined>();
  for (let key = lexer.key(); key !== ''; key = lexer.key()) {
    if (!['machine', 'default', 'macdef'].includes(key)) return undefined;
    const name = key === 'default' ? key : lexer.word();
    if (name === '') return undefined;
    const isSound = key === 'macdef' ? lexer.skipMacro() : readEntry(lexer, name, hosts);
    if (!isSound) return undefined;
  }
  return hosts;
}

/** @returns false for a word that is no part of an entry. */
function readEntry(
  lexer: Lexer,
  name: string,
  hosts: Map<string, NetrcLogin | undefined>,
): boolean {
  let [login, account, password] = ['', '', ''];
  for (;;) {
    const key = lexer.key();
    if (['', 'machine', 'default', 'macdef'].includes(key)) {
      lexer.unread(key);
      const user = login === '' ? account : login;
      hosts.set(name, user === '' && password === '' ? undefined : { user, password });
      return true;
    }
    if (key === 'login' || key === 'user') login = lexer.word();
    else if (key === 'account') account = lexer.word();
    else if (key === 'password') password = lexer.word();
    else return false;
  }
}

/** Words between white space or in double quotes, `\\` before any character. */
class Lexer {
  readonly #text: string;
  #at = 0;
  #unread: string | undefined;

  constructor(text: string) {
    this.#text = text.replaceAll(/\r\n?/g, '\n');
  }

  /** The next word where a key may be: one that begins with `#` begins a comment. Empty at the end. */
  key(): string {
    for (;;) {
      const word = this.word();
      if (!word.startsWith('#')) return word;
      if (this.#text[this.#at - 1] !== '\n') this.#skipLine();
    }
  }

  unread(key: string): void {
    this.#unread = key;
  }

  /** The next word, whatever it is. The white space behind it is read, too. */
  word(): string {
    const unread = this.#unread;
    this.#unread = undefined;
    if (unread !== undefined) return unread;
    while (isSpace(this.#text[this.#at])) this.#at += 1;
    const isQuoted = this.#text[this.#at] === '"';
    if (isQuoted) this.#at += 1;
    let word = '';
    for (;;) {
      let character = this.#text[this.#at];
      if (character === undefined) return word;
      this.#at += 1;
      if (isQuoted ? character === '"' : isSpace(character)) return word;
      if (character === '\\') {
        character = this.#text[this.#at] ?? '';
        this.#at += 1;
      }
      word += character;
    }
  }

  /** A macro goes on to the next empty line. @returns false if there is none. */
  skipMacro(): boolean {
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] === '\n') {
        this.#at += 1;
        return true;
      }
      this.#skipLine();
    }
    return false;
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end + 1;
  }
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && ' \t\n\r'.includes(character);
}
