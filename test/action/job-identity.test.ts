import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { getJobIdentity } from '../../src/action/job-identity.ts';
import { silentLog } from '../../src/platform/log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const identity = (temporary: string | undefined) => getJobIdentity(temporary, silentLog);

const STEPS = 2;
const JOBS = 60;

/** One step after the other of each job asks, and all steps of a job at the same moment. */
const STEP = `
  const { workerData, parentPort } = require('node:worker_threads');
  const { module, folders, gate, steps } = workerData;
  import(module).then(({ getJobIdentity }) => {
    const turns = new Int32Array(gate);
    parentPort.postMessage(folders.map((folder, at) => {
      Atomics.add(turns, at, 1);
      while (Atomics.load(turns, at) < steps);
      return getJobIdentity(folder, { debug() {} }) ?? 'none';
    }));
  });
`;

describe("a job's identity", () => {
  it('is the same for all of its steps, and no other job’s', () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    const first = identity(one);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(identity(one)).toBe(first);
    expect(identity(other)).not.toBe(first);
    expect(readdirSync(join(one, 'tfcache'))).toEqual(['job']);
  });

  it('is the same for steps that begin at the same moment', async () => {
    const folders = Array.from({ length: JOBS }, () => temporaryFolder());
    const gate = new SharedArrayBuffer(4 * JOBS);
    const module = new URL('../../src/action/job-identity.ts', import.meta.url).href;
    const workerData = { module, folders, gate, steps: STEPS };
    const told = await Promise.all(
      Array.from(
        { length: STEPS },
        () =>
          new Promise<string[]>((resolve, reject) => {
            const worker = new Worker(STEP, { eval: true, workerData });
            worker.once('message', resolve);
            worker.once('error', reject);
          }),
      ),
    );
    for (const at of folders.keys()) {
      const seen = new Set(told.map((identities) => identities[at]));
      expect([...seen], `job ${at}`).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    }
  });

  it('is not known where a file of nobody stands in its place', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'tfcache'));
    writeFileSync(join(folder, 'tfcache', 'job'), '');
    expect(identity(folder)).toBeUndefined();
  });

  it('is not known outside of a runner, or where nothing can be written', () => {
    expect(identity(undefined)).toBeUndefined();
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(identity(file)).toBeUndefined();
  });
});
