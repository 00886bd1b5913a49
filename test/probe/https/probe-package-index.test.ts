import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type IndexServer, startIndexServer } from '../../support/index-server.ts';
import { probeAll, probeMirror } from '../../support/probing.ts';
import { freePort } from '../../support/rsync-daemon.ts';
import { startTcpServer } from '../../support/tcp-servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const wheel = (version: string) => ({
  name: `tensorflow-${version}-cp311-cp311-manylinux_2_17_x86_64.whl`,
  content: Buffer.from(version),
});
const WHEELS = [wheel('2.9.0'), wheel('2.15.0'), wheel('2.16.0rc1')];

async function indexOf(...args: Parameters<typeof startIndexServer>): Promise<IndexServer> {
  const server = await startIndexServer(...args);
  onTestFinished(() => server.stop());
  return server;
}

/** Of a machine without any configuration of pip but this. */
function environmentWith(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], PIP_CONFIG_FILE: '/dev/null', ...variables };
}

describe('a package index', () => {
  it.each(['json', 'html'] as const)('in %s is usable, its wheels newest first', async (form) => {
    const index = await indexOf({ tensorflow: WHEELS }, form);
    const found = await probeMirror(`pypi=${index.url}`);
    expect(found).toMatchObject({
      verdict: 'usable',
      problem: undefined,
      bucket: 'pypi',
      url: index.url,
      content: { names: [WHEELS[2]?.name, WHEELS[1]?.name, WHEELS[0]?.name], total: 3 },
    });
    expect(found.roundTrips.map(({ of }) => of)).toEqual(['connect', 'answer']);
    expect(found.printed).toMatch(/^usable +http/m);
    expect(index.requests.every((request) => request.startsWith('GET /simple/tensorflow'))).toBe(
      true,
    );
  });

  it('may have TensorFlow under its other name alone', async () => {
    const index = await indexOf({
      'tensorflow-cpu': [{ ...wheel('2.15.0'), name: 'tensorflow_cpu-2.15.0-py3-none-any.whl' }],
    });
    expect((await probeMirror(`pypi=${index.url}`)).verdict).toBe('usable');
  });

  it('that has no TensorFlow, or is at another address, says what to do', async () => {
    const index = await indexOf({ numpy: WHEELS });
    const found = await probeMirror(`pypi=${index.url}`);
    expect(found).toMatchObject({ verdict: 'unusable', problem: { reason: 'folder-unknown' } });
    expect(found.printed).toContain('no project tensorflow and no project tensorflow-cpu');
    expect(found.problem?.hint).toContain('/simple/');
  });

  it('without a wheel is of no use', async () => {
    const index = await indexOf({ tensorflow: [] }, 'html');
    expect((await probeMirror(`pypi=${index.url}`)).problem?.reason).toBe('mirror-empty');
  });

  it('is told from a login page, and from a server that is not there', async () => {
    const page = '<html><title>Hotel</title><input type="password"></html>';
    const port = await startTcpServer((socket) => {
      socket.once('data', () => {
        socket.end(
          `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n${page}`,
        );
      });
    });
    const portal = await probeMirror(`pypi=http://127.0.0.1:${port}/simple/`);
    expect(portal.problem?.reason).toBe('captive-portal');
    const gone = await probeMirror(`pypi=http://127.0.0.1:${await freePort()}/simple/`);
    expect(gone.problem?.reason).toBe('connection-refused');
  });
});

describe('pypi=pip', () => {
  it('is the index of PIP_INDEX_URL; its password is shown nowhere', async () => {
    const index = await indexOf({ tensorflow: WHEELS });
    const environment = environmentWith({
      PIP_INDEX_URL: index.url.replace('://', '://ci:s3cret@'),
    });
    const report = await probeAll(['pypi=pip'], { environment });
    expect(report.mirrors[0]).toMatchObject({ verdict: 'usable', url: index.url });
    expect(report.mirrors[0]?.notes).toEqual(['pypi=pip: from PIP_INDEX_URL.']);
    expect(JSON.stringify(report)).not.toContain('s3cret');
  });

  it('is the index of a file of pip’s, which is named', async () => {
    const index = await indexOf({ tensorflow: WHEELS });
    const folder = temporaryFolder();
    const file = join(folder, 'named.conf');
    writeFileSync(file, `[global]\nindex-url = ${index.url}\n`);
    const environment = environmentWith({
      PIP_CONFIG_FILE: file,
      HOME: folder,
      XDG_CONFIG_DIRS: folder,
    });
    const found = await probeMirror('pypi=pip', { environment });
    expect(found).toMatchObject({ verdict: 'usable', url: index.url });
    expect(found.notes).toEqual([`pypi=pip: from ${file}.`]);
  });

  it.each([
    [{ PATH: '/nowhere' }, 'pip-missing', 'no pip to ask for its default'],
    [{ PIP_NO_INDEX: '1' }, 'pip-index-disabled', 'configured to ask no package index'],
    [{ PIP_INDEX_URL: 'file:///srv/simple/' }, 'mirror-invalid', 'is no package index'],
    [{ PIP_INDEX_URL: 'https://u:s3cret@h/simple/?x' }, 'mirror-invalid', 'URL cannot be used'],
  ])(
    'that is nothing with %j says so beside what the others say',
    async (variables, reason, message) => {
      const index = await indexOf({ tensorflow: WHEELS });
      const report = await probeAll(['pypi=pip', `pypi=${index.url}`], {
        environment: environmentWith(variables),
      });
      expect(report.mirrors.map(({ verdict }) => verdict)).toEqual(['unusable', 'usable']);
      expect(report.mirrors[0]?.problem).toMatchObject({ reason });
      expect(report.mirrors[0]?.problem?.message).toContain(message);
      expect(report.mirrors[0]?.problem?.hint).not.toBe('');
      expect(JSON.stringify(report)).not.toContain('s3cret');
    },
  );
});
