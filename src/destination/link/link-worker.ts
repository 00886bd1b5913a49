import { parentPort } from 'node:worker_threads';
import type { LinkAnswer, LinkOrder } from './link-message.ts';
import { carryOutOrder } from './link-order.ts';

// A thread that makes hard links: blocking calls are right here, since that is all it does.
parentPort?.on('message', (order: LinkOrder) => {
  parentPort?.postMessage({ failed: carryOutOrder(order) } satisfies LinkAnswer);
});
