import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../../../src/platform/log.ts';
import { openStore } from '../../../src/store/open-store.ts';

const [, , folder = '', name = '', what = ''] = process.argv;
const store = openStore(folder, { log: silentLog });
if (what === 'count') {
  for (let round = 0; round < 25; round += 1) {
    const staging = await store.stage(name);
    const counter = join(staging.folder, 'counter');
    const count = existsSync(counter) ? Number(readFileSync(counter, 'utf8')) : 0;
    await sleep(2);
    writeFileSync(counter, String(count + 1));
    await staging.release();
    await sleep(1);
  }
} else if (what === 'scratch') {
  writeFileSync(join(store.makeScratchFolder(), 'x'), 'by the child');
  console.log('mine');
  await sleep(60_000);
} else {
  const staging = await store.stage(name);
  writeFileSync(join(staging.folder, 'staged'), 'by the child');
  console.log('mine');
  if (what === 'hold') await sleep(60_000);
  process.exit(0);
}
