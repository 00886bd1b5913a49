import { addToLockfile } from '../../src/lockfile/update-lockfile.ts';

/** Adds entries one by one, each with a turn of its own: `FILE NAME COUNT`. */
const [file = '', name = '', count = '0'] = process.argv.slice(2);
for (let index = 0; index < Number(count); index += 1) {
  const id = `path:${name}-${index}`;
  const files = [{ bucket: 'tensorflow', path: id, size: 1, mtime: 1, sha256: 'ab'.repeat(32) }];
  const entry = { id, request: id, title: id, version: undefined, files };
  await addToLockfile(file, [entry], new AbortController().signal);
}
