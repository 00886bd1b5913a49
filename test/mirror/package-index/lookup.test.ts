import { expect, test } from 'vitest';
import { createPackageIndexMirror } from '../../../src/mirror/package-index/package-index-mirror.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { errorOf } from '../../support/requests.ts';
import { startTcpServer } from '../../support/tcp-servers.ts';

test('an index that does not answer is given up after the limits for lookups', async () => {
  const port = await startTcpServer(() => undefined);
  const log = recordingLog();
  const mirror = createPackageIndexMirror({
    url: `http://127.0.0.1:${port}/simple/`,
    timeout: 3600,
    retries: 10,
    lookup: { timeout: 1, retries: 0 },
    bandwidthLimit: undefined,
    connections: undefined,
    environment: {},
    log,
  });
  const error = await errorOf(() => mirror.listFolders('pypi', ['demo-pkg']));
  expect(error.code).toBe('no-mirror');
  expect(error.message).toContain('within 1 seconds');
});
