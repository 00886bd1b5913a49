import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toVariableName } from '../../src/cli/options.ts';
import { INPUT_NAMES } from '../../src/inputs/table.ts';
import { startRsyncDaemon } from '../support/rsync-daemon.ts';
import { ROOT } from '../support/runner.ts';
import { startSshServer } from '../support/ssh-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { HAS_YAML, readYaml } from '../support/yaml.ts';

const LINUX = process.platform === 'linux';
const MAKE_ROOT = join(ROOT, 'deploy/make-root.mjs');

const make = (...args: string[]) =>
  spawnSync(process.execPath, [MAKE_ROOT, ...args], { encoding: 'utf8' });

describe.skipIf(!LINUX)('the root of the image', () => {
  // chroot(2) is for root; scripts/test-kubernetes.ts runs the image itself, also as another user.
  test.skipIf(process.getuid?.() !== 0)('holds all that a pull needs', async () => {
    const root = join(temporaryFolder(), 'root');
    expect(make(root)).toMatchObject({ status: 0, stderr: '' });
    const tree = temporaryFolder();
    writeFileSync(join(tree, 'a.txt'), 'file a');
    const daemon = await startRsyncDaemon({ modules: { m: tree } });
    try {
      const environment = { PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/bin', TMPDIR: '/tmp' };
      const inside = (...args: string[]) =>
        spawnSync('chroot', [root, ...args], { encoding: 'utf8', env: environment });

      const args = ['pull', 'path:*.txt', '--mirrors', daemon.url('m'), '--path', '/work/out'];
      const pulled = inside('/usr/local/bin/tfcache', ...args);
      expect(pulled.status, pulled.stderr).toBe(0);
      expect(readFileSync(join(root, 'work/out/a.txt'), 'utf8')).toBe('file a');

      for (const program of ['rsync', 'tar', 'zstd', 'timeout', 'find', 'sha256sum']) {
        expect(inside(`/usr/bin/${program}`, '--version')).toMatchObject({ status: 0 });
      }
      // The warm script runs on what is in the image alone; without a store it says so.
      expect(inside('/usr/local/bin/tfcache-warm-store').stderr).toContain('TFCACHE_STORE');
      expect(existsSync(join(root, 'etc/ssl/certs/ca-certificates.crt'))).toBe(
        existsSync('/etc/ssl/certs/ca-certificates.crt'),
      );
    } finally {
      await daemon.stop();
    }
  });

  test.skipIf(process.getuid?.() !== 0)('reaches a mirror by ssh', async () => {
    const root = join(temporaryFolder(), 'root');
    expect(make(root)).toMatchObject({ status: 0 });
    // A container has devices; ssh wants this one.
    mkdirSync(join(root, 'dev'));
    writeFileSync(join(root, 'dev/null'), '', { mode: 0o666 });
    const tree = temporaryFolder();
    writeFileSync(join(tree, 'a.txt'), 'file a');
    const server = await startSshServer();
    try {
      const pulled = spawnSync(
        'chroot',
        [root, '/usr/local/bin/tfcache', 'pull', 'path:*.txt', '--path', '/work/out'],
        {
          encoding: 'utf8',
          env: {
            PATH: '/usr/local/bin:/usr/sbin:/usr/bin:/bin',
            TMPDIR: '/tmp',
            HOME: '/root',
            TFCACHE_MIRRORS: server.url(tree),
            TFCACHE_SSH_PRIVATE_KEY: server.privateKey,
            TFCACHE_SSH_KNOWN_HOSTS: server.knownHosts,
          },
        },
      );
      expect(pulled.status, pulled.stderr).toBe(0);
      expect(readFileSync(join(root, 'work/out/a.txt'), 'utf8')).toBe('file a');
    } finally {
      await server.stop();
    }
  });

  test('is never made where something else is', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mine'), 'mine');
    expect(make(folder)).toMatchObject({ status: 1, stderr: expect.stringContaining('something') });
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
    expect(make()).toMatchObject({ status: 1, stderr: expect.stringContaining('usage') });
  });
});

test('the Containerfile asks no registry for anything', () => {
  const text = readFileSync(join(ROOT, 'deploy/Containerfile'), 'utf8');
  expect(text.match(/^FROM .*$/gm)).toEqual(['FROM scratch']);
  expect(text).not.toMatch(/--from=/);
});

describe.skipIf(!HAS_YAML)('deploy/kubernetes', () => {
  const read = (name: string) => readYaml(join(ROOT, 'deploy/kubernetes', `${name}.yaml`))[0];

  test('every variable of the settings is one of tfcache', () => {
    const settings = read('settings') as { data: Record<string, string> };
    const known = INPUT_NAMES.map(toVariableName);
    expect(Object.keys(settings.data).filter((name) => !known.includes(name))).toEqual([]);
  });

  test('all three run the same container, as little privileged as it can be, on the same volumes', () => {
    const pod = read('pod') as { spec: PodSpec };
    const deployment = read('deployment') as { spec: { template: { spec: PodSpec } } };
    const cronJob = read('cronjob') as {
      spec: { jobTemplate: { spec: { template: { spec: PodSpec } } } };
    };
    const one = pod.spec;
    const service = deployment.spec.template.spec;
    const warm = cronJob.spec.jobTemplate.spec.template.spec;

    expect(service.initContainers).toEqual(one.initContainers);
    expect(service.volumes).toEqual(one.volumes);
    const [init] = one.initContainers ?? [];
    const [container] = warm.containers;
    expect(container?.['securityContext']).toEqual(init?.['securityContext']);
    expect(container?.['envFrom']).toEqual(init?.['envFrom']);
    expect(container?.['image']).toEqual(init?.['image']);
    expect(one.volumes).toEqual(expect.arrayContaining(warm.volumes));
    expect(init?.['securityContext']).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  interface PodSpec {
    initContainers?: Record<string, unknown>[];
    containers: Record<string, unknown>[];
    volumes: unknown[];
  }
});
