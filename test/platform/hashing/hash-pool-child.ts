import { createHashPool } from '../../../src/platform/hashing/hash-pool.ts';

// Never closed, never awaited at the top: the process ends by itself, and only when both are done.
const file = process.argv[2] ?? '';
const pool = createHashPool({ maxThreads: 1 });
pool.digest(file).then(async ({ size }) => {
  console.log(`first ${size}`);
  console.log(`second ${(await pool.digest(file)).size}`);
});
