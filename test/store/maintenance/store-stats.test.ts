import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../../src/platform/log.ts';
import { readStoreStats } from '../../../src/store/maintenance/store-stats.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../../support/mounts.ts';

test('of a store that may only be read, while a job of another machine uses it', async ({
  skip,
}) => {
  const disk = mountSmall('size=1m');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const folder = join(disk, 'store');
  const store = openStore(folder, { log: silentLog });
  writeFileSync(join(disk, 'incoming'), 'a');
  const sha256 = createHash('sha256').update('a').digest('hex');
  store.add(join(disk, 'incoming'), { sha256, size: 1 });
  mkdirSync(join(folder, 'v1/leases'));
  const owner = { pid: 1, started: '1', realm: 'another-host another-boot pid:[1]' };
  writeFileSync(join(folder, 'v1/leases/1-x'), JSON.stringify({ owner, since: 0 }));
  remount(disk, 'ro');
  expect(await readStoreStats(folder)).toMatchObject({ objects: { count: 1 }, jobs: 1 });
  remount(disk, 'rw');
});
