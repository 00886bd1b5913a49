import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDestination } from '../../src/destination/destination.ts';
import { silentLog } from '../../src/platform/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { LinkMode } from '../../src/store/store.ts';
import { type Version, wantedOf } from './kill-work.ts';

const [, , root = '', version = 'one', link = 'auto', rounds = '1'] = process.argv;
const store = openStore(join(root, 'store'), { log: silentLog });
const filesOf = (which: Version) =>
  wantedOf(which).map(({ path, content, sha256 }) => {
    const size = Buffer.byteLength(content);
    let object = store.objectPath(sha256, size);
    if (object === undefined) {
      const incoming = join(root, `incoming-${process.pid}`);
      writeFileSync(incoming, content);
      utimesSync(incoming, 1_700_000_000, 1_700_000_000);
      object = store.add(incoming, { sha256, size });
    }
    return { bucket: 'tensorflow', path, size, mtime: 1_700_000_000, sha256, object };
  });
const sets = { one: filesOf('one'), two: filesOf('two') };
console.log('working');
let which: Version = version === 'one' ? 'one' : 'two';
for (let round = 0; round < Number(rounds); round += 1) {
  const mode: LinkMode = link === 'copy' ? 'copy' : 'auto';
  await openDestination(join(root, 'destination'), silentLog).publish(sets[which], { link: mode });
  which = which === 'one' ? 'two' : 'one';
}
