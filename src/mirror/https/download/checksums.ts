import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileKey } from '../../../bucket/file.ts';
import { TfcacheError } from '../../../platform/error.ts';
import { fileError } from '../../../platform/files/file-error.ts';
import type { FetchFile } from '../../mirror.ts';
import type { CheckedFile } from '../listing/checked.ts';

/**
 * CRC32C of listed files for which the listing has nothing better: Google’s composite objects (large files uploaded in
 * parts) have no MD5. Their bytes are held to it here, before anyone else sees them.
 */
export class ListedChecksums {
  private readonly known = new Map<string, string>();

  remember(bucket: string, files: readonly CheckedFile[]): void {
    for (const { path, entry } of files) {
      const key = fileKey({ bucket, path });
      if (entry.crc32c !== undefined && entry.md5 === undefined) this.known.set(key, entry.crc32c);
      else this.known.delete(key);
    }
  }

  /** @throws TfcacheError `integrity`; the wrong bytes are removed from staging. */
  async verifyFile(bucket: string, file: FetchFile, staging: string, where: string): Promise<void> {
    const expected = this.known.get(fileKey({ bucket, path: file.path }));
    if (expected === undefined) return;
    const staged = join(staging, file.path);
    const { hashFileCrc32c } = await import('./crc32c.ts');
    let found: string;
    try {
      found = await hashFileCrc32c(staged);
    } catch (error) {
      throw fileError('read a file in staging', staged, error);
    }
    if (found === expected) return;
    rmSync(staged, { force: true });
    throw new TfcacheError(
      'integrity',
      `Wrong bytes: ${file.path} does not have the checksum it must have.`,
      {
        where,
        expected: `crc32c ${expected} (from the listing)`,
        found: `crc32c ${found}`,
        hint: 'It was replaced since it was listed, or changed on the way: run again; if it happens again, name another mirror first.',
      },
    );
  }
}
