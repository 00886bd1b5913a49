import { bracketed } from './host.ts';
import { parseSshUrl, type SshUrl } from './ssh-url.ts';
import { formatRsyncUrl, parseRsyncUrl, type RsyncUrl } from './url.ts';

/** The other side of an rsync: a daemon, or an rsync that SSH starts. */
export type Remote = { over: 'daemon'; url: RsyncUrl } | { over: 'ssh'; url: SshUrl };

/** @throws TfcacheError `usage` for a URL that cannot be used. */
export function parseRemote(written: string): Remote {
  const text = written.replace(/^[a-z]+:/i, (scheme) => scheme.toLowerCase());
  return text.startsWith('ssh://')
    ? { over: 'ssh', url: parseSshUrl(text) }
    : { over: 'daemon', url: parseRsyncUrl(text) };
}

/** The operand for rsync, always with a slash at its end, so that the folder's content is meant and not the folder. */
export function formatOperand(remote: Remote): string {
  if (remote.over === 'daemon') return formatRsyncUrl(remote.url);
  const { user, host, path } = remote.url;
  return `${user === undefined ? '' : `${user}@`}${bracketed(host)}:${path}`;
}

/** For messages: without the user. */
export function formatPlace(remote: Remote): string {
  if (remote.over === 'daemon') return formatRsyncUrl({ ...remote.url, user: undefined });
  const { host, port, path } = remote.url;
  return `ssh://${bracketed(host)}${port === 22 ? '' : `:${port}`}${path}`;
}
