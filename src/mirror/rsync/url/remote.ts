import { formatHostName } from './host.ts';
import {
  formatRsyncUrl,
  formatRsyncUrlWithoutUser,
  parseRsyncUrl,
  type RsyncUrl,
} from './rsync-url.ts';
import { parseSshUrl, type SshUrl } from './ssh-url.ts';
import { encodeUrlName } from './url-names.ts';

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
  return `${user === undefined ? '' : `${user}@`}${formatHostName(host)}:${path}`;
}

/** For messages: without the user. */
export function formatRemoteUrl(remote: Remote): string {
  if (remote.over === 'daemon') return formatRsyncUrlWithoutUser(remote.url);
  const { host, port, path } = remote.url;
  return `ssh://${formatHostName(host)}${port === 22 ? '' : `:${port}`}${path.split('/').map(encodeUrlName).join('/')}`;
}

/**
 * The root of the module that a daemon's URL names a folder in. A daemon of rsync 3.5.0 with `use chroot = no` lists a folder
 * named as the operand, and then finds none of its files; see {@link getNameFromModuleRoot}.
 */
export function getModuleRoot(remote: Remote): Remote {
  return remote.over === 'daemon' ? { ...remote, url: { ...remote.url, path: '' } } : remote;
}

/** A name for `--files-from` beside {@link getModuleRoot}: it is created here without what stands before `/./`. */
export function getNameFromModuleRoot(remote: Remote, name: string): string {
  if (remote.over === 'ssh' || remote.url.path === '') return name;
  return `${remote.url.path}/./${name === './' ? '' : name}`;
}
