import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parseModules } from '../../../src/mirror/rsync/output/modules.ts';
import { ensureRsync } from '../../../src/mirror/rsync/process/install.ts';
import { checkVersion, probeRsync } from '../../../src/mirror/rsync/process/version.ts';
import { silentLog } from '../../../src/platform/log.ts';

const root = mkdtempSync(join(tmpdir(), 'tfcache-program-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('which rsync it is', () => {
  test('the one of this machine', async () => {
    expect(await probeRsync('rsync', process.env)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  const text = (version: string) =>
    `rsync  version ${version}  protocol version 31\nCopyright (C) 1996-2022 by Andrew Tridgell`;
  test.each([
    [text('3.5.0'), undefined],
    ['{\n "program": "rsync",\n "version": "3.6.1pre1"\n}', undefined],
    [text('3.2.7'), /CVE-2024-12087.*CVE-2026-53789/],
    [text('v3.4.1'), /CVE-2026-43620.*CVE-2026-53789/],
    ['{"program":"rsync","version":"3.4.4"}', /use CVE-2026-53789/],
  ])('%j: warning %s', (printed, warning) => {
    const found = checkVersion('rsync', printed).warning;
    if (warning === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(warning);
  });

  test.each([
    [text('3.2.4'), 'too old'],
    [text('2.6.9'), 'too old'],
    ['openrsync: protocol version 29\nrsync version 2.6.9 compatible', 'openrsync'],
    ['GNU coreutils 9.1', 'does not seem to be rsync'],
    ['', 'does not seem to be rsync'],
    ['{"program":"rsync"}', 'does not seem to be rsync'],
  ])('%j is refused', (printed, message) => {
    expect(() => checkVersion('/x/rsync', printed)).toThrow(message);
  });
});

test('the modules that a daemon lists, whatever it says before', () => {
  expect(parseModules('Welcome!\n\ntensorflow     \tTensorFlow\nkeras data\t\na\tb\tc\n')).toEqual([
    'tensorflow',
    'keras data',
    'a',
  ]);
});

describe('a machine without rsync', () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(root, 'bin-'));
  });
  const program = (name: string, script: string) =>
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${bin}/log"\n${script}\n`, {
      mode: 0o755,
    });
  const install = `if [ "$1" = install ] || [ "$1" = add ]; then printf '#!/bin/sh\\n' > "${'$'}{0%/*}/rsync"; /bin/chmod 755 "${'$'}{0%/*}/rsync"; fi`;
  const said = () => readFileSync(join(bin, 'log'), 'utf8').trim().split('\n');
  const ensure = (isRoot: boolean, rsyncPath = 'rsync') =>
    ensureRsync({ rsyncPath, environment: { PATH: bin }, log: silentLog, isRoot });

  test('root installs it', async () => {
    program('apt-get', install);
    expect(await ensure(true)).toBe(join(bin, 'rsync'));
    expect(said()).toEqual(['apt-get update', 'apt-get install -y --no-install-recommends rsync']);
  });

  test('so does a user whom sudo asks for no password', async () => {
    program('apk', install);
    program('sudo', 'shift; exec "$@"');
    program('true', '');
    expect(await ensure(false)).toBe(join(bin, 'rsync'));
    expect(said()).toEqual([
      'sudo -n true',
      'true ',
      'sudo -n apk add --no-cache rsync',
      'apk add --no-cache rsync',
    ]);
  });

  test('a user whom sudo asks is told the command', async () => {
    program('dnf', install);
    program('sudo', 'exit 1');
    await expect(ensure(false)).rejects.toMatchObject({
      code: 'failed',
      hint: 'Install it before this step: sudo dnf install -y rsync',
    });
    expect(said()).toEqual(['sudo -n true']);
  });

  test('an installation that fails says why', async () => {
    program('apt-get', 'echo "E: no network" >&2; exit 100');
    await expect(ensure(true)).rejects.toMatchObject({
      found: 'E: no network',
      hint: expect.stringContaining('apt-get install'),
    });
  });

  test('no package manager that is known', async () => {
    await expect(ensure(true)).rejects.toMatchObject({
      hint: expect.stringContaining('package manager'),
    });
  });

  test('a program that the user named is never installed', async () => {
    program('apt-get', install);
    mkdirSync(join(bin, 'folder'));
    for (const path of ['/no/such/rsync', 'myrsync', join(bin, 'folder')]) {
      await expect(ensure(true, path)).rejects.toMatchObject({ where: path });
    }
    expect(() => said()).toThrow('ENOENT');
  });
});
