import { PIP_CONFIGURED_INDEX } from '../../bucket/buckets.ts';
import { isPlainHttpAllowed } from '../https/http/transport.ts';
import type { Mirror } from '../mirror.ts';
import { NoPipIndexError } from './no-pip-index.ts';
import type { PackageIndexOptions } from './package-index.ts';
import { createPackageIndexMirror } from './package-index-mirror.ts';
import { findPipIndex } from './pip-index.ts';

/**
 * Opens the index of a line `pypi=…`. pip’s configuration is read now, when the index is needed, and not before.
 *
 * @throws NoPipIndexError if `pypi=pip` names no index that can be asked; TfcacheError `usage` for a URL that cannot be used,
 *   `failed` if pip’s files cannot be read.
 */
export async function openPackageIndex(options: PackageIndexOptions): Promise<Mirror> {
  if (options.url !== PIP_CONFIGURED_INDEX) return createPackageIndexMirror(options);
  const { environment, log, plainHttpHosts = [] } = options;
  const { url, source: from } = await findPipIndex({ environment, platform: process.platform });
  checkPipIndex(url, from, plainHttpHosts);
  const mirror = createPackageIndexMirror({ ...options, url });
  log.info(`pypi=pip: ${mirror.url} (from ${from})`);
  return mirror;
}

/** @throws NoPipIndexError for an index that pip can use and tfcache cannot. */
function checkPipIndex(url: string, from: string, plainHttpHosts: readonly string[]): void {
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: undefined };
  if (protocol === 'https:') return;
  if (protocol === 'http:' && isPlainHttpAllowed(new URL(url), plainHttpHosts)) return;
  throw new NoPipIndexError(
    'package-index-unsupported',
    'tfcache cannot use the package index of pip.',
    {
      where: from,
      expected: 'https://host/simple/',
      found: JSON.stringify(url.replace(/:\/\/.*@/s, '://…@')),
      hint: 'Name an index: pypi=https://host/simple/, or for a folder of wheels pypi=file:///folder/',
    },
  );
}
