import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** npm pack, then npm install -g of that file without a network. @returns the folder of `bin/tfcache`. */
function installPacked(folder: string): string {
  const npm = (...words: string[]) =>
    execFileSync('npm', [...words, '--offline', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, npm_config_cache: join(folder, 'npm-cache') },
    });
  const name = npm('pack', '--ignore-scripts', '--pack-destination', folder).trim();
  npm('install', '--global', '--prefix', join(folder, 'global'), join(folder, name));
  return join(folder, 'global', 'bin');
}

test.skipIf(process.platform === 'win32')('the packed file installs, and its tfcache pulls', () => {
  const folder = temporaryFolder();
  const bin = installPacked(folder);
  mkdirSync(join(folder, 'mirror/models'), { recursive: true });
  writeFileSync(join(folder, 'mirror/models/a.bin'), 'weights');
  const run = (...words: string[]) =>
    spawnSync(join(bin, 'tfcache'), words, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder },
    });

  expect(run('--version').stdout).toMatch(/^tfcache \d+\.\d+\.\d+\n$/);
  const mirror = `${pathToFileURL(join(folder, 'mirror'))}/`;
  const pulled = run('pull', 'path:models/*.bin', '--mirrors', mirror, '--path', 'out');
  expect(pulled.status, pulled.stderr).toBe(0);
  expect(execFileSync('cat', [join(folder, 'out/models/a.bin')], { encoding: 'utf8' })).toBe(
    'weights',
  );
});

test('the package holds what runs and nothing else', () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
    }),
  ) as { files: { path: string }[] }[];
  const tops = new Set(packed?.files.map(({ path }) => path.split('/')[0]));
  expect([...tops].sort()).toEqual([
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'dist',
    'package.json',
  ]);
});
