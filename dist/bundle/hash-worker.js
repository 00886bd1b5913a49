import { programs } from './index.js';

await programs['hash-worker']();
