/**
 * The entry point of the bundle in dist/: every program by name. Each program loads only its own part of the bundle.
 * scripts/build.mjs writes `dist/NAME/index.js` for the first five, which users and runners start, and
 * `dist/bundle/NAME.js` for the workers, which tfcache starts.
 */
export const programs = {
  main: () => import('./action/main.ts'),
  post: () => import('./action/post.ts'),
  restore: () => import('./action/restore.ts'),
  save: () => import('./action/save.ts'),
  cli: () => import('./cli/main.ts'),
  'hash-worker': () => import('./platform/hashing/hash-worker.ts'),
  'link-worker': () => import('./destination/link/link-worker.ts'),
  'github-worker': () => import('./cache/github/github-worker.ts'),
};
