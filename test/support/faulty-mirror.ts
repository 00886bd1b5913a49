import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { type Fault, type FaultyServer, startFaultyHttp } from './faulty-http.ts';
import { temporaryFolder } from './https-mirror.ts';

/** What the server has at `a/x.whl` unless told otherwise. */
export const DATA = randomBytes(300_000);
export const WANTED = { path: 'a/x.whl', size: DATA.length, mtime: 1_641_361_510 };

export interface FaultyMirror {
  /** New for each test; nothing may be written beside it. */
  staging(): string;
  /** A server that answers as told; stopped after the test. */
  serve(fault: Fault, files?: Readonly<Record<string, Buffer>>): Promise<FaultyServer>;
}

/** For the tests of a file: after each it is looked whether anything stands beside staging. */
export function useFaultyMirror(): FaultyMirror {
  let temporary: ReturnType<typeof temporaryFolder> | undefined;
  let servers: FaultyServer[] = [];
  const folder = () => temporary?.folder ?? '';

  beforeEach(() => {
    temporary = temporaryFolder();
  });
  afterEach(async () => {
    expect(readdirSync(folder()).filter((name) => name !== 'staging')).toEqual([]);
    await Promise.all(servers.map((server) => server.stop()));
    servers = [];
    temporary?.remove();
  });
  return {
    staging: () => join(folder(), 'staging'),
    async serve(fault, files = { 'a/x.whl': DATA }) {
      const server = await startFaultyHttp(files, fault);
      servers.push(server);
      return server;
    },
  };
}
