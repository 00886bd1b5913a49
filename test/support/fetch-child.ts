import { testMirror } from './https-mirror.ts';

/** Fetches big.whl and prints how many bytes came so far, for a test that kills it. */
const [url = '', staging = '', size = '0'] = process.argv.slice(2);
let bytes = 0;
await testMirror(url).fetch(
  'tensorflow',
  [{ path: 'big.whl', size: Number(size), mtime: 1 }],
  staging,
  {
    onFile: () => undefined,
    onBytes(count) {
      bytes += count;
      process.stdout.write(`${bytes}\n`);
    },
  },
);
