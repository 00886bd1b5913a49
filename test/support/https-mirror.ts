import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpsMirror, type HttpsMirrorOptions } from '../../src/mirror/https/https-mirror.ts';
import type { FetchFile, Mirror } from '../../src/mirror/mirror.ts';
import { TfcacheError } from '../../src/platform/error.ts';
import type { Log } from '../../src/platform/log.ts';

/** A mirror with short pauses and no surroundings: a test states only what matters to it. */
export function testMirror(url: string, overrides: Partial<HttpsMirrorOptions> = {}): Mirror {
  return createHttpsMirror({
    url,
    bucket: 'tensorflow',
    timeout: 5,
    retries: 2,
    firstPauseSeconds: 0.01,
    bandwidthLimit: undefined,
    connections: 4,
    environment: {},
    log: recordingLog().log,
    ...overrides,
  });
}

export function recordingLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const add = (level: string) => (message: string) => {
    lines.push(`${level}: ${message}`);
  };
  return {
    lines,
    log: { info: add('info'), warning: add('warning'), error: add('error'), debug: add('debug') },
  };
}

export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Fetches and tells what happened. */
export async function fetchInto(
  mirror: Mirror,
  staging: string,
  files: readonly FetchFile[],
  signal?: AbortSignal,
) {
  const arrived: string[] = [];
  let bytes = 0;
  const result = await mirror.fetch(
    'tensorflow',
    files,
    staging,
    {
      onFile: (path) => arrived.push(path),
      onBytes: (count) => {
        bytes += count;
      },
    },
    signal,
  );
  return { ...result, arrived, bytes };
}

/** The TfcacheError that work ends with. */
export async function errorOf(work: Promise<unknown>): Promise<TfcacheError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof TfcacheError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}
