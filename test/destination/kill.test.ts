import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startChild } from '../support/child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { wantedOf } from './kill-work.ts';

const KILLS = 30;
const CHILD = new URL('./kill-child.ts', import.meta.url);

/** Contents by place, without what is tfcache's own. */
function readTree(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), path] as const)
      .filter(([place]) => !place.startsWith('@'))
      .map(([place, path]) => [place, readFileSync(path, 'utf8')]),
  );
}

test(`killed ${KILLS} times while it publishes, each place has its old file or its new one`, async () => {
  const root = temporaryFolder();
  const folder = join(root, 'destination');
  mkdirSync(join(folder, 'folder 1'), { recursive: true });
  writeFileSync(join(folder, 'folder 1', 'mine'), 'mine');
  const possible = new Map<string, string[]>([['folder 1/mine', ['mine']]]);
  for (const { path, content } of [...wantedOf('one'), ...wantedOf('two')]) {
    possible.set(path, [...(possible.get(path) ?? []), content]);
  }
  for (let kill = 0; kill < KILLS; kill += 1) {
    const version = kill % 2 === 0 ? 'one' : 'two';
    const link = kill % 3 === 0 ? 'copy' : 'auto';
    const child = startChild(CHILD, [root, version, link, '1000']);
    await child.printed('working');
    await sleep(Math.random() * 120);
    child.process.kill('SIGKILL');
    expect((await child.ended()).signal).toBe('SIGKILL');
    for (const [place, content] of readTree(folder)) {
      expect(possible.get(place), place).toContain(content);
    }
    expect(readdirSync(folder)).not.toContain('@tfcache.changed');
  }
  for (const version of ['one', 'two'] as const) {
    expect((await startChild(CHILD, [root, version, 'auto', '1']).ended()).code).toBe(0);
    const wanted = new Map(wantedOf(version).map(({ path, content }) => [path, content]));
    expect(readTree(folder)).toEqual(new Map([...wanted, ['folder 1/mine', 'mine']]));
    expect(readdirSync(folder).filter((name) => name.startsWith('@'))).toEqual(['@tfcache.json']);
  }
}, 120_000);
