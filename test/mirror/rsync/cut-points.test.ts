import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fault, startFaultProxy } from '../../support/fault-proxy.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { everythingIn, fetchInto, useRsyncWorkbench } from '../../support/rsync-workbench.ts';

const CUTS = 200;
/** From here on a cut counts as late: what is lost is a small part of the whole. */
const LATE = 0.5;
const SEED = 20_260_822;

/** So many at a time: most of it is waiting for processes to start and end. */
const LANES = 4;

const bench = useRsyncWorkbench();
let daemon: RsyncDaemon;
const content = {
  large: randomBytes(1_200_000),
  small: randomBytes(40_000),
  tiny: randomBytes(10),
};
const files = Object.entries(content).map(([path, bytes]) => ({
  path: `f/${path}`,
  size: bytes.length,
  mtime: undefined,
}));

beforeAll(async () => {
  for (const [path, bytes] of Object.entries(content)) bench.put(`tree/f/${path}`, bytes);
  daemon = await startRsyncDaemon({ modules: { tf: join(bench.root, 'tree') } });
});
afterAll(() => daemon.stop());

/** https://en.wikipedia.org/wiki/Linear_congruential_generator with the numbers of Numerical Recipes. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Fetches all through a proxy whose next connection is cut, and gives the bytes that came through it. */
async function createLane(): Promise<{
  fetch(cut: Fault | undefined): Promise<number>;
  stop(): Promise<void>;
}> {
  let fault: Fault | undefined;
  const proxy = await startFaultProxy(daemon.port, () => {
    const now = fault;
    fault = undefined;
    return now;
  });
  const mirror = bench.mirror(`rsync://127.0.0.1:${proxy.port}/tf/`, { retries: 2 });
  return {
    stop: () => proxy.stop(),
    async fetch(cut) {
      fault = cut;
      const from = proxy.passed().length;
      const staging = bench.staging();
      const fetched = await fetchInto(mirror, files, staging);
      expect(fetched.told.sort()).toEqual(['f/large', 'f/small', 'f/tiny']);
      expect(everythingIn(staging)).toEqual(['f/large', 'f/small', 'f/tiny']);
      for (const [path, bytes] of Object.entries(content)) {
        expect(readFileSync(join(staging, 'f', path)).equals(bytes), path).toBe(true);
      }
      const passed = proxy.passed().slice(from);
      // The first cut that looks like a ban costs a connection that asks whether TLS answers.
      if (cut === undefined) expect(passed).toHaveLength(1);
      else expect([2, 3]).toContain(passed.length);
      rmSync(staging, { recursive: true });
      return passed.reduce((sum, bytes) => sum + bytes, 0);
    },
  };
}

test(`${CUTS} cuts at random places in a row: every byte right after a retry, and late ones cost little`, async () => {
  const lanes = await Promise.all(Array.from({ length: LANES }, createLane));
  const clean = (await lanes[0]?.fetch(undefined)) ?? 0;
  const random = randomNumbers(SEED);
  let count = 0;
  let late = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      for (; count < CUTS; ) {
        count += 1;
        const cut = count;
        // The last bytes only say goodbye: a cut there is none.
        const after = 1 + Math.floor(random() * (clean - 200));
        const how = random() < 0.5 ? 'end' : 'reset';
        const bytes = await lane.fetch({ kind: 'cut', after, how });
        // A reset also takes away what was on its way: nobody can go on from that.
        if (how === 'reset' || after < clean * LATE) continue;
        late += 1;
        const told = `seed ${SEED}, cut ${cut} after ${after} of ${clean}, ${how}`;
        expect(bytes, told).toBeLessThan(clean * 1.2);
      }
    }),
  );
  await Promise.all(lanes.map((lane) => lane.stop()));
  expect(late).toBeGreaterThan(30);
}, 300_000);
