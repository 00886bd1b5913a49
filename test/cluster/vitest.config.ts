import { defineConfig } from 'vitest/config';

/** Tests against servers that npm and Debian do not have: `npm run test:cluster` fetches and starts them. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.cluster.ts'],
    pool: 'forks',
    // Several servers at once would slow each other down.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 900_000,
  },
});
