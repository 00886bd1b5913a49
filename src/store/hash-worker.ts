import { parentPort } from 'node:worker_threads';
import { errorCode } from './file-error.ts';
import { HASH_BUFFER_SIZE, hashFileSync } from './hash-file.ts';
import type { HashAnswer, HashOrder } from './hash-message.ts';

// A thread of the hash pool: blocking reads are right here, since hashing is all it does.
const buffer = new Uint8Array(HASH_BUFFER_SIZE);

parentPort?.on('message', ({ batch, files }: HashOrder) => {
  const results = files.map(({ file, algorithms }) => {
    try {
      return hashFileSync(file, buffer, algorithms);
    } catch (error) {
      return {
        message: error instanceof Error ? error.message : String(error),
        code: errorCode(error),
      };
    }
  });
  const answer: HashAnswer = { batch, results };
  parentPort?.postMessage(answer);
});
