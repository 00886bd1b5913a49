import { programs } from './index.js';

await programs['link-worker']();
