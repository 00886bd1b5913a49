import { readFileSync } from 'node:fs';

/** Every path of the bucket as it was in 2016. */
export const LISTING_2016: readonly string[] = readFileSync(
  new URL('./listing-2016.txt', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');
