import { createFileFollower } from '../../../src/platform/hashing/follower.ts';
import { createHashPool } from '../../../src/platform/hashing/hash-pool.ts';

/** Stands still until the other threads have answered, too: their answers are there, and not yet read. */
function standStill(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
}

const [file = '', times = ''] = process.argv.slice(2);
for (let time = 0; time < Number(times); time += 1) {
  const pool = createHashPool({ maxThreads: 4 });
  const digests = Array.from({ length: 16 }, () => pool.digest(file));
  await Promise.any(digests);
  standStill();
  await Promise.all([pool.close(), Promise.allSettled(digests)]);

  const follower = createFileFollower();
  const followed = [follower.follow(file, []), follower.follow(file, [])];
  const finished = followed.map((one) => one.finish(file));
  await Promise.any(finished);
  standStill();
  await Promise.all([follower.close(), ...finished, ...followed.map((one) => one.finish(file))]);
}
console.log('closed');
