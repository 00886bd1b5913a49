import { join } from 'node:path';
import { silentLog, silentProgress } from '../../src/log.ts';
import { collectGarbage } from '../../src/store/collect-garbage.ts';
import { verifyStore } from '../../src/store/verify-store.ts';
import { openRoom } from '../support/engine.ts';

// One process of the stress test: pulls, or cleans or verifies the store again and again until it is killed or told to end.
const [, , folder = '', mirror = '', work = '', ...requests] = process.argv;
const room = openRoom(folder);
const signal = new AbortController().signal;
let told = false;
process.on('SIGTERM', () => {
  told = true;
});
console.log('working');
if (work === 'gc') {
  while (!told) {
    const maxSize = Math.floor(Math.random() * 4_000_000);
    await collectGarbage(room.store, {
      maxSize,
      maxAge: undefined,
      progress: silentProgress,
      signal,
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
} else if (work === 'verify') {
  while (!told) {
    const { wrong } = await verifyStore(room.store, {
      progress: silentProgress,
      signal,
      threads: 1,
    });
    if (wrong.length > 0) throw new Error(`found wrong: ${JSON.stringify(wrong)}`);
  }
} else {
  const pulls = requests.map((artifacts, index) =>
    room.pull({
      artifacts,
      mirror,
      path: join(folder, `${work}-${index}`),
      log: silentLog,
      link: index % 3 === 2 ? 'copy' : 'auto',
      ...(index % 4 === 3 ? { storeMaxSize: 2_000_000 } : {}),
    }),
  );
  for (const { error } of await Promise.all(pulls)) if (error !== undefined) throw error;
}
