import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Mirror } from '../../src/mirror/mirror.ts';
import type { RsyncMirrorOptions } from '../../src/mirror/rsync/rsync-mirror.ts';
import { type RsyncWorkbench, useRsyncWorkbench } from './rsync-workbench.ts';
import { type SshServer, startSshServer } from './ssh-server.ts';

export interface SshBench {
  readonly bench: RsyncWorkbench;
  /** Runs from before the first test to after the last. */
  server(): SshServer;
  /** New for each test: holds what tfcache makes for ssh. */
  temporary(): string;
  /** Logs in as the server allows, unless told otherwise. */
  mirror(url: string, changes?: Partial<RsyncMirrorOptions>): Mirror;
  /** The URL of a folder of the workbench. */
  tree(path?: string): string;
}

/** An SSH server and a workbench for the tests of a file. @param authorized further public keys that may log in. */
export function useSshBench(authorized: readonly string[] = []): SshBench {
  const bench = useRsyncWorkbench();
  let server: SshServer | undefined;
  let temporary = '';

  beforeAll(async () => {
    server = await startSshServer({ authorized });
  });
  afterAll(() => server?.stop());
  beforeEach(() => {
    temporary = mkdtempSync(join(bench.root, 'runner temp-'));
  });
  const running = () => {
    if (server === undefined) throw new Error('the SSH server does not run yet');
    return server;
  };
  return {
    bench,
    server: running,
    temporary: () => temporary,
    mirror: (url, changes = {}) =>
      bench.mirror(url, {
        ssh: { privateKey: running().privateKey, knownHosts: running().knownHosts },
        environment: { ...process.env, RUNNER_TEMP: temporary, SSH_AUTH_SOCK: undefined },
        ...changes,
      }),
    tree: (path = '/tree/{bucket}') => running().url(`${bench.root}${path}`),
  };
}
