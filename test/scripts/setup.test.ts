import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../support/runner.ts';

const folder = mkdtempSync(join(tmpdir(), 'tfcache-setup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function setup(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [join(ROOT, 'scripts', 'setup.mjs'), ...words], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
}

test('says nothing when everything is there', () => {
  const { status, stdout, stderr } = setup([]);
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});

test.runIf(process.platform !== 'win32')('names every missing program, and what to do', () => {
  // No program is found there, apt-get and sudo neither.
  const { status, stderr } = setup(['example-package=tfcache-no-such-program'], { PATH: folder });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^setup: missing: .*example-package\. Run:\n {2}\S/m);
});

test('runs a program with Node 24, its arguments and its exit code', () => {
  const file = join(folder, 'program.ts');
  writeFileSync(
    file,
    'const words: string[] = process.argv.slice(2);\nconsole.log(process.version, words.join("|"));\nprocess.exit(7);\n',
  );
  const { status, stdout } = setup(['--run', file, 'one', '--run', 'two words']);
  expect(stdout).toMatch(/^v24\.\S+ one\|--run\|two words\n$/);
  expect(status).toBe(7);
});
