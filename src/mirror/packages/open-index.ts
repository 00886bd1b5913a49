import { PIPS_OWN_INDEX } from '../../request/bucket.ts';
import type { PackageIndexOptions } from '../https/package-index.ts';
import type { Mirror } from '../mirror.ts';
import { createPackageIndexMirror } from './package-index-mirror.ts';
import { findPipIndex } from './pip-index.ts';

/**
 * Opens the index of a line `pypi=…`. pip’s configuration is read now, when the index is needed, and not before.
 *
 * @throws TfcacheError `usage` when there is no index or its URL cannot be used, `failed` when pip’s files cannot be read.
 */
export function openPackageIndex(options: PackageIndexOptions): Mirror {
  if (options.url !== PIPS_OWN_INDEX) return createPackageIndexMirror(options);
  const { environment, log } = options;
  const { url, from } = findPipIndex({ environment, platform: process.platform });
  const mirror = createPackageIndexMirror({ ...options, url });
  log.info(`pypi=pip: ${mirror.url} (from ${from})`);
  return mirror;
}
