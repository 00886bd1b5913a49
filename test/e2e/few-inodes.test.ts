import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CacheServer, startCacheServer } from '../support/cache-server.ts';
import { type Job, startJob } from '../support/job.ts';
import { CANNOT_MOUNT, mountSmall } from '../support/mounts.ts';

const FILES = 150;

let job: Job;
let server: CacheServer;

beforeEach(async () => {
  job = await startJob();
  server = await startCacheServer();
});

afterEach(async () => {
  await server.stop();
  await job.stop();
});

test('a store that runs out of inodes during a restore gives an error, outputs and a code of its own', async ({
  skip,
}) => {
  mkdirSync(join(job.tree, 'many'));
  for (let file = 0; file < FILES; file += 1) {
    writeFileSync(join(job.tree, 'many', `file ${file}`), `content ${file}`);
  }
  const environment = server.environment as never;
  const inputs = { cache: 'github', path: 'artifacts', artifacts: 'path:many/*' };
  const main = await job.run({ entry: 'main', inputs, environment });
  expect(main.exitCode, main.stdout).toBe(0);
  await job.run({ entry: 'post', inputs, environment, state: main.state });

  // Fewer than the pack has files, about as many as the folders of the store and the pack need together, and enough.
  const outcomes: number[] = [];
  for (const inodes of [30, 170, 190, 205, 210, 215, 220, 225, 230, 400]) {
    job.next();
    rmSync(join(job.workspace, 'artifacts'), { recursive: true, force: true });
    const disk = mountSmall(`size=20m,nr_inodes=${inodes}`);
    if (disk === undefined) return skip(CANNOT_MOUNT);
    const run = await job.run({
      entry: 'main',
      inputs: { ...inputs, store: join(disk, 'store') },
      environment,
    });
    const seen = `${inodes} inodes: ${run.stdout}\n${run.stderr}`;
    outcomes.push(run.exitCode ?? -1);
    expect(run.outputs['cache-hit'], seen).toBeDefined();
    if (run.exitCode === 0) continue;
    expect(run.exitCode, seen).toBe(1);
    expect(run.stdout, seen).toContain('::error');
    expect(run.stdout, seen).toMatch(/full|no space/);
  }
  expect(outcomes[0]).toBe(1);
  expect(outcomes.at(-1)).toBe(0);
}, 120_000);
