import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadState, saveState } from '../../src/action/state.ts';
import type { SaveWork } from '../../src/pull/types.ts';
import { readCommands } from '../support/runner.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfcache-state-'));
  writeFileSync(join(folder, 'state'), '');
  process.env['GITHUB_STATE'] = join(folder, 'state');
});
afterEach(() => {
  delete process.env['GITHUB_STATE'];
  delete process.env['STATE_tfcache'];
  rmSync(folder, { recursive: true });
});

function workOf(files: number): SaveWork {
  return {
    version: 1,
    cache: 'github',
    cacheKeyPrefix: 'tfcache',
    store: '/store',
    files: Array.from({ length: files }, (_, index) => ({
      bucket: 'tensorflow',
      path: `a/文件 "${index}"\n`,
      size: index,
      mtime: 1_700_000_000,
      sha256: index.toString(16).padStart(64, '0'),
    })),
    offeredCount: 0,
    wasCacheDown: false,
    artifacts: [
      {
        id: 'path:a/**',
        files: Array.from({ length: files }, (_, index) => index),
        isComplete: true,
      },
    ],
    evicted: ['key'],
    poisoned: ['ab'.repeat(32)],
  };
}

/** What the runner does between main and post. */
function handOver(): string {
  const text = readCommands(join(folder, 'state'))['tfcache'] ?? '';
  process.env['STATE_tfcache'] = text;
  return text;
}

describe('state between main and post', () => {
  it.each([1, 20, 2000])('hands over the work of %i files', (files) => {
    saveState(workOf(files), folder);
    expect(handOver().length).toBeLessThan(20_000);
    expect(loadState()).toEqual(workOf(files));
  });

  it('is nothing when main left nothing', () => {
    expect(loadState()).toBeUndefined();
  });

  it('is refused when the file is not the one that main wrote', () => {
    saveState(workOf(2000), folder);
    handOver();
    const [name = ''] = readdirSync(join(folder, 'tfcache'));
    const file = join(folder, 'tfcache', name);
    writeFileSync(file, readFileSync(file, 'utf8').replace('/store', '/other'));
    expect(() => loadState()).toThrow('is not what the main step wrote');
  });

  it.each(['', '[]', '{}', '{"version":9}'])('is refused when it is %j', (text) => {
    process.env['STATE_tfcache'] = text;
    if (text === '') expect(loadState()).toBeUndefined();
    else expect(() => loadState()).toThrow();
  });
});
