import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDestination } from '../../../src/destination/destination.ts';
import { readDestinationRecord } from '../../../src/destination/record/record.ts';
import { silentLog } from '../../../src/platform/log.ts';
import type { FetchedFile } from '../../../src/pull/fetch/fetched.ts';
import { publishFetched } from '../../../src/pull/publish/publish.ts';
import type { SourceName } from '../../../src/report/report.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { startChild } from '../../support/child.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHILD = new URL('../../store/claims/staging-child.ts', import.meta.url);
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

/** A destination and a store, as several runs see them. */
function open() {
  const root = temporaryFolder();
  const folder = join(root, 'destination');
  const storeFolder = join(root, 'store');

  /** One run; its destination remembers what it read. */
  function run() {
    const log = recordingLog();
    const destination = openDestination(folder, log);
    const store = openStore(storeFolder, { log });
    const publish = (files: FetchedFile[], job: string, signal = new AbortController().signal) =>
      publishFetched(files, destination, () => store, {
        link: 'auto',
        job,
        log,
        signal,
        hasFetched: false,
      });
    const fetched = (path: string, source: SourceName): FetchedFile => {
      const sha256 = sha256Of(path);
      const size = path.length;
      if (store.objectPath(sha256, size) === undefined) {
        writeFileSync(join(root, 'incoming'), path);
        store.add(join(root, 'incoming'), { sha256, size });
      }
      const file = { bucket: 'tensorflow', path, size, mtime: 1, digests: [] };
      return {
        planned: { file, sha256, source, skipped: [] },
        verified: { bucket: 'tensorflow', path, size, mtime: 1, sha256 },
        source,
        origin: undefined,
      };
    };
    return { destination, store, publish, fetched, log };
  }
  const record = () => readDestinationRecord(folder, silentLog);
  return { folder, storeFolder, run, record };
}

const turnOf = (folder: string) => `destination ${folder}`;

test('a run with everything in place takes its turn when it has something to write down, and else does not', async () => {
  const { folder, run, record } = open();
  const first = run();
  await first.publish([first.fetched('a', 'store')], 'job 1');
  const turn = await first.store.stage(turnOf(folder));
  const same = run();
  await same.publish([same.fetched('a', 'in-place')], 'job 1');

  const next = run();
  const publishing = next.publish([next.fetched('a', 'in-place')], 'job 2');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(record().job).toBe('job 1');
  await turn.release();
  await publishing;
  expect(record().job).toBe('job 2');
});

test('what another run put there since this one looked stays in the record', async () => {
  const { run, record } = open();
  const before = run();
  await before.publish([before.fetched('a', 'store')], 'job 1');

  const one = run();
  const a = one.fetched('a', 'in-place');
  expect(one.destination.findInPlace(a.planned.file)).toBeDefined();
  const other = run();
  await other.publish([other.fetched('a', 'in-place'), other.fetched('b', 'store')], 'job 2');
  await one.publish([a], 'job 2');
  expect([...record().entries.keys()].sort()).toEqual(['a', 'b']);
});

test('a run that waits for another that was stopped says so, and can be cancelled', async () => {
  const { folder, storeFolder, run } = open();
  const { publish, fetched, log } = run();
  const file = fetched('a', 'store');
  const child = startChild(CHILD, [storeFolder, turnOf(folder), 'hold']);
  await child.printed('mine');
  child.process.kill('SIGSTOP');
  const controller = new AbortController();
  const publishing = publish([file], 'job', controller.signal);
  const told = `info: Waiting for process ${child.process.pid}, which fills the same destination.`;
  await expect.poll(() => log.lines, { timeout: 20_000 }).toContain(told);
  controller.abort(new Error('cancelled'));
  await expect(publishing).rejects.toThrow('cancelled');
}, 30_000);
