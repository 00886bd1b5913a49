import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBucketName } from '../../bucket/safe-path.ts';
import { TfcacheError } from '../../platform/error.ts';

/**
 * The folder on this machine that a bucket stands in.
 *
 * @param url `file:///folder/{bucket}/`, percent-encoded as URLs are (RFC 8089).
 * @throws TfcacheError `usage`.
 */
export function parseFileUrl(url: string, bucket: string): string {
  if (!isBucketName(bucket)) {
    throw new TfcacheError('usage', 'This cannot be the name of a bucket.', {
      where: url,
      found: JSON.stringify(bucket),
      hint: 'Buckets are named with letters, digits, dots, dashes and underscores.',
    });
  }
  try {
    const parsed = new URL(url.replaceAll('{bucket}', bucket));
    if (parsed.protocol !== 'file:' || parsed.search !== '' || parsed.hash !== '') {
      throw new Error('not a plain file:// URL');
    }
    const folder = fileURLToPath(parsed);
    if (isAbsolute(folder) && !folder.includes('\0')) return folder;
    throw new Error('not an absolute path');
  } catch (error) {
    throw new TfcacheError('usage', 'A mirror’s URL cannot be used.', {
      expected:
        'file:///folder/, three slashes, {bucket} standing for the bucket; %23 for #, %3F for ?',
      found: `${url}: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'Write the absolute path of the mounted folder: file:///mnt/share/{bucket}/',
      cause: error,
    });
  }
}
