import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { FetchResult, Mirror } from '../../src/mirror/mirror.ts';
import type { RsyncMirrorOptions } from '../../src/mirror/rsync/rsync-mirror.ts';
import {
  FOLDER,
  type HostileDaemon,
  type HostileOptions,
  startHostileDaemon,
  type WireEntry,
} from './hostile-daemon.ts';
import {
  everythingIn,
  fetchInto,
  type RsyncWorkbench,
  useRsyncWorkbench,
} from './rsync-workbench.ts';

/** The folder that a list begins with. */
export const TOP: WireEntry = { name: '.', mode: FOLDER };

/** Five bytes, whatever is asked for. */
export const content = (): Buffer[] => [Buffer.from('hello')];

export const asked = (...paths: string[]) =>
  paths.map((path) => ({ path, size: 5, mtime: undefined }));

export interface HostileBench {
  readonly bench: RsyncWorkbench;
  /** New for each test; nothing may be written beside it. */
  staging(): string;
  /** A mirror of a daemon that does as told; stopped after the test. */
  mirror(options: HostileOptions, changes?: Partial<RsyncMirrorOptions>): Promise<Mirror>;
  /** What there is after a fetch, whether it failed or not. */
  attempt(
    options: HostileOptions,
    paths: readonly string[],
  ): Promise<{ outcome: FetchResult | Error; there: string[] }>;
}

/** For the tests of a file: after each it is looked whether anything outside of staging was touched. */
export function useHostileBench(): HostileBench {
  const bench = useRsyncWorkbench();
  let daemon: HostileDaemon | undefined;
  let staging = '';
  /** Beside staging: what a mirror must not reach. */
  let beside: string[] = [];

  beforeEach(() => {
    staging = join(bench.staging(), 'inner');
    writeFileSync(join(staging, '../victim'), 'untouched');
    beside = readdirSync(bench.root).sort();
  });
  afterEach(async () => {
    await daemon?.stop();
    daemon = undefined;
    expect(readFileSync(join(staging, '../victim'), 'utf8')).toBe('untouched');
    expect(readdirSync(join(staging, '..')).filter((name) => name !== 'inner')).toEqual(['victim']);
    expect(readdirSync(bench.root).sort()).toEqual(beside);
  });

  async function mirror(options: HostileOptions, changes: Partial<RsyncMirrorOptions> = {}) {
    daemon = await startHostileDaemon(options);
    return bench.mirror(daemon.url, { timeout: 5, ...changes });
  }

  return {
    bench,
    staging: () => staging,
    mirror,
    async attempt(options, paths) {
      const hostile = await mirror(options);
      const outcome = await fetchInto(hostile, asked(...paths), staging).catch(
        (error: Error) => error,
      );
      let there: string[] = [];
      try {
        there = everythingIn(staging);
      } catch {
        // Not even made.
      }
      return { outcome, there };
    },
  };
}
