import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createHashPool } from '../../src/platform/hashing/hash-pool.ts';
import { silentLog } from '../../src/platform/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { contentOf, FILES, wantedOf } from './kill-work.ts';

// Brings files into a store as a pull does: staged whole or in part, hashed, taken in, remembered.
const store = openStore(process.argv[2] ?? '', { log: silentLog });
const pool = createHashPool({ maxThreads: 1 });
const staging = await store.stage('mirror');
console.log('working');
async function bring(index: number): Promise<void> {
  const { path, size, mtime } = wantedOf(index);
  const found = store.find({ bucket: 'tensorflow', path, size, mtime });
  if (found !== undefined && store.objectPath(found.sha256, size) !== undefined) return;
  const staged = join(staging.folder, path);
  if (!existsSync(staged)) {
    mkdirSync(dirname(staged), { recursive: true });
    writeFileSync(`${staged}.partial`, contentOf(index));
    renameSync(`${staged}.partial`, staged);
  }
  const digest = await pool.digest(staged);
  store.add(staged, digest);
  store.remember([{ bucket: 'tensorflow', path, size, mtime, sha256: digest.sha256 }]);
}
for (let first = 0; first < FILES; first += 20) {
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => first + index)
      .filter((index) => index < FILES)
      .map(bring),
  );
}
await pool.close();
await staging.release();
