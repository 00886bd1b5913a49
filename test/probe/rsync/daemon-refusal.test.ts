import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { daemonWith, mirrorFolder } from '../../support/probed-daemon.ts';
import { probeMirror } from '../../support/probing.ts';
import { startTcpServer } from '../../support/tcp-servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a daemon that refuses', () => {
  it('names what it offers when the module is wrong', async () => {
    const folder = mirrorFolder();
    const daemon = await daemonWith({ tensorflow: folder, keras: folder });
    const found = await probeMirror(daemon.url('tensorflw'));
    expect(found.problem).toMatchObject({
      reason: 'module-unknown',
      message: 'The mirror has no module tensorflw; it offers keras, tensorflow.',
      hint: 'Did you mean tensorflow?',
    });
    expect(found.printed).toContain('The mirror cannot be used.');
  });

  it('names the folder that is not in the module', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const found = await probeMirror(`${daemon.url('tensorflow')}nope/`);
    expect(found.problem).toMatchObject({ reason: 'folder-unknown' });
    expect(found.problem?.message).toContain('nope');
  });

  it('by address, by password, by number, by an empty or a missing folder', async () => {
    const folder = mirrorFolder();
    const secrets = join(temporaryFolder(), 'secrets');
    writeFileSync(secrets, 'ci:geheim\n');
    chmodSync(secrets, 0o600);
    const daemon = await daemonWith({
      closed: { path: folder, lines: ['hosts deny = *'] },
      login: { path: folder, lines: ['auth users = ci', `secrets file = ${secrets}`] },
      full: { path: folder, lines: ['max connections = -1'] },
      gone: join(folder, 'nowhere'),
      empty: temporaryFolder(),
    });
    const reasonOf = async (url: string, password?: string) => {
      const found = await probeMirror(url, { rsyncPassword: password });
      expect(found.verdict === 'unusable').toBe(found.problem !== undefined);
      expect(found.printed).not.toContain('geheim');
      return found.problem?.reason;
    };
    expect(await reasonOf(daemon.url('closed'))).toBe('access-denied');
    expect(await reasonOf(daemon.url('login'))).toBe('login-required');
    expect(await reasonOf(`rsync://ci@127.0.0.1:${daemon.port}/login/`, 'wrong')).toBe(
      'login-refused',
    );
    expect(await reasonOf(`rsync://ci@127.0.0.1:${daemon.port}/login/`, 'geheim')).toBeUndefined();
    expect(await reasonOf(daemon.url('full'))).not.toBe('module-unknown');
    expect(await reasonOf(daemon.url('gone'))).toBe('folder-unknown');
    expect(await reasonOf(daemon.url('empty'))).toBe('mirror-empty');
  });

  it('because it is full says so by its own number', async () => {
    const port = await startTcpServer((socket) => {
      socket.write('@RSYNCD: 31.0 sha512 md5\n');
      socket.on('data', (data) => {
        if (data.includes('#list')) socket.end('tensorflow     \tTF\n@RSYNCD: EXIT\n');
        else if (/\ntensorflow\n|^tensorflow\n/.test(data.toString()))
          socket.end('@ERROR: max connections (4) reached -- try again later\n');
      });
    });
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'mirror-busy' });
    expect(found.problem?.message).toContain('max connections (4) reached');
  });

  it('in other words is not transient', async () => {
    const port = await startTcpServer((socket) => socket.end('@ERROR: go away\n'));
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'mirror-refused', found: '@ERROR: go away' });
  });
});
