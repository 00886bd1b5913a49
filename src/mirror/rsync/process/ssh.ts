import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TfcacheError } from '../../../platform/error.ts';
import {
  getTemporaryParent,
  makeTemporaryFolder,
  SSH_PREFIX,
} from '../../../platform/files/temporary-folder.ts';
import { createMissingProgramError, findProgram } from '../../../platform/process/program.ts';
import { EMPTY_SECRETS_HINT } from '../../empty-secrets.ts';
import type { SshUrl } from '../url/ssh-url.ts';

/** How to log in. */
export interface SshLogin {
  /** Text of a private key without a passphrase; undefined: the keys of the agent behind `SSH_AUTH_SOCK`. */
  privateKey: string | undefined;
  /** Lines of known_hosts. */
  knownHosts: string | undefined;
}

const KEY_FILE = 'key';
const HOSTS_FILE = 'known_hosts';

/**
 * The remote shell for rsync's `-e`. rsync splits it at spaces, so nothing that anybody wrote stands in it: files are named
 * relative to the folder of {@link withSshFolder}, in which rsync is started, and user, host and path are rsync's to hand over.
 * No configuration is read, neither the user's nor the system's; the host key is always checked.
 */
export function formatRemoteShell(
  url: SshUrl,
  options: { timeout: number; agent: string | undefined },
): string {
  const settings = {
    BatchMode: 'yes',
    PreferredAuthentications: 'publickey',
    IdentitiesOnly: options.agent === undefined ? 'yes' : 'no',
    IdentityFile: options.agent === undefined ? KEY_FILE : 'none',
    IdentityAgent: options.agent === undefined ? 'none' : 'SSH_AUTH_SOCK',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: HOSTS_FILE,
    GlobalKnownHostsFile: 'none',
    UpdateHostKeys: 'no',
    VerifyHostKeyDNS: 'no',
    ClearAllForwardings: 'yes',
    ForwardAgent: 'no',
    PermitLocalCommand: 'no',
    ControlMaster: 'no',
    ControlPath: 'none',
    LogLevel: 'ERROR',
    ConnectTimeout: Math.ceil(options.timeout),
    ServerAliveInterval: Math.max(1, Math.ceil(options.timeout / 3)),
    ServerAliveCountMax: 3,
  };
  const words = Object.entries(settings).map(([name, value]) => `-o ${name}=${value}`);
  return `ssh -F none -T -x -p ${url.port} ${words.join(' ')}`;
}

/** The agent's socket, when a key of the user's is not to be used; undefined: the key. @throws TfcacheError `usage` */
export function checkSshLogin(
  url: SshUrl,
  login: SshLogin,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if ((login.knownHosts ?? '').trim() === '') {
    throw new TfcacheError(
      'credentials-invalid',
      'A mirror by ssh:// needs the host keys of its machine: they are always checked.',
      { where: 'input ssh-known-hosts', found: 'nothing', hint: describeHostKeyCommand(url) },
    );
  }
  const { privateKey } = login;
  if (privateKey === undefined || privateKey.trim() === '') {
    const agent = environment['SSH_AUTH_SOCK'] ?? '';
    if (agent !== '') return agent;
    throw new TfcacheError(
      'credentials-invalid',
      'A mirror by ssh:// needs a key to log in with.',
      {
        where: 'input ssh-private-key',
        found: 'nothing, and no SSH agent (SSH_AUTH_SOCK) either',
        hint: `Make a key for this purpose alone (ssh-keygen -t ed25519 -N "" -f key), let the far machine accept key.pub, and give key as a secret to ssh-private-key. ${EMPTY_SECRETS_HINT}`,
      },
    );
  }
  // What it is instead is told by its first words only: the rest may be the secret.
  if (!/^\s*-----BEGIN [A-Z ]*PRIVATE KEY-----[\r\n]/.test(privateKey)) {
    throw new TfcacheError(
      'credentials-invalid',
      'What was given as a private key is none that OpenSSH reads.',
      {
        where: 'input ssh-private-key',
        expected: 'text that begins with -----BEGIN OPENSSH PRIVATE KEY-----, with its line breaks',
        found:
          /^\s*(ssh-|ecdsa-|PuTTY)/.exec(privateKey)?.[1] === undefined
            ? 'something else'
            : /^\s*PuTTY/.test(privateKey)
              ? 'a key of PuTTY'
              : 'a public key',
        hint: 'Give the whole content of the file without .pub; a key of PuTTY is converted by puttygen KEY.ppk -O private-openssh -o key.',
      },
    );
  }
  return undefined;
}

/** How the host keys are obtained. */
export function describeHostKeyCommand({ host, port }: SshUrl): string {
  const command = `ssh-keyscan ${port === 22 ? '' : `-p ${port} `}${host}`;
  return (
    `Run \`${command}\` from a network that you trust, compare the keys (ssh-keygen -lf -) with what the operator of the ` +
    'machine told you by another way, and put the lines into the input ssh-known-hosts.'
  );
}

/**
 * Runs `work` while a private folder holds the key (mode 600) and the host keys. It is removed when `work` has ended, and when
 * this process exits. What a killed process leaves is removed by the next command, whatever it does; where the runner has a temporary folder of the
 * job it is made there, and removed with the job.
 */
export async function withSshFolder<T>(
  login: SshLogin,
  environment: NodeJS.ProcessEnv,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  if ((await findProgram('ssh', environment)) === undefined) {
    throw createMissingProgramError(
      'ssh',
      'Install the OpenSSH client (Debian and Ubuntu: openssh-client).',
    );
  }
  const folder = makeTemporaryFolder(getTemporaryParent(environment), SSH_PREFIX);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const lines = (text: string) => `${text.replace(/\r\n?/g, '\n').trim()}\n`;
    writeFileSync(join(folder, HOSTS_FILE), lines(login.knownHosts ?? ''), { mode: 0o600 });
    if (login.privateKey !== undefined) {
      writeFileSync(join(folder, KEY_FILE), lines(login.privateKey), { mode: 0o600 });
    }
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}
