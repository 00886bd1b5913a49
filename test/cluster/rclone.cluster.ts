import { describe, it } from 'vitest';
import { describeS3Cache } from '../support/s3-contract.ts';
import { startRcloneServer } from '../support/s3-server.ts';
import { findRclone } from '../support/s3-tools.ts';

const rclone = findRclone('install');
if ('missing' in rclone) {
  // Left out on a machine that lacks it; in CI nothing may be.
  if (process.env['CI'] !== undefined) throw new Error(rclone.missing);
  describe.skip(`rclone: skipped, because ${rclone.missing}`, () => it('runs', () => undefined));
} else {
  describeS3Cache('an S3 cache in rclone serve s3', () => startRcloneServer(rclone.path));
}
