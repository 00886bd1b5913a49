import { parentPort } from 'node:worker_threads';
import { makeLinkBatch } from './link-batch.ts';
import type { LinkBatch, LinkBatchResult } from './link-message.ts';

// A thread that makes hard links: blocking calls are right here, since that is all it does.
parentPort?.on('message', (order: LinkBatch) => {
  parentPort?.postMessage({ failed: makeLinkBatch(order) } satisfies LinkBatchResult);
});
