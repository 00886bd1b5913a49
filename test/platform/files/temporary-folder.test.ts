import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../../../src/platform/files/temporary-folder.ts';
import { formatProcessName } from '../../../src/platform/process/process-identity.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MODULE = new URL('../../../src/platform/files/temporary-folder.ts', import.meta.url);

/** A process that makes one, puts something into it and is killed. */
function makeAndDie(parent: string): string {
  const program = `import { makeTemporaryFolder } from ${JSON.stringify(MODULE)};
    import { writeFileSync } from 'node:fs';
    const folder = makeTemporaryFolder(process.argv[1], 'tfcache');
    writeFileSync(folder + '/large', 'x');
    process.stdout.write(folder, () => process.kill(process.pid, 'SIGKILL'));`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', program, parent], {
    encoding: 'utf8',
  });
  expect(child.signal).toBe('SIGKILL');
  return child.stdout;
}

test('what a killed process left goes when the next one makes its own', () => {
  const parent = temporaryFolder();
  const left = makeAndDie(parent);
  expect(existsSync(join(left, 'large'))).toBe(true);
  const mine = makeTemporaryFolder(parent, 'tfcache');
  const other = makeTemporaryFolder(parent, 'tfcache');
  expect(readdirSync(parent).sort()).toEqual([basename(mine), basename(other)].sort());
});

test.runIf(process.platform === 'linux')(
  'also when its rsync outlived it and writes there still',
  async () => {
    const parent = temporaryFolder();
    const left = makeAndDie(parent);
    const writing = `const { mkdirSync, writeFileSync } = require('node:fs');
      let count = 0;
      setInterval(() => {
        mkdirSync(process.argv.at(-1), { recursive: true });
        writeFileSync(process.argv.at(-1) + count++, 'x');
        if (count === 3) console.log('at work');
      }, 1);`;
    const words = ['-e', writing, '--', '--partial-dir=.partial', `${left}/staging/`];
    const orphan = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void orphan.kill('SIGKILL'));
    const ended = once(orphan, 'exit');
    await once(orphan.stdout, 'data');
    const mine = makeTemporaryFolder(parent, 'tfcache');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(readdirSync(parent)).toEqual([basename(mine)]);
  },
);

test('what is no abandoned folder of ours stays', () => {
  const parent = temporaryFolder();
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, 'mine'), '');
  const dead = basename(makeAndDie(parent)).slice('tfcache-'.length);
  // The same name, but a link, a file, another prefix; and folders of nobody that can be told.
  symlinkSync(elsewhere, join(parent, `tfcache-${dead.slice(0, -6)}LINKED`));
  writeFileSync(join(parent, `tfcache-${dead.slice(0, -6)}AFILE_`), '');
  const names = [
    `other-${dead}`,
    'tfcache-Xy12zA',
    'tfcache-mine',
    `tfcache-00000000-${process.pid}-1-abcdef`,
  ];
  for (const name of names) mkdirSync(join(parent, name));
  const mine = basename(makeTemporaryFolder(parent, 'tfcache'));
  expect(mine).toContain(formatProcessName());
  expect(readdirSync(parent)).toHaveLength(names.length + 3);
  expect(existsSync(join(elsewhere, 'mine'))).toBe(true);
});

test('a folder of another user is not ours to remove', ({ skip }) => {
  if (process.getuid?.() !== 0 || process.seteuid === undefined)
    return skip('needs root to be someone else');
  const parent = temporaryFolder();
  const left = makeAndDie(parent);
  const chown = spawnSync('chown', ['65534', left]);
  expect(chown.status).toBe(0);
  makeTemporaryFolder(parent, 'tfcache');
  expect(existsSync(left)).toBe(true);
});
