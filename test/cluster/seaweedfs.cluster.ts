import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { describeS3Cache, expectSound, packOf, statuses } from '../support/s3-contract.ts';
import { type SeaweedCluster, startSeaweedCluster } from '../support/s3-server.ts';
import { findWeed } from '../support/s3-tools.ts';
import { MEBIBYTE, openS3Workbench, type S3Workbench } from '../support/s3-workbench.ts';

const weed = findWeed('install');
if ('missing' in weed) {
  // Left out on a machine that lacks it; in CI nothing may be.
  if (process.env['CI'] !== undefined) throw new Error(weed.missing);
  describe.skip(`SeaweedFS: skipped, because ${weed.missing}`, () => it('runs', () => undefined));
} else {
  describeS3Cache('an S3 cache in a SeaweedFS cluster', () => startSeaweedCluster(weed.path));

  describe('a SeaweedFS cluster that loses a volume server', () => {
    let cluster: SeaweedCluster;
    let proxy: FaultyProxy;
    let bench: S3Workbench;

    beforeAll(async () => {
      cluster = await startSeaweedCluster(weed.path, 3);
      proxy = await startFaultyProxy(cluster.access.endpoint);
      bench = await openS3Workbench(cluster.access);
    });
    afterAll(async () => {
      bench.close();
      await proxy.stop();
      await cluster.stop();
    });

    it.each([0, 1, 2])(
      'still restores every byte when server %i ends in the midst',
      async (number) => {
        const packs = [1, 2, 3].map((one) =>
          packOf(`kill-${number}-${one}`, bench.addContent(20 * MEBIBYTE + one)),
        );
        expect(statuses(await bench.save(packs))).toEqual(Array(3).fill('saved'));
        let ranges = 0;
        let killed: Promise<void> | undefined;
        proxy.rule = ({ range }) => {
          if (range === undefined) return undefined;
          ranges += 1;
          // Slow enough that many ranges are on their way when the server ends.
          if (ranges === 20) killed = cluster.killVolume(number);
          return { delay: 20 };
        };
        const cache = bench.cache({ endpoint: proxy.endpoint, idleTimeoutMs: 20_000 });
        expectSound(await bench.restore(packs, cache));
        expect(killed).toBeDefined();
        expect(ranges).toBeGreaterThan(60);
        await killed;
        // The next job begins while it is still gone.
        expectSound(await bench.restore(packs));
        await cluster.startVolume(number);
        await sleep(3000);
      },
    );
  });
}
