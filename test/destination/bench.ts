import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDestination } from '../../src/destination/destination.ts';
import type { PublishFile } from '../../src/destination/destination-file.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { LinkMode } from '../../src/store/store.ts';
import { recordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** When the mirror dates every file, seconds since the epoch. */
export const MTIME = 1_700_000_000;
export const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');

/** A store and a destination that is filled from it. */
export function open(root = temporaryFolder()) {
  const log = recordingLog();
  const store = openStore(join(root, 'store'), { log });
  const folder = join(root, 'destination');
  /** A file of the store; content is its path unless told otherwise. */
  function file(path: string, content = path, bucket = 'tensorflow'): PublishFile {
    const incoming = join(root, 'incoming');
    writeFileSync(incoming, content);
    utimesSync(incoming, MTIME, MTIME);
    const digest = { sha256: sha256Of(content), size: Buffer.byteLength(content) };
    const object = store.add(incoming, digest);
    return { bucket, path, mtime: MTIME, object, ...digest };
  }
  const publish = (files: readonly PublishFile[], link: LinkMode = 'auto') =>
    openDestination(folder, log).publish(files, { link });
  const inPlace = ({ bucket, path, size, mtime, sha256 }: PublishFile) =>
    openDestination(folder, log).findInPlace({
      bucket,
      path,
      size,
      mtime,
      digests: [{ algorithm: 'sha256', value: sha256, source: 'lock' }],
    });
  const read = (place: string) => readFileSync(join(folder, place), 'utf8');
  /** Every file below the destination, without tfcache's own record. */
  const tree = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name !== '@tfcache.json')
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  return { root, log, store, folder, file, publish, inPlace, read, tree };
}
