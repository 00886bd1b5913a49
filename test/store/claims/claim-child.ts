import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../../../src/platform/log.ts';
import { openStore } from '../../../src/store/open-store.ts';

// Claims keys and holds them, or fetches what it can claim until all are there: a marker file stands for each.
const [, , folder = '', ...keys] = process.argv;
const store = openStore(folder, { log: silentLog });
const markOf = (key: string) => join(folder, `mark ${key}`);

if (keys[0] !== '--fetch') {
  const { claim: flight } = await store.claim('mirror', keys);
  writeFileSync(join(flight?.folder ?? '', 'partial'), 'half');
  console.log(`claimed ${[...(flight?.keys ?? [])].join(' ')}`);
  await sleep(60_000);
}
let open = keys.slice(1);
while (open.length > 0) {
  const { claim: flight, waitForChange: changed } = await store.claim('mirror', open);
  for (const key of flight?.keys ?? []) {
    if (existsSync(markOf(key))) continue;
    await sleep(1);
    writeFileSync(markOf(key), '', { flag: 'wx' });
    console.log(`fetched ${key}`);
  }
  flight?.complete();
  open = open.filter((key) => !existsSync(markOf(key)));
  if (flight === undefined && open.length > 0) await changed(new AbortController().signal);
}
