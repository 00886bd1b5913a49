import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import type { FetchFile, FetchResult, Mirror } from '../../src/mirror/mirror.ts';
import { createRsyncMirror, type RsyncMirrorOptions } from '../../src/mirror/rsync/rsync-mirror.ts';
import { recordingLog } from './recording-log.ts';

/** A folder for trees and staging, a log, and mirrors that do not really wait between tries. */
export interface RsyncWorkbench {
  readonly root: string;
  readonly log: ReturnType<typeof recordingLog>;
  /** What was waited between tries, in milliseconds. */
  readonly pauses: number[];
  /** A new folder for what is fetched. */
  staging(): string;
  put(path: string, content: string | Buffer): void;
  mirror(url: string, changes?: Partial<RsyncMirrorOptions>): Mirror;
  remove(): void;
}

export function createRsyncWorkbench(): RsyncWorkbench {
  const root = mkdtempSync(join(tmpdir(), 'tfcache-rsync-'));
  const log = recordingLog();
  const pauses: number[] = [];
  return {
    root,
    log,
    pauses,
    staging: () => mkdtempSync(join(root, 'staging-')),
    put(path, content) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    },
    mirror: (url, changes = {}) =>
      createRsyncMirror({
        url,
        bucket: 'tensorflow',
        rsyncPath: 'rsync',
        timeout: 20,
        retries: 0,
        bandwidthLimit: undefined,
        password: undefined,
        environment: process.env,
        log,
        sleep: async (milliseconds) => {
          pauses.push(milliseconds);
        },
        ...changes,
      }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A workbench for the tests of a file: what was logged and waited is forgotten before each, all is removed after the last. */
export function useRsyncWorkbench(): RsyncWorkbench {
  const bench = createRsyncWorkbench();
  beforeEach(() => {
    bench.log.lines.length = 0;
    bench.pauses.length = 0;
  });
  afterAll(() => bench.remove());
  // Where no test of the file is run, nothing comes after the last.
  process.once('exit', () => bench.remove());
  return bench;
}

/** Fetches, and says which files were told. What is told must stand there. */
export async function fetchInto(
  mirror: Mirror,
  files: readonly FetchFile[],
  staging: string,
  signal?: AbortSignal,
): Promise<FetchResult & { told: string[]; bytesTold: number }> {
  const told: string[] = [];
  let bytesTold = 0;
  const events = {
    onFile(path: string) {
      if (!lstatSync(join(staging, path)).isFile()) throw new Error(`${path} is not there`);
      told.push(path);
    },
    onBytes(bytes: number) {
      bytesTold += bytes;
    },
  };
  const result = await mirror.fetch('tensorflow', files, staging, events, signal);
  return { ...result, told, bytesTold };
}

/** Every path below a folder that is no folder itself. */
export function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
