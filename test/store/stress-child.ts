import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError, TfcacheError } from '../../src/platform/error.ts';
import { silentProgress } from '../../src/platform/log.ts';
import { collectGarbage } from '../../src/store/maintenance/collect-garbage.ts';
import { verifyStore } from '../../src/store/maintenance/verify-store.ts';
import { openRoom, recordingLog } from '../support/engine.ts';
import { withoutAgeOfRsync } from '../support/old-rsync.ts';

// One process of the stress tests: pulls, or cleans or verifies the store again and again until it is killed or told to end.
const [, , folder = '', mirror = '', work = '', ...requests] = process.argv;
const room = openRoom(folder);
const signal = new AbortController().signal;
let told = false;
process.on('SIGTERM', () => {
  told = true;
});

async function clean(): Promise<void> {
  const maxSize = Math.floor(Math.random() * 30_000_000);
  await collectGarbage(room.store, {
    maxSize,
    maxAge: undefined,
    progress: silentProgress,
    signal,
  });
}

async function verify(): Promise<void> {
  const options = { progress: silentProgress, signal, threads: 1 };
  const { wrong } = await verifyStore(room.store, options);
  if (wrong.length > 0) throw new Error(`found wrong: ${JSON.stringify(wrong)}`);
}

/** Several at once, in several ways; warnings are failures here. */
async function pull(): Promise<void> {
  const results = await Promise.all(
    requests.map(async (artifacts, index) => {
      const log = recordingLog();
      const { error } = await room.pull({
        artifacts,
        mirror,
        path: join(folder, `${work}-${index}`),
        log,
        link: index % 3 === 2 ? 'copy' : 'auto',
        ...(index % 4 === 3 ? { storeMaxSize: 2_000_000 } : {}),
      });
      return {
        error,
        said: log.lines.filter((line) => /^(warning|error)/.test(withoutAgeOfRsync(line))),
      };
    }),
  );
  for (const { error, said } of results) {
    if (error !== undefined) throw error;
    if (said.length > 0) throw new Error(said.join('\n'));
  }
}

try {
  if (work !== 'gc' && work !== 'verify') await pull();
  while (!told && (work === 'gc' || work === 'verify')) {
    await (work === 'gc' ? clean() : verify());
    await sleep(5);
  }
} catch (error) {
  if (error instanceof TfcacheError) console.error(describeError(error));
  throw error;
}
